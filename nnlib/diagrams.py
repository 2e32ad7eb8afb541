"""Drawings of arrays, networks and computational graphs, made from the real objects.

Every function draws into `ax` if one is given and into a new figure otherwise, and returns the Axes.
"""

import matplotlib.pyplot as plt
import numpy as np

from nnlib.backend import to_numpy
from nnlib.graph import Add, Branch, MatMul, Multiply, Repeat, Sum
from nnlib.plots import COLORS

__all__ = ["draw_arrays", "draw_graph", "draw_network", "draw_shapes"]

SYMBOLS = {Add: "+", Multiply: "×", Branch: "branch", Repeat: "repeat", Sum: "sum", MatMul: "matmul"}


def draw_network(sizes, *, weights=None, ax=None):
    """Draw the neurons of a fully connected network and every connection between them.

    Parameters
    ----------
    sizes : sequence of int
        Neurons per column, for example ``[2, 4, 3]``.
    weights : sequence of arrays, optional
        Matrix i has shape ``(sizes[i], sizes[i + 1])``; a connection is drawn as wide as its weight is
        large, blue and solid if positive, orange and dashed if negative.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    expected = list(zip(sizes[:-1], sizes[1:], strict=True))
    if weights is not None and [tuple(np.shape(W)) for W in weights] != expected:
        raise ValueError(
            f"weights must have shapes {expected} for sizes {list(sizes)}; "
            f"got {[tuple(np.shape(W)) for W in weights]}"
        )
    ax = ax or _new_axes(figsize=(5.6, 3.4))
    heights = [np.arange(size) - (size - 1) / 2 for size in sizes]
    for column, (here, there) in enumerate(zip(heights[:-1], heights[1:], strict=True)):
        W = None if weights is None else to_numpy(weights[column])
        for i, j in np.ndindex(len(here), len(there)):
            style = {"color": "#888888", "linewidth": 1.0}
            if W is not None:
                style = _weight_style(W[i, j], np.abs(W).max())
            ax.plot([2 * column, 2 * column + 2], [-here[i], -there[j]], zorder=1, **style)
    names = ["x"] + ["h"] * (len(sizes) - 2) + ["s"]
    for column, (name, height) in enumerate(zip(names, heights, strict=True)):
        for i, y in enumerate(height):
            ax.scatter(2 * column, -y, s=620, color="white", edgecolors="#333333", zorder=2)
            ax.text(2 * column, -y, f"${name}_{i + 1}$", ha="center", va="center", zorder=3)
    ax.set(xlim=(-0.6, 2 * len(sizes) - 1.4), ylim=(-max(sizes) / 2 - 0.1, max(sizes) / 2 + 0.1))
    ax.axis("off")
    return ax


def draw_arrays(*items, highlight=(), titles=None, ax=None):
    """Draw arrays as grids of numbers side by side, with signs between them.

    Parameters
    ----------
    *items : arrays or str
        Vectors and matrices, and signs such as ``"+"`` or ``"="``.
    highlight : collection of tuple
        Cells to emphasise, as ``(item, row, column)``.
    titles : sequence of str, optional
        One text per item, written above it.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    grids = [item if isinstance(item, str) else np.atleast_2d(to_numpy(item)) for item in items]
    widths = [0.9 if isinstance(grid, str) else grid.shape[1] for grid in grids]
    tallest = max(grid.shape[0] for grid in grids if not isinstance(grid, str))
    total = sum(widths) + 0.3 * (len(grids) - 1)
    ax = ax or _new_axes(figsize=(0.62 * total, 0.62 * (tallest + bool(titles))))
    left = 0.0
    for position, (grid, width) in enumerate(zip(grids, widths, strict=True)):
        if isinstance(grid, str):
            ax.text(left + width / 2, 0, grid, ha="center", va="center", fontsize=16)
        else:
            lit = {(row, column) for item, row, column in highlight if item == position}
            _draw_cells(ax, grid, left, lit)
        if titles and titles[position]:
            top = tallest / 2 + 0.45
            ax.text(left + width / 2, top, titles[position], ha="center", va="center")
        left += width + 0.3
    ax.set(xlim=(-0.1, left - 0.2), ylim=(-tallest / 2 - 0.1, tallest / 2 + (0.8 if titles else 0.1)))
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def draw_shapes(shapes, boxes, *, ax=None):
    """Draw a chain of boxes with the shape of the array on each wire between them.

    Parameters
    ----------
    shapes : sequence of tuple or str
        What each wire carries; one more than there are boxes.
    boxes : sequence of str
        Names, for example of layers.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    if len(shapes) != len(boxes) + 1:
        raise ValueError(
            f"shapes must be one more than boxes; got {len(shapes)} shapes and {len(boxes)} boxes"
        )
    ax = ax or _new_axes(figsize=(1.55 * (len(boxes) + len(shapes)) * 0.62, 1.3))
    for position, shape in enumerate(shapes):
        start = 3.2 * position
        ax.annotate("", (start + 1.5, 0), (start, 0), arrowprops={"arrowstyle": "->", "color": "#333333"})
        ax.text(start + 0.75, 0.32, str(shape), ha="center", va="center", fontsize=10)
    for position, name in enumerate(boxes):
        ax.text(
            3.2 * position + 2.35,
            0,
            name,
            ha="center",
            va="center",
            bbox={"boxstyle": "round,pad=0.5", "facecolor": "#E8F1F8", "edgecolor": COLORS[0]},
        )
    ax.set(xlim=(-0.1, 3.2 * len(shapes) - 1.6), ylim=(-0.8, 0.8))
    ax.axis("off")
    return ax


def draw_graph(graph, *, ax=None):
    """Draw a computational graph; after a run, with its values and gradients on the wires.

    Values stand above a wire and are written as they are if small, as a shape otherwise; gradients
    stand below it, in another colour and with an arrow to the left.

    Parameters
    ----------
    graph : nnlib.graph.Graph
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    places, ends = _layered_layout(graph)
    columns = 1 + max(column for column, _ in ends.values())
    rows = 1 + max(row for _, row in places.values()) - min(row for _, row in places.values())
    ax = ax or _new_axes(figsize=(1.75 * columns, 1.05 * max(rows, 1.6)))
    values, gradients = _carried(graph)
    writers = {wire: call.name for call in graph.calls for wire in call.outputs}
    readers = {wire: call.name for call in graph.calls for wire in call.inputs}
    for wire, end in ends.items():
        start = places[writers.get(wire, wire)]
        stop = places[readers[wire]] if wire in readers else end
        parallel = [w for w in ends if writers.get(w) == writers.get(wire) and readers.get(w) == readers.get(wire)]
        bend = parallel.index(wire) - (len(parallel) - 1) / 2 if wire in writers else 0.0
        _draw_wire(ax, wire.name, start, stop, bend, values.get(wire), gradients.get(wire))
    for call in graph.calls:
        symbol = SYMBOLS.get(type(call.node), type(call.node).__name__)
        ax.text(
            *_point(places[call.name]),
            symbol,
            ha="center",
            va="center",
            fontsize=13 if len(symbol) == 1 else 10,
            zorder=3,
            bbox={"boxstyle": "round,pad=0.4", "facecolor": "#E8F1F8", "edgecolor": COLORS[0]},
        )
    low = min(row for _, row in places.values())
    ax.set(xlim=(-0.35, columns - 0.75), ylim=(-low - rows + 0.35, -low + 0.65))
    ax.axis("off")
    return ax


