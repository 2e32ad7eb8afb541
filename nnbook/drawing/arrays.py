"""Drawings of arrays as grids of cells, with the signs of a calculation between them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from nnbook.drawing.canvas import FONT, Canvas
from nnbook.drawing.text import number_text, text_size
from nnbook.palette import LINE, PAPER, light
from nnlib.backend import to_numpy

__all__ = ["draw_arrays"]

CELL, GAP, EDGE, SIGN, LEAST_SIGN = 36.0, 12.0, 4.0, 16.0, 24.0
MARKUP = re.compile(r"[${}^_\\]")  # of a formula, takes no room


@dataclass(frozen=True)
class _Grid:
    """The texts of an array's cells, (rows, columns), or a sign; and what stands above."""

    cells: np.ndarray | str
    title: str = ""

    @property
    def is_sign(self):
        return isinstance(self.cells, str)

    @property
    def cell_width(self):
        """A width in which every text finds room."""
        if self.is_sign:
            return max(LEAST_SIGN, text_size(self.cells, SIGN)[0])
        texts = [MARKUP.sub("", text) for text in self.cells.ravel()]
        return max([CELL] + [text_size(text, FONT)[0] + 2 * EDGE for text in texts])

    @property
    def size(self):
        rows, columns = (1, 1) if self.is_sign else self.cells.shape
        return self.cell_width * columns, CELL * rows

    @property
    def width(self):
        return max(self.size[0], text_size(self.title, FONT)[0])


def draw_arrays(
    *items: Any,
    highlight: Collection[tuple[int, int, int]] = (),
    titles: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
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
    ax : Axes, optional
        Where to draw; a new figure is made if none is given.

    Raises
    ------
    ValueError
        If no array is given, one has more than two axes, or `titles` or `highlight` do not fit.
    """
    cells = [item if isinstance(item, str) else _cell_texts(item) for item in items]
    _check(cells, highlight, titles)
    grids = list(map(_Grid, cells, titles or [""] * len(cells)))
    tallest = max(grid.size[1] for grid in grids)
    head = EDGE + max(text_size(grid.title, FONT)[1] for grid in grids)
    width = fsum(grid.width for grid in grids) + GAP * (len(grids) - 1) + 2 * EDGE
    canvas = Canvas(ax, width, head + tallest + EDGE)
    left = EDGE
    for item, grid in enumerate(grids):
        lit = {(row, column) for place, row, column in highlight if place == item}
        _draw_grid(canvas, grid, left + grid.width / 2, head + tallest / 2, lit)
        left += grid.width + GAP
    return canvas.ax


def _draw_grid(canvas, grid, x, y, lit):
    """Draw a grid or a sign with its middle at (x, y) and its title above it."""
    width, height = grid.size
    if grid.is_sign:
        canvas.write(x, y, grid.cells, size=SIGN)
    else:
        for place, text in np.ndenumerate(grid.cells):
            _draw_cell(canvas, grid, (x - width / 2, y - height / 2), place, text, place in lit)
    canvas.write(x, y - height / 2 - 5, grid.title, va="bottom")


def _draw_cell(canvas, grid, corner, place, text, lit):
    (left, top), (row, column), width = corner, place, grid.cell_width
    x, y = left + width * column, top + CELL * row
    style = {"facecolor": light("lit") if lit else PAPER, "edgecolor": LINE, "linewidth": 1}
    canvas.ax.add_patch(Rectangle((x, y), width, CELL, **style))
    canvas.write(x + width / 2, y + CELL / 2, text, fontweight="bold" if lit else "normal")


def _cell_texts(item):
    """Return the texts of an array's cells, (rows, columns)."""
    array = np.asarray(item) if isinstance(item, (list, tuple)) else to_numpy(item)
    if array.ndim > 2:
        raise ValueError(f"items must have at most two axes to be drawn; got shape {array.shape}")
    texts = [number_text(value) for value in array.ravel().tolist()]
    return np.array(texts, dtype=object).reshape(np.atleast_2d(array).shape)


def _check(grids, highlight, titles):
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
