"""Drawings of arrays, networks and computational graphs, made from the real objects.

Every function draws into `ax` if one is given and into a new figure otherwise, and returns the
Axes. A new figure is as large as what it shows, and not wider than a page unless asked to be.
"""

import re
from itertools import pairwise
from math import fsum

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from nnbook.drawing.layout import layout, node_title, text_size
from nnbook.drawing.palette import COLORS, INK, LINE, light
from nnlib.backend import to_numpy
from nnlib.graph import Graph, Node

__all__ = ["draw_arrays", "draw_graph", "draw_network", "draw_shapes"]

# Everything is measured in points. A figure of PAGE points, 5.6 inches, is readable on a phone.
PAGE, FONT, LEAST_FONT = 403.0, 11.0, 10.0
CELL, CELL_GAP = 36.0, 12.0
BOX_FACE, LIT_FACE = light("box"), light("lit")
GRADIENT = light("gradient")  # the second colour of the book, darker, since it is small text
MOST_NUMBERS, LONGEST_ROW = 4, 22


def draw_network(sizes, *, weights=None, names=None, ax=None):
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
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there are fewer than two columns, or `weights` or `names` do not fit them.
    """
    _check_network(sizes, weights, names)
    step = min(44.0, 340.0 / max(sizes))
    radius = min(15.0, 0.42 * step)
    stride = min(150.0, (PAGE - 2 * radius - 8) / (len(sizes) - 1))
    middle = max(sizes) * step / 2 + 2
    ax, scale = _canvas(ax, stride * (len(sizes) - 1) + 2 * radius + 8, 2 * middle)
    places = [
        [(radius + 4 + stride * column, middle + step * (i - (size - 1) / 2)) for i in range(size)]
        for column, size in enumerate(sizes)
    ]
    for column, (here, there) in enumerate(pairwise(places)):
        W = None if weights is None else to_numpy(weights[column])
        for i, j in np.ndindex(len(here), len(there)):
            style = {"color": light("line"), "linewidth": 1.0}
            if W is not None:
                style = _weight_style(W[i, j], np.abs(W).max())
            ax.plot(*zip(here[i], there[j], strict=True), zorder=1, **style)
    for name, column in zip(names or _column_names(len(sizes)), places, strict=True):
        for i, (x, y) in enumerate(column, start=1):
            circle = {"facecolor": "white", "edgecolor": INK, "linewidth": 1.2, "zorder": 2}
            ax.add_patch(Circle((x, y), radius, **circle))
            index = i if i < 10 else f"{{{i}}}"
            if radius >= 11:
                _write(ax, x, y, f"${name}_{index}$", scale, size=FONT if len(name) == 1 else 10.0)
    return ax


def draw_arrays(*items, highlight=(), titles=None, ax=None):
    """Draw arrays as grids of cells side by side, with signs between them.

    Parameters
    ----------
    *items : arrays or str
        Vectors (drawn as a row), matrices and single numbers, and signs such as ``"+"`` or ``"="``.
        The cells of an array may hold texts.
    highlight : collection of tuple
        Cells to emphasise, as ``(item, row, column)``; a vector has only row 0.
    titles : sequence of str, optional
        One text per item, written above it.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If no array is given, one has more than two axes, or `titles` or `highlight` do not fit.
    """
    grids = [item if isinstance(item, str) else _cell_texts(item) for item in items]
    _check_arrays(grids, highlight, titles)
    titles = titles or [""] * len(grids)
    cells = [_cell_width(grid) for grid in grids]
    inner = [
        cell * (1 if isinstance(grid, str) else grid.shape[1])
        for cell, grid in zip(cells, grids, strict=True)
    ]
    widths = [max(w, text_size(t, FONT)[0]) for w, t in zip(inner, titles, strict=True)]
    tallest = CELL * max(grid.shape[0] for grid in grids if not isinstance(grid, str))
    head = max(text_size(title, FONT)[1] for title in titles) + 4
    ax, scale = _canvas(ax, fsum(widths) + CELL_GAP * (len(grids) - 1) + 8, tallest + head + 4)
    left, middle = 4.0, head + tallest / 2
    for position, grid in enumerate(grids):
        x, top = left + widths[position] / 2, middle - CELL / 2
        if isinstance(grid, str):
            _write(ax, x, middle, grid, scale, size=16.0)
        else:
            lit = {(row, column) for item, row, column in highlight if item == position}
            top = middle - CELL * grid.shape[0] / 2
            _draw_cells(ax, grid, (x - inner[position] / 2, top), cells[position], lit, scale)
        _write(ax, x, top - 5, titles[position], scale, va="bottom")
        left += widths[position] + CELL_GAP
    return ax


def draw_shapes(shapes, boxes, *, direction="auto", ax=None):
    """Draw a chain of boxes with the shape of the array on each wire between them.

    Parameters
    ----------
    shapes : sequence of tuple or str
        What each wire carries; one more than there are boxes.
    boxes : sequence of str
        Names, for example of layers.
    direction : {"auto", "right", "down"}
        Where the chain leads: to the right if it fits a page, unless told otherwise.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If the numbers of shapes and boxes do not fit or the direction is unknown.
    """
    if len(shapes) != len(boxes) + 1:
        raise ValueError(
            f"shapes must be one more than boxes; got {len(shapes)} shapes and {len(boxes)} boxes"
        )
    graph = Graph()
    wire = graph.input("wire 0")
    for i in range(len(boxes)):
        wire = graph.apply(Node(), wire, name=f"wire {i + 1}")
    texts = {f"wire {i}": (str(shape), "") for i, shape in enumerate(shapes)}
    return _draw_layout(graph, lambda way: texts, list(boxes), direction, ax)


def draw_graph(graph, *, direction="auto", ax=None):
    """Draw a computational graph; after a run, with its values and gradients on the wires.

    Values stand first and dark, gradients second, in another colour and with an arrow that points
    back. An array of more than four numbers, or with long ones, is shown by its shape.

    Parameters
    ----------
    graph : nnlib.graph.Graph
    direction : {"auto", "right", "down"}
        Where forward leads: to the right if the graph fits a page, unless told otherwise.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If the graph is empty or the direction unknown.
    """
    values, gradients = _carried(graph)
    names = [*graph.inputs, *(wire for call in graph.calls for wire in call.outputs)]

    def texts(way):
        back = "←" if way == "right" else "↑"
        return {
            wire.name: (
                f"{wire.name} = {_short(values[wire])}" if wire in values else wire.name,
                f"{back} {_short(gradients[wire])}" if gradients.get(wire) is not None else "",
            )
            for wire in names
        }

    titles = [node_title(call.node) for call in graph.calls]
    return _draw_layout(graph, texts, titles, direction, ax)


def _draw_layout(graph, texts, titles, direction, ax):
    """Draw a graph with ``texts(way)`` on its wires, to the right or downwards."""
    if direction not in ("auto", "right", "down"):
        raise ValueError(f"direction must be 'auto', 'right' or 'down'; got {direction!r}")
    way = "right" if direction == "auto" else direction
    plan = layout(graph, texts(way), titles=titles, direction=way, font_size=FONT)
    if direction == "auto" and plan.width * LEAST_FONT > PAGE * FONT:
        plan = layout(graph, texts("down"), titles=titles, direction="down", font_size=FONT)
    ax, scale = _canvas(ax, plan.width, plan.height, PAGE if direction == "auto" else plan.width)
    for path in plan.wires.values():
        _draw_wire(ax, path, plan.direction, 1.2 * scale)
    for name, (value, gradient) in texts(plan.direction).items():
        _write_in(ax, plan.values[name], value, scale, plan.direction, INK)
        _write_in(ax, plan.gradients[name], gradient, scale, plan.direction, GRADIENT)
    for box, title in zip(plan.nodes, titles, strict=True):
        _draw_box(ax, box, 1.2 * scale)
        _write(ax, box.x, box.y, title, scale, size=15.0 if title in "+×" else FONT)
    return ax


def _draw_wire(ax, path, direction, linewidth):
    """Draw a wire with a head; the head is drawn apart since the wire may end in a bend."""
    codes = [Path.MOVETO] + [Path.CURVE4] * (len(path) - 1)
    style = {"facecolor": "none", "edgecolor": LINE, "linewidth": linewidth}
    ax.add_patch(PathPatch(Path(path, codes), zorder=1, **style))
    x, y = path[-1]
    sides = (
        [(x - 7, y - 3), (x - 7, y + 3)]
        if direction == "right"
        else [(x - 3, y - 7), (x + 3, y - 7)]
    )
    ax.add_patch(Polygon([path[-1], *sides], facecolor=LINE, linewidth=0, zorder=1))


def _draw_box(ax, box, linewidth):
    corner = (box.x - box.width / 2, box.y - box.height / 2)
    style = {"facecolor": BOX_FACE, "edgecolor": COLORS[0], "linewidth": linewidth, "zorder": 2}
    rounding = "round,pad=0,rounding_size=5"
    ax.add_patch(FancyBboxPatch(corner, box.width, box.height, boxstyle=rounding, **style))


def _write_in(ax, box, text, scale, direction, color):
    if direction == "right":
        _write(ax, box.x, box.y, text, scale, color=color, multialignment="left")
    else:
        _write(ax, box.x - box.width / 2, box.y, text, scale, ha="left", color=color)


def _write(ax, x, y, text, scale, *, size=FONT, color=INK, ha="center", va="center", **style):
    if text:
        ax.text(x, y, text, fontsize=size * scale, color=color, ha=ha, va=va, zorder=3, **style)


def _carried(graph):
    """Collect what every wire carried in the last run: values forwards, gradients backwards."""
    values, gradients = {}, {}
    for step in graph.steps:
        before, after = step.call.inputs, step.call.outputs
        if step.phase == "forward":
            values.update(zip(before + after, step.received + step.sent, strict=True))
        else:
            gradients.update(zip(after + before, step.received + step.sent, strict=True))
    return values, gradients


def _short(value):
    """Write a small array in full, row under row, and a large one as its shape."""
    value = to_numpy(value) if hasattr(value, "shape") else np.asarray(value)
    if value.size == 1:
        return f"{value.item():.4g}"
    if value.size > MOST_NUMBERS or value.size == 0 or value.ndim > 2:
        return str(tuple(value.shape))
    cells = [[f"{number:.3g}" for number in row] for row in np.atleast_2d(value).tolist()]
    widest = [max(map(len, column)) for column in zip(*cells, strict=True)]
    rows = [" ".join(map(str.rjust, row, widest, "\u2007" * len(row))) for row in cells]
    if len(rows[0]) > LONGEST_ROW:
        return str(tuple(value.shape))
    if value.ndim == 1:
        return f"[{rows[0]}]"
    return ("\n" if len(rows) > 1 else "") + "[" + "\n ".join(f"[{row}]" for row in rows) + "]"


def _check_network(sizes, weights, names):
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


def _column_names(columns):
    hidden = ["h"] if columns == 3 else [f"h^{{({i})}}" for i in range(1, columns - 1)]
    return ["x", *hidden, "s"]


def _weight_style(weight, largest):
    positive = weight >= 0
    return {
        "color": COLORS[0] if positive else COLORS[1],
        "linestyle": "-" if positive else "--",
        "linewidth": 0.4 + 3.2 * abs(weight) / (largest or 1.0),
    }


def _cell_texts(item):
    """Return the texts of an array's cells, (rows, columns)."""
    array = np.asarray(item) if isinstance(item, (list, tuple)) else to_numpy(item)
    if array.ndim > 2:
        raise ValueError(f"items must have at most two axes to be drawn; got shape {array.shape}")
    texts = [str(v) if isinstance(v, (str, bool)) else f"{v:.4g}" for v in array.ravel().tolist()]
    return np.array(texts, dtype=object).reshape(np.atleast_2d(array).shape)


