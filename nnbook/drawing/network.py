"""A drawing of a fully connected network: its neurons and every connection between them."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from nnbook.drawing.canvas import FONT, PAGE, Canvas
from nnbook.palette import COLORS, INK, PAPER, light
from nnlib.backend import to_numpy

__all__ = ["draw_network"]

LEAST_RADIUS, SMALL = 11.0, 10.0  # a smaller neuron has no name; a longer name is small


def draw_network(
    sizes: Sequence[int],
    *,
    weights: Sequence | None = None,
    names: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the neurons of a fully connected network and every connection between them.

    Parameters
    ----------
    sizes : sequence of int
        Neurons per column, for example ``[2, 4, 3]``.
    weights : sequence of arrays, optional
        Matrix i has shape ``(sizes[i], sizes[i + 1])``; a connection is drawn as wide as its weight
        is large, blue and solid if positive, orange and dashed if negative.
    names : sequence of str, optional
        One mathematical symbol per column; by default x, h, …, s, and with several hidden columns
        h with the column's number above it.
    ax : Axes, optional
        Where to draw; a new figure is made if none is given.

    Raises
    ------
    ValueError
        If there are fewer than two columns, or `weights` or `names` do not fit them.
    """
    _check(sizes, weights, names)
    step = min(44.0, 340.0 / max(sizes))
    radius = min(15.0, 0.42 * step)
    stride = min(150.0, (PAGE - 2 * radius - 8) / (len(sizes) - 1))
    middle = max(sizes) * step / 2 + 2
    canvas = Canvas(ax, stride * (len(sizes) - 1) + 2 * radius + 8, 2 * middle)
    columns = [
        [(radius + 4 + stride * column, middle + step * (i - (size - 1) / 2)) for i in range(size)]
        for column, size in enumerate(sizes)
    ]
    matrices = [None] * (len(sizes) - 1) if weights is None else map(to_numpy, weights)
    for (here, there), W in zip(pairwise(columns), matrices, strict=True):
        _draw_connections(canvas, here, there, W)
    for name, column in zip(names or _column_names(len(sizes)), columns, strict=True):
        _draw_neurons(canvas, column, radius, name)
    return canvas.ax


def _draw_connections(canvas, here, there, W):
    for i, j in np.ndindex(len(here), len(there)):
        style = {"color": light("line"), "linewidth": 1.0}
        if W is not None:
            style = _weight_style(W[i, j], np.abs(W).max())
        canvas.ax.plot(*zip(here[i], there[j], strict=True), zorder=1, **style)


def _weight_style(weight, largest):
    positive = weight >= 0
    return {
        "color": COLORS[0] if positive else COLORS[1],
        "linestyle": "-" if positive else "--",
        "linewidth": 0.4 + 3.2 * abs(weight) / (largest or 1.0),
    }


def _draw_neurons(canvas, places, radius, name):
    style = {"facecolor": PAPER, "edgecolor": INK, "linewidth": 1.2, "zorder": 2}
    for i, (x, y) in enumerate(places, start=1):
        canvas.ax.add_patch(Circle((x, y), radius, **style))
        index = i if i < 10 else f"{{{i}}}"
        if radius >= LEAST_RADIUS:
            canvas.write(x, y, f"${name}_{index}$", size=FONT if len(name) == 1 else SMALL)


def _column_names(columns):
    hidden = ["h"] if columns == 3 else [f"h^{{({i})}}" for i in range(1, columns - 1)]
    return ["x", *hidden, "s"]


def _check(sizes, weights, names):
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(
            f"sizes must name at least two columns of at least one neuron; got {sizes!r}"
        )
    if names is not None and len(names) != len(sizes):
        raise ValueError(f"names must name {len(sizes)} columns; got {len(names)} names")
    expected = list(pairwise(sizes))
    if weights is not None and [tuple(np.shape(W)) for W in weights] != expected:
        raise ValueError(
            f"weights must have shapes {expected} for sizes {list(sizes)}; "
            f"got {[tuple(np.shape(W)) for W in weights]}"
        )
