"""A lesson's figure or film once more for dark pages: what is black becomes light, what is white the page, and colours stay what they are."""

from pathlib import Path

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba_array
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image, ImageSequence

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


def refilm(source: Path, target: Path) -> None:
    """Write a film's frames once more for dark pages."""
    with Image.open(source) as light:
        pixels = (np.asarray(frame.convert("RGB")) / 255 for frame in ImageSequence.Iterator(light))
        first, *rest = [
            Image.fromarray((255 * turned(frame)).round().astype("uint8")) for frame in pixels
        ]
        first.save(
            target, save_all=True, append_images=rest, duration=light.info["duration"], loop=0
        )


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
        after = turned(before)
        if len(before):
            getattr(artist, f"set_{part}")(after if len(after) > 1 else after[0])
    if isinstance(artist, Text):
        for patch in (artist.get_bbox_patch(), getattr(artist, "arrow_patch", None)):
            if patch is not None:
                _recolour(patch)


def turned(colour: np.ndarray) -> np.ndarray:
    """Greys from the other end, on the way from the page to its ink; other colours a little lighter.

    Args:
        colour: red, green, blue, from 0 to 1, and an alpha where there is one: shape (..., 3 or 4).
    """
    rgb, alpha = colour[..., :3], colour[..., 3:]
    grey = np.ptp(rgb, axis=-1, keepdims=True) < 0.02
    new = np.where(grey, INK + (PAGE - INK) * rgb[..., :1], rgb + 0.25 * (1 - rgb))
    return np.concatenate([new, alpha], axis=-1)
