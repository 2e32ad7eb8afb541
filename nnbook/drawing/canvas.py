"""Matplotlib Axes measured in points, y downwards: for drawings as large as what they show."""

from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from nnbook.palette import INK

__all__ = ["FONT", "PAGE", "Canvas"]

# In points. A figure of PAGE points, 5.6 inches, is readable on a phone.
PAGE, FONT = 403.0, 11.0


class Canvas:
    """A place to draw on.

    Parameters
    ----------
    ax : Axes or None
        Used if given, and its size kept; else a new figure is made, no wider than a page.
    width, height : float
        In points; smaller if they don't fit.
    """

    def __init__(self, ax: Axes | None, width: float, height: float):
        self.ax = ax or _new_axes(width, height)
        box, points = self.ax.get_window_extent(), 72 / self.ax.figure.dpi
        across, down = box.width * points, box.height * points
        self.scale = min(1.0, across / width, down / height)
        left, top = (across / self.scale - width) / 2, (down / self.scale - height) / 2
        self.ax.set(xlim=(-left, width + left), ylim=(height + top, -top))
        self.ax.axis("off")

    def write(self, x: float, y: float, text: str, *, size: float = FONT, **style: Any) -> None:
        """Write a text, if there is one, with its middle at a point."""
        usual: dict[str, Any] = {"color": INK, "ha": "center", "va": "center", "zorder": 3}
        if text:
            self.ax.text(x, y, text, fontsize=size * self.scale, **usual | style)


def _new_axes(width, height):
    scale = min(1.0, PAGE / width)
    figure = plt.figure(figsize=(width * scale / 72, height * scale / 72))
    return figure.add_axes((0, 0, 1, 1))
