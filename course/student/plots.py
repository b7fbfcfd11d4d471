"""A matplotlib backend whose ``plt.show()`` saves the open figures as PNG files and says where.

`course lesson` chooses it through MPLBACKEND; the lesson itself just calls ``plt.show()``.
"""

import base64
import os
import sys
from pathlib import Path

from matplotlib import pyplot
from matplotlib.backend_bases import FigureManagerBase as FigureManager
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas

from course.text import say

__all__ = ["FigureCanvas", "FigureManager", "show"]


def show(*_: object, **__: object) -> None:
    """Save every open figure as STEM-N.png in the folder that COURSE_PLOTS names, and close it."""
    target = Path(os.environ.get("COURSE_PLOTS", "plots/figure"))
    target.parent.mkdir(parents=True, exist_ok=True)
    for number in pyplot.get_fignums():
        count = 1
        while (path := target.with_name(f"{target.name}-{count}.png")).exists() and str(
            path
        ) in _saved:
            count += 1
        pyplot.figure(number).savefig(path, dpi=120)
        _saved.add(str(path))
        if not draw(path):
            say("saved {path}", path=path)
    pyplot.close("all")


def draw(path: Path) -> bool:
    """Show a picture in the terminal, where it says that it can: by iTerm2's escapes or by kitty's."""
    if not sys.stdout.isatty():
        return False
    data = base64.b64encode(path.read_bytes()).decode()
    if os.environ.get("TERM_PROGRAM") in ("iTerm.app", "WezTerm", "vscode"):
        sys.stdout.write(f"\x1b]1337;File=inline=1;width=80:{data}\a\n")
    elif os.environ.get("TERM") == "xterm-kitty" or "KITTY_WINDOW_ID" in os.environ:
        pieces = [data[at : at + 4096] for at in range(0, len(data), 4096)]
        for at, piece in enumerate(pieces):
            more = int(at < len(pieces) - 1)
            keys = f"a=T,f=100,c=80,m={more}" if at == 0 else f"m={more}"
            sys.stdout.write(f"\x1b_G{keys};{piece}\x1b\\")
        sys.stdout.write("\n")
    else:
        return False
    sys.stdout.flush()
    return True


# What this run wrote: an older run's files are written over, this run's are not.
_saved: set[str] = set()
