"""Numbers, arrays and nodes as text, and how much room a text needs."""

import re
from math import fsum
from typing import Any

import numpy as np

from nnlib.backend import to_numpy
from nnlib.nodes import Add, Multiply, Node

__all__ = ["node_title", "number_text", "short_text", "text_size"]

MOST_NUMBERS, LONGEST_ROW, LONGEST_TITLE = 4, 20, 10
SYMBOLS = {Add: "+", Multiply: "×"}
NARROW, WIDE = " .,:;!|()[]{}'fijlrtI", "MWmw@=+−×%←↑→↓≈<>"


def number_text(value: Any) -> str:
    """Write a number with at most four significant digits.

    Examples
    --------
    >>> [number_text(value) for value in (2.0, -0.123456, 1234567.0, -0.0, 7)]
    ['2', '-0.1235', '1.235e+06', '0', '7']
    """
    text = f"{value:.4g}" if isinstance(value, (float, np.floating)) else str(value)
    return "0" if text == "-0" else text


def short_text(array: Any) -> str:
    """Write a small array in full, row under row, and a large one as its shape.

    Examples
    --------
    >>> import numpy as np
    >>> short_text(np.array([1.0, -0.25])), short_text(np.zeros((3, 4)))
    ('[1 -0.25]', '(3, 4)')
    """
    array = to_numpy(array) if hasattr(array, "shape") else np.asarray(array)
    if array.ndim == 0:
        return number_text(array[()])
    if not 0 < array.size <= MOST_NUMBERS or array.ndim > 2:
        return str(array.shape)
    cells = [[number_text(value) for value in row] for row in array.reshape(-1, array.shape[-1])]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    rows = [" ".join(map(str.rjust, row, widths, "\u2007" * len(row))) for row in cells]
    if len(rows[0]) > LONGEST_ROW:
        return str(array.shape)
    if array.ndim == 1:
        return f"[{rows[0]}]"
    return "[" + "\n ".join(f"[{row}]" for row in rows) + "]"


def node_title(node: Node) -> str:
    """Return what stands in a node's box: a sign, or its class's name, a long one on two lines."""
    name = type(node).__name__
    breaks = [match.start() for match in re.finditer("(?<=[a-z])[A-Z]", name)]
    if type(node) in SYMBOLS or len(name) <= LONGEST_TITLE or not breaks:
        return SYMBOLS.get(type(node), name)
    middle = min(breaks, key=lambda place: abs(place - len(name) / 2))
    return f"{name[:middle]}\n{name[middle:]}"


def text_size(text: str, font_size: float) -> tuple[float, float]:
    """Return the width and height to keep free for a text: an estimate for common sans-serif fonts.

    Parameters
    ----------
    text : str
        It may have several lines.
    font_size : float
        The result is in its unit.
    """
    lines = text.split("\n")
    ems = [fsum(0.4 if c in NARROW else 1.0 if c in WIDE else 0.65 for c in line) for line in lines]
    return max(ems) * font_size, 1.2 * len(lines) * font_size if text else 0.0
