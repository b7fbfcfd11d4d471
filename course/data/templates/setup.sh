#!/usr/bin/env bash
set -euo pipefail
apt-get update && apt-get install -y python3-venv libseccomp2
python3 -m venv /autograder/venv
/autograder/venv/bin/pip install -r /autograder/source/requirements.txt
