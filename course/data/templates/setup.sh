#!/usr/bin/env bash
# Makes an environment beside the course, in which both the grader and its processes for student code run.
set -euo pipefail
source=/autograder/source
apt-get update && apt-get install -y python3-venv libseccomp2
python=
for name in python3.13 python3.12 python3.11 python3; do
  if [ -z "$python" ] && command -v "$name" > /dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    python=$name
  fi
done
if [ -z "$python" ]; then
  echo "The course needs Python 3.11 or newer: choose a newer base image, for example Ubuntu 24.04." >&2
  exit 1
fi
"$python" -m venv /autograder/venv
/autograder/venv/bin/pip install -r "$source/requirements.txt"
# The course itself: every Python of this environment finds it, however it is started.
echo "$source" > "$(/autograder/venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/course.pth"
# Student code runs as another user, who reads this and writes nothing of it.
chmod -R go+rX,go-w "$source" /autograder/venv
/autograder/venv/bin/python -m course.cli doctor
