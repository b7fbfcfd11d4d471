"""A matplotlib backend whose ``plt.show()`` saves the open figures as PNG files and says where.

`course lesson` chooses it through MPLBACKEND; the lesson itself just calls ``plt.show()``.
"""

import os
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
        say("saved {path}", path=path)
    pyplot.close("all")


# What this run wrote: an older run's files are written over, this run's are not.
_saved: set[str] = set()