def _check_arrays(grids, highlight, titles):
    if all(isinstance(grid, str) for grid in grids):
        raise ValueError(f"items must contain at least one array; got {grids}")
    if titles is not None and len(titles) != len(grids):
        raise ValueError(f"titles must have one text per item, {len(grids)}; got {len(titles)}")
    for item, row, column in highlight:
        shape = np.shape(grids[item]) if 0 <= item < len(grids) else ()
        if len(shape) != 2 or not (0 <= row < shape[0] and 0 <= column < shape[1]):
            raise ValueError(
                f"highlight must name cells as (item, row, column); got {(item, row, column)}, "
                f"and item {item} has shape {shape}"
            )


def _cell_width(grid):
    """Return a width in which every text of a grid, or a sign, finds room."""
    if isinstance(grid, str):
        return max(24.0, text_size(grid, 16.0)[0])
    return max(
        [CELL] + [text_size(re.sub(r"[${}^_\\]", "", text), FONT)[0] + 8 for text in grid.ravel()]
    )


def _draw_cells(ax, grid, corner, width, lit, scale):
    left, top = corner
    for (row, column), text in np.ndenumerate(grid):
        x, y = left + width * column, top + CELL * row
        bold = (row, column) in lit
        face = LIT_FACE if bold else "white"
        ax.add_patch(Rectangle((x, y), width, CELL, facecolor=face, edgecolor=LINE, linewidth=1))
        weight = "bold" if bold else "normal"
        _write(ax, x + width / 2, y + CELL / 2, text, scale, fontweight=weight)


def _canvas(ax, width, height, widest=PAGE):
    """Return Axes measured in points, y downwards, and how much smaller a point is there."""
    if ax is None:
        scale = min(1.0, widest / width)
        figure = plt.figure(figsize=(width * scale / 72, height * scale / 72))
        ax = figure.add_axes((0, 0, 1, 1))
    box = ax.get_window_extent()
    points = 72 / ax.figure.dpi
    across, down = box.width * points, box.height * points
    scale = min(1.0, across / width, down / height)
    left, top = (across / scale - width) / 2, (down / scale - height) / 2
    ax.set(xlim=(-left, width + left), ylim=(height + top, -top))
    ax.axis("off")
    return ax, scale
