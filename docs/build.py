"""Build the web site in both languages: python docs/build.py [DIR] (default: site). Wants `pip install -e ".[site]"`.

Lessons are run once in each language; a lesson that has not changed is not run again.
"""

import sys
from pathlib import Path

from course.student.lesson import quietly

HERE = Path(__file__).parent


def main(target: Path, *more: str) -> int:
    """English in DIR, Chinese in DIR/zh-TW; a warning is an error, and so is a lesson that fails or does not prove its numbers."""
    for tag, out in (("en", target), ("zh_TW", target / "zh-TW")):
        source = HERE / "_build" / f"source-{tag}"
        source.mkdir(parents=True, exist_ok=True)
        trees = HERE / "_build" / f"doctrees-{tag}"
        places = ["-c", str(HERE), "-d", str(trees), str(source), str(out)]
        command = [
            sys.executable,
            "-m",
            "sphinx",
            "-b",
            "html",
            "-q",
            "-W",
            "--keep-going",
            "-D",
            f"language={tag}",
            *more,
            *places,
        ]
        if status := quietly(command, {"COURSE_LANG": tag}):
            return status
    print(f"Next: open {target / 'index.html'} in a browser")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "site"), *sys.argv[2:]))