def _layered_layout(graph):
    """Place each node in the column after its latest input; wires that go nowhere end one further."""
    places, ends = {}, {}
    depth = dict.fromkeys(graph.inputs, 0)
    for call in graph.calls:
        column = 1 + max(depth[wire] for wire in call.inputs)
        depth.update(dict.fromkeys(call.outputs, column))
        places[call.name] = [column, 0.0]
    readers = {wire: call for call in graph.calls for wire in call.inputs}
    for row, wire in enumerate(graph.inputs):
        places[wire] = [max(places[readers[wire].name][0] - 1, 0) if wire in readers else 0, float(row)]
    writers = {wire: call.name for call in graph.calls for wire in call.outputs}
    for call in graph.calls:
        rows = [places[writers.get(wire, wire)][1] for wire in call.inputs]
        places[call.name][1] = sum(rows) / len(rows)
        taken = [place for name, place in places.items() if name != call.name]
        while any(p[0] == places[call.name][0] and abs(p[1] - places[call.name][1]) < 0.9 for p in taken):
            places[call.name][1] += 0.5
    for call in graph.calls:
        for position, wire in enumerate(call.outputs):
            spread = position - (len(call.outputs) - 1) / 2
            column, row = places[call.name]
            ends[wire] = places[readers[wire].name] if wire in readers else [column + 1, row + spread]
    for wire in graph.inputs:
        ends[wire] = places[readers[wire].name]
    return places, ends


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


def _draw_wire(ax, name, start, stop, bend, value, gradient):
    (x0, y0), (x1, y1) = _point(start), _point(stop)
    ax.annotate(
        "",
        (x1, y1),
        (x0, y0),
        arrowprops={
            "arrowstyle": "->",
            "color": "#333333",
            "shrinkB": 17,
            "connectionstyle": f"arc3,rad={0.5 * bend}",
        },
    )
    # A label stands nearer the end where the wires of a picture lie apart; a curve's middle is off its chord.
    part = 0.5 if y0 == y1 else 0.36
    x, y = x0 + part * (x1 - x0), y0 + part * (y1 - y0) - 0.25 * bend * abs(x1 - x0)
    text = name if value is None else f"{name} = {_short(value)}"
    style = {"ha": "center", "fontsize": 9.5, "zorder": 2}
    halo = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.6}
    ax.text(x, y + 0.07, text, va="bottom", bbox=halo, **style)
    if gradient is not None:
        ax.text(x, y - 0.07, f"← {_short(gradient)}", va="top", color=COLORS[1], bbox=halo, **style)


def _draw_cells(ax, grid, left, lit):
    rows, columns = grid.shape
    for row, column in np.ndindex(rows, columns):
        corner = (left + column, rows / 2 - row - 1)
        face = "#FBE3C0" if (row, column) in lit else "white"
        ax.add_patch(plt.Rectangle(corner, 1, 1, facecolor=face, edgecolor="#555555", linewidth=1))
        weight = "bold" if (row, column) in lit else "normal"
        text = grid[row, column] if grid.dtype.kind in "US" else f"{grid[row, column]:.4g}"
        ax.text(
            corner[0] + 0.5, corner[1] + 0.5, text, ha="center", va="center", fontweight=weight
        )


def _weight_style(weight, largest):
    positive = weight >= 0
    return {
        "color": COLORS[0] if positive else COLORS[1],
        "linestyle": "-" if positive else "--",
        "linewidth": 0.4 + 3.2 * abs(weight) / (largest or 1.0),
    }


def _short(value):
    value = to_numpy(value) if hasattr(value, "shape") else np.asarray(value)
    return f"{float(value):.4g}" if value.size == 1 else str(tuple(value.shape))


def _point(place):
    column, row = place
    return column, -row


def _new_axes(figsize=None):
    return plt.subplots(figsize=figsize)[1]
