"""Each benchmark still runs, small: what it prints is not judged, since times belong to a machine."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SMALL = {
    "views": ["--students", "20"],
    "watch": ["--times", "1"],
    "isolation": ["--rounds", "1"],
    "grading": ["--students", "1", "--light"],
    "soak": ["--students", "20", "--kills", "1"],
    "robustness": ["--seeds", "1"],
    "claims": ["--seeds", "1", "--only", "08"],
}
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")]


@pytest.mark.parametrize("name", SMALL)
def test_it_runs(name):
    command = [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), *SMALL[name]]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0 and run.stdout, run.stderr
