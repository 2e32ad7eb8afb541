"""The parts of a drawn graph as SVG elements: wires, boxes and what is written beside them.

Their colours are those of the page; without one they are readable on any ground.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from nnbook.drawing.layout import Box
from nnbook.drawing.text import text_size
from nnbook.palette import GLASS, paint

__all__ = ["FONT", "label", "node", "number", "tag", "wire"]

FONT, SIGN = 13.0, 19.0  # in pixels
LINE = 1.2 * FONT
BOX = f"fill: {paint('box', GLASS)}; stroke: {paint('class-0')}; stroke-width: 1.3"
TAIL = f"fill: {paint('class-1')}"
WIRE = "fill: none; stroke: currentColor; stroke-width: 1.2"


def tag(name: str, attributes: Mapping[str, Any], content: str = "") -> str:
    """Write an element; its content is already escaped."""
    written = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>"


def number(value: float) -> str:
    """Write a coordinate with one decimal at most."""
    return f"{round(value, 1):g}"


def _point(x, y):
    return f"{number(x)} {number(y)}"


def label(
    text: str,
    box: Box,
    direction: str,
    attributes: Mapping[str, Any],
    *,
    fixed: int | None = None,
) -> str:
    """Write a text of one or several lines into its box, or nothing if there is none.

    Parameters
    ----------
    text : str
    box : Box
    direction : {"right", "down"}
        Of the drawing.
    attributes : mapping
    fixed : int, optional
        How many letters always show; the rest of the first line is an element of its own.
    """
    if not text:
        return ""
    first, *rest = text.split("\n")
    x, anchor = box.x, {"text-anchor": "middle"}
    if direction == "down":
        x, anchor = box.x - (box.width / 2 - 2), {}
    elif rest:
        x, anchor = box.x - text_size(text, FONT)[0] / 2, {}
    y = box.y - LINE / 2 * len(rest) + 0.35 * FONT
    below = {"x": number(x), "dy": number(LINE)}
    lines = [_first_line(first, fixed), *(tag("tspan", below, escape(line)) for line in rest)]
    place = {"x": number(x), "y": number(y), "xml:space": "preserve"}
    return tag("text", {**attributes, **place, **anchor}, "".join(lines))


def _first_line(line, fixed):
    if fixed is None or fixed == len(line):
        return escape(line)
    return escape(line[:fixed]) + tag("tspan", {}, escape(line[fixed:]))


def wire(
    name: str,
    path: Sequence[tuple[float, float]],
    direction: str,
    tail: Mapping[str, Any] | None = None,
) -> str:
    """Draw a wire with its head and, if a `tail` has attributes, a head that points back."""
    start, *rest = [_point(x, y) for x, y in path]
    curves = "".join(f"C{' '.join(rest[i : i + 3])}" for i in range(0, len(rest), 3))
    parts = [
        tag("path", {"d": f"M{start}{curves}", "style": WIRE}),
        tag("path", {"d": _head(path[-1], direction, 1), "class": "nn-head"}),
    ]
    if tail is not None:
        back = {"class": "nn-tail", **tail, "style": TAIL, "d": _head(path[0], direction, -1)}
        parts.append(tag("path", back))
    return tag("g", {"class": "nn-wire", "data-nn-wire": name}, "".join(parts))


def _head(tip, direction, way):
    """Return the path of an arrow's head that points along the drawing, or back."""
    (x, y), along, across = tip, 8 * way, 3.5
    sides = [(-along, -across), (-along, across)]
    if direction == "down":
        sides = [side[::-1] for side in sides]
    points = [_point(x, y), *(_point(x + a, y + b) for a, b in sides)]
    return f"M{'L'.join(points)}Z"


def node(place: int, box: Box, title: str) -> str:
    """Draw a box with its title, a sign larger than words."""
    lines, size = title.split("\n"), SIGN if title in ("+", "×") else FONT
    top = box.y - LINE / 2 * (len(lines) - 1) + 0.35 * size
    spans = [
        tag("tspan", {"x": number(box.x), "y": number(top + LINE * i)}, escape(line))
        for i, line in enumerate(lines)
    ]
    rectangle = {
        "x": number(box.x - box.width / 2),
        "y": number(box.y - box.height / 2),
        "width": number(box.width),
        "height": number(box.height),
        "rx": 5,
        "style": BOX,
    }
    style = {} if size == FONT else {"style": f"font-size: {size:g}px"}
    text = tag("text", {"text-anchor": "middle"} | style, "".join(spans))
    return tag("g", {"class": "nn-node", "data-nn-node": place}, tag("rect", rectangle) + text)
