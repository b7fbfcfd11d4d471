"""A lesson's figure once more for dark pages: what is black becomes light, what is white the page, and colours stay what they are."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba_array
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.text import Text

# What white and black become: the theme's dark page, and its text.
PAGE, INK = np.array([20, 24, 30]) / 255, np.array([215, 220, 226]) / 255
PARTS = ("color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor")


def redraw(figure: Figure) -> None:
    """Change the figure's greys; what lies on a picture or on shades keeps them, as it was chosen for those."""
    kept: set[Artist] = set()
    for axes in figure.axes:
        shades = [one for one in axes.collections if isinstance(one, ContourSet) and one.filled]
        if axes.images or shades:
            kept |= {inner for one in _inside(axes) for inner in (one, *one.findobj())}
    for artist in figure.findobj():
        if artist not in kept:
            _recolour(artist)


def _inside(axes: Axes) -> list[Artist]:
    """What lies on an axes, but its frame, its labels and its title."""
    return [
        *axes.images, *axes.collections, *axes.lines, *axes.patches, *axes.texts, axes.patch,
        *filter(None, [axes.get_legend()]),
    ]  # fmt: skip


def _recolour(artist: Artist) -> None:
    for part in PARTS:
        if not hasattr(artist, f"set_{part}") or not hasattr(artist, f"get_{part}"):
            continue
        before = to_rgba_array(getattr(artist, f"get_{part}")())
        after = np.array([turned(colour) for colour in before])
        if len(before):
            getattr(artist, f"set_{part}")(after if len(after) > 1 else after[0])
    if isinstance(artist, Text):
        for patch in (artist.get_bbox_patch(), getattr(artist, "arrow_patch", None)):
            if patch is not None:
                _recolour(patch)


def turned(colour: np.ndarray) -> np.ndarray:
    """A grey from the other end, on the way from the page to its ink; another colour a little lighter."""
    rgb, alpha = colour[:3], colour[3:]
    new = INK + (PAGE - INK) * rgb[0] if np.ptp(rgb) < 0.02 else rgb + 0.25 * (1 - rgb)
    return np.concatenate([new, alpha])
