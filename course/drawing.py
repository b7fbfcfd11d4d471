"""Pictures that lessons have in common: a lesson says what is drawn, these functions draw it.

Colours are those of Okabe and Ito, which colour-blind readers can tell apart; lines differ in their
style too, so that a print in grey still shows which is which.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

COLOURS = ("#000000", "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00")
STYLES = ("-", "--", "-.", (0, (3, 1)), (0, (6, 1, 1, 1)), (0, (1, 1)))
# The two classes of a picture: a colour, and a sign.
CLASSES = (("#e69f00", "s"), ("#0072b2", "o"))
MIDDLE: Any = {"ha": "center", "va": "center"}
# Of a wider layer, so many circles are drawn, and dots.
CIRCLES = 5


def curves(axes: Axes, x: ArrayLike, lines: Mapping[str, ArrayLike], **words: Any) -> None:
    """Draw one line for each entry of `lines`, and a legend.

    Args:
        x: the places, shape (n,), or (n, 1).
        lines: the heights by the line's name, each of the shape of x.
        words: what `Axes.set` takes: title, xlabel, ylabel, limits.
    """
    for (name, y), colour, style in zip(lines.items(), cycle(COLOURS), cycle(STYLES), strict=False):
        if isinstance(x, range):
            # Each training has epochs of its own.
            x = range(x.start, x.start + len(np.asarray(y)))
        axes.plot(x, y, linestyle=style, color=colour, label=name)
    if isinstance(x, range):
        # Epochs and layers are counted: there is none between two of them.
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(**words)
    axes.legend()


def runs(axes: Axes, x: ArrayLike, series: Mapping[str, ArrayLike], **words: Any) -> None:
    """Draw the same thing for several seeds: a thin line for each run, a thick one for their mean.

    Args:
        x: the places, shape (n,).
        series: by name, one row per run, shape (runs, n).
        words: what `Axes.set` takes.
    """
    curves(
        axes, x, {name: np.mean(np.asarray(rows), axis=0) for name, rows in series.items()}, **words
    )
    for rows, colour in zip(series.values(), cycle(COLOURS), strict=False):
        axes.plot(x, np.transpose(rows), color=colour, linewidth=0.5, alpha=0.5)


def neuron(axes: Axes, x: Sequence[float], w: Sequence[float], b: float, name: str) -> None:
    """Draw one neuron with its numbers: inputs, a weight on each arrow, the sum, the output.

    Args:
        name: the activation: sigmoid or relu.
    """
    total = float(np.dot(x, w) + b)
    output = 1 / (1 + np.exp(-total)) if name == "sigmoid" else max(0.0, total)
    circle = {"boxstyle": "circle,pad=0.4", "facecolor": "white"}
    arrow = {"arrowstyle": "->", "shrinkA": 18, "shrinkB": 24}
    heights = np.linspace(len(x) - 1, 0, len(x)) - (len(x) - 1) / 2
    for at, (x_i, w_i, height) in enumerate(zip(x, w, heights, strict=True)):
        axes.annotate("", (2, 0), (0, height), arrowprops=arrow)
        axes.text(-0.35, height, f"$x_{at + 1}$", **MIDDLE)
        axes.text(0, height, f"{x_i:g}", bbox=circle, **MIDDLE)
        weight = f"$w_{at + 1}$ = {w_i:g}"
        axes.text(0.85, 0.575 * height, weight, backgroundcolor="white", **MIDDLE)
    axes.annotate("", (3.4, 0), (2, 0), arrowprops=arrow)
    axes.annotate("", (2, 0), (2, -1.2), arrowprops=arrow)
    axes.text(2, -1.2, f"b = {b:g}", **MIDDLE)
    axes.text(2, 0, f"Σ = {total:.2f}", bbox=circle, **MIDDLE)
    axes.text(3.4, 0, f"{output:.3f}", bbox=circle, **MIDDLE)
    axes.text(3.4, 0.55, name, **MIDDLE)
    axes.set(xlim=(-0.5, 4), ylim=(heights[-1] - 0.6, heights[0] + 0.6))
    axes.set_axis_off()


def network(axes: Axes, sizes: Sequence[int]) -> None:
    """Draw a fully connected network: a column of circles for each layer, its size below, and between two layers the number of parameters."""
    spots = [_column(at, size) for at, size in enumerate(sizes)]
    for left, right in pairwise(spots):
        for start in left:
            for end in right:
                axes.plot(*np.transpose([start, end]), color="0.8", linewidth=0.6, zorder=0)
    for at, (size, column) in enumerate(zip(sizes, spots, strict=True)):
        axes.scatter(
            [at] * len(column),
            [height for _, height in column],
            s=150,
            facecolor="white",
            edgecolor="black",
            linewidth=1.2,
        )
        if size > CIRCLES:
            axes.text(at, 0, "⋮", fontsize=16, backgroundcolor="white", **MIDDLE)
        axes.text(at, -3.1, f"{size}", **MIDDLE)
    for at, (n, m) in enumerate(pairwise(sizes)):
        axes.text(at + 0.5, -3.8, f"{n} · {m} + {m} = {n * m + m:,}", fontsize=9, **MIDDLE)
    axes.set(xlim=(-0.4, len(sizes) - 0.6), ylim=(-4.3, 3))
    axes.set_axis_off()


def _column(at: int, size: int) -> list[tuple[float, float]]:
    """The circles of one layer, around the middle; those of a wide one leave room for dots."""
    if size > CIRCLES:
        return [(at, height) for height in (2.4, 1.5, -1.5, -2.4)]
    return [(at, 0.9 * (height - (size - 1) / 2)) for height in range(size)]


def graph(
    axes: Axes,
    spots: Mapping[str, tuple[float, float]],
    values: Mapping[str, float],
    slopes: Mapping[tuple[str, str], float],
    gradients: Mapping[str, float],
    title: str,
) -> None:
    """Draw a computation: values above the circles, slopes on the arrows, gradients below in another colour.

    Args:
        spots: where each number's circle stands.
        slopes: of each arrow (start, end), how fast its end grows with its start.
        gradients: those that are known; the slopes of other arrows are not shown.
    """
    arrow = {"arrowstyle": "->", "shrinkA": 16, "shrinkB": 16}
    for (start, end), slope in slopes.items():
        axes.annotate("", spots[end], spots[start], arrowprops=arrow)
        if start in gradients:
            x, y = np.add(spots[start], spots[end]) / 2
            axes.text(x, y, f"{slope:.2f}", backgroundcolor="white", **MIDDLE)
    for name, (x, y) in spots.items():
        axes.text(x, y, name, bbox={"boxstyle": "circle", "facecolor": "white"}, **MIDDLE)
        axes.text(x, y + 0.35, f"{values[name]:.3f}", **MIDDLE)
        if name in gradients:
            axes.text(x, y - 0.35, f"{gradients[name]:.3f}", color=COLOURS[1], **MIDDLE)
    axes.set(title=title, xlim=(-0.5, 4.5), ylim=(-0.6, 1.7))
    axes.set_axis_off()


def boundary(
    axes: Axes, model: Callable[[Any], Any], points: ArrayLike, labels: ArrayLike, title: str
) -> Any:
    """Draw what a model of two inputs says of every place, the line where it is undecided, and the points.

    Args:
        model: gives the probability of class 1, shape (n, 1), for points of shape (n, 2).
        labels: 0 or 1 for each point, shape (n,).
    Returns:
        The shades, for a colour bar.
    """
    x, of = np.asarray(points), np.asarray(labels)
    edge = 1.1 * float(np.abs(x).max())
    line = np.linspace(-edge, edge, 101)
    grid = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    said = np.asarray(model(grid)).reshape(101, 101)
    shades = axes.contourf(line, line, said, levels=np.linspace(0, 1, 11), cmap="PuOr", alpha=0.6)
    axes.contour(line, line, said, levels=[0.5], colors="black", linewidths=1.5)
    for label, (colour, sign) in enumerate(CLASSES):
        axes.scatter(
            x[of == label, 0],
            x[of == label, 1],
            s=16,
            marker=sign,
            color=colour,
            edgecolor="white",
            linewidth=0.4,
        )
    axes.set(title=title, aspect="equal", xticks=[], yticks=[])
    return shades


def images(
    figure: Figure, pictures: ArrayLike, titles: Sequence[str] = (), columns: int = 8, **shown: Any
) -> None:
    """Draw small pictures in rows.

    Args:
        pictures: shape (n, height, width).
        titles: one for each picture, or none.
        shown: what `Axes.imshow` takes; without it, grey from the least to the largest.
    """
    several = np.asarray(pictures)
    grid = figure.subplots(-(-len(several) // columns), columns, squeeze=False)
    for axes in grid.flat:
        axes.set_axis_off()
    for at, (axes, picture) in enumerate(zip(grid.flat, several, strict=False)):
        axes.imshow(picture, **{"cmap": "Greys", **shown})
        if titles:
            axes.set_title(titles[at], fontsize=9)


def strip(axes: Axes, parts: Mapping[str, int], title: str) -> None:
    """Draw the rows of a data set from the first to the last as one bar, cut into named parts.

    Args:
        parts: how many rows each part has, in the order in which they stand.
    """
    start = 0
    for (name, rows), shade in zip(parts.items(), cycle(("0.9", "0.7", "0.5")), strict=False):
        axes.barh(0, rows, left=start, color=shade, edgecolor="black", height=0.5)
        axes.annotate(name, (start + rows / 2, 0.4), **MIDDLE)
        start += rows
    edges = [0, *np.cumsum(list(parts.values()))]
    axes.set(title=title, xticks=edges, yticks=[], ylim=(-0.4, 0.7), xlim=(-1, start + 1))
    axes.spines[["left", "top", "right"]].set_visible(False)


def film(axes: Axes, paths: Mapping[str, ArrayLike], target: Path, title: str) -> None:
    """Draw several paths at once as they grow, with a counter, and save that as an animation.

    Args:
        axes: holds what the paths run over.
        paths: by name, one point per update, shape (updates + 1, 2).
        target: a .gif; its folder is made.
        title: the counter, with {update} in it.
    """
    ways = {name: np.asarray(path) for name, path in paths.items()}
    lines = [
        axes.plot([], [], color=colour, marker=".", markersize=4, linewidth=1.4, label=name)[0]
        for name, colour in zip(ways, cycle(COLOURS), strict=False)
    ]
    axes.legend(loc="upper right")

    def show_until(update: int) -> list[Any]:
        for line, way in zip(lines, ways.values(), strict=True):
            line.set_data(*way[: update + 1].T)
        axes.set_title(title.format(update=update))
        return lines

    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    last = max(map(len, ways.values()))
    moving = FuncAnimation(figure, show_until, frames=range(0, last, 2))
    target.parent.mkdir(exist_ok=True)
    moving.save(target, writer=PillowWriter(fps=8), dpi=60)
