"""Drawings of computational graphs as SVG: text stays text, and the page gives the colours.

They are readable on a phone, in the dark and without a stylesheet. All that ever appears is drawn;
where a page shows it step by step, ``data-nn-from`` names the step from which on it is known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from nnbook.drawing.layout import DIRECTIONS, Box, Layout, layout
from nnbook.drawing.palette import GLASS, paint
from nnbook.drawing.text import node_title, short_text, text_size
from nnlib.graph import Graph, Node

__all__ = ["Drawing", "draw_graph", "draw_shapes"]

# In pixels. A drawing of the width WIDEST has letters of 10 pixels on a phone. One that stands by
# itself is a little larger where there is room, its letters almost as large as the page's.
FONT, SIGN, WIDEST, ALONE = 13.0, 19.0, 465.0, 1.15
BACK = {"right": "←", "down": "↑"}
BOX = f"fill: {paint('box', GLASS)}; stroke: {paint('class-0')}; stroke-width: 1.3"
GRADIENT = f"fill: {paint('upstream', 'currentColor')}"
TAIL = f"fill: {paint('class-1')}"
WIRE = "fill: none; stroke: currentColor; stroke-width: 1.2"
STYLE = f"font: {FONT:g}px sans-serif; fill: currentColor; max-width: 100%; height: auto"


@dataclass(frozen=True)
class Drawing:
    """A picture that a notebook shows.

    Attributes
    ----------
    label : str
        What it shows, in words: for readers who can't see it.
    html : str
    """

    label: str
    html: str = field(repr=False)

    def _repr_html_(self) -> str:
        return self.html


@dataclass(frozen=True)
class _WireText:
    """What stands beside a wire: its name, its value (which begins with the name), its gradient."""

    name: str
    value: str
    gradient: str = ""


def draw_graph(
    graph: Graph,
    *,
    direction: str = "auto",
    known: tuple[dict[str, int], dict[str, int]] | None = None,
) -> Drawing:
    """Draw a computational graph; after a run, with its values and gradients on the wires.

    Gradients stand second, in another colour and with an arrow that points back. An array of more
    than four numbers, or with long ones, is shown by its shape.

    Parameters
    ----------
    graph : Graph
    direction : {"auto", "right", "down"}
        Where forward leads: to the right if that is readable on a phone, unless told otherwise.
    known : pair of dict, optional
        From which step on the value and the gradient of each wire is known, by its name.

    Raises
    ------
    ValueError
        If the graph is empty or the direction unknown.
    """
    titles = [node_title(call.node) for call in graph.calls]
    names = [title.replace("\n", "") for title in titles] or [w.name for w in graph.inputs]
    label = " → ".join(names)

    def texts(way):
        return _carried(graph, BACK[way])

    return Drawing(label, _svg(graph, texts, titles, direction, label, known))


def draw_shapes(
    shapes: Sequence[Any], boxes: Sequence[str], *, title: str = "", direction: str = "auto"
) -> Drawing:
    """Draw a chain of boxes with the shape of the array on each wire between them.

    Parameters
    ----------
    shapes : sequence of tuple or str
        What each wire carries; one more than there are boxes.
    boxes : sequence of str
        Names, for example of layers.
    title : str, optional
        Written above the drawing.
    direction : {"auto", "right", "down"}
        Where the chain leads: to the right if that is readable on a phone, unless told otherwise.

    Raises
    ------
    ValueError
        If the numbers of shapes and boxes do not fit or the direction is unknown.
    """
    if len(shapes) != len(boxes) + 1:
        raise ValueError(
            f"shapes must be one more than boxes; got {len(shapes)} shapes and {len(boxes)} boxes"
        )
    graph, texts = _chain(shapes)
    words = [str(shapes[0])]
    for box, shape in zip(boxes, shapes[1:], strict=True):
        words += [box.replace("\n", " "), str(shape)]
    label = " → ".join(word for word in words if word)
    svg = _svg(graph, lambda way: texts, list(boxes), direction, label)
    return Drawing(label, f"<div><p>{escape(title)}</p>{svg}</div>" if title else svg)


def _chain(shapes):
    """Return a chain of nodes and the texts of its wires."""
    graph = Graph()
    wires = [graph.input("wire 0")]
    for i in range(1, len(shapes)):
        wires.append(graph.apply(Node(), wires[-1], name=f"wire {i}"))
    names = map(str, shapes)
    return graph, {wire.name: _WireText(n, n) for wire, n in zip(wires, names, strict=True)}


def _carried(graph, back):
    """Return the texts of all wires after the last run, or their names alone before it."""
    texts = {}
    for wire in [*graph.inputs, *(wire for call in graph.calls for wire in call.outputs)]:
        name, value, gradient = wire.name, wire.name, ""
        if name in graph.values:
            text = short_text(graph.values[name])
            sign = "" if text.startswith("(") else " ="  # what follows is a shape
            value = f"{name}{sign}{_space(text)}{text}"
        if graph.gradients.get(name) is not None:
            text = short_text(graph.gradients[name])
            gradient = f"{back}{_space(text)}{text}"
        texts[name] = _WireText(name, value, gradient)
    return texts


def _space(text):
    """Return what stands before a text: rows of numbers begin on a line of their own."""
    return "\n" if "\n" in text else " "


def _svg(
    graph: Graph,
    texts_for: Callable[[str], dict[str, _WireText]],
    titles: list[str],
    direction: str,
    label: str,
    known: tuple[dict[str, int], dict[str, int]] | None = None,
) -> str:
    """Write a graph with ``texts_for(direction)`` on its wires as an element without ids."""
    texts, plan = _plan(graph, texts_for, titles, direction)
    values_known, gradients_known = known or ({}, {})
    parts = []
    for name, path in plan.wires.items():
        parts.append(_wire(name, path, plan.direction, texts[name], _since(gradients_known, name)))
    for name, text in texts.items():
        value = {"class": "nn-value"} | _since(values_known, name)
        parts.append(_label(text.value, plan.values[name], plan.direction, value, len(text.name)))
        gradient = {"class": "nn-gradient"} | _since(gradients_known, name) | {"style": GRADIENT}
        parts.append(_label(text.gradient, plan.gradients[name], plan.direction, gradient))
    boxes = zip(plan.nodes, titles, strict=True)
    parts += [_node(number, box, title) for number, (box, title) in enumerate(boxes)]
    attributes = {
        "class": "nn-graph",
        "viewBox": f"0 0 {_n(plan.width)} {_n(plan.height)}",
        "width": _n(plan.width * (1 if known else ALONE)),
        "style": STYLE,
        "role": "img",
        "aria-label": label,
    }
    return _tag("svg", attributes, "".join(parts))


def _plan(graph, texts_for, titles, direction) -> tuple[dict[str, _WireText], Layout]:
    """Return texts and places: to the right if nothing else is asked for and it is narrow."""
    if direction not in ("auto", *DIRECTIONS):
        raise ValueError(f"direction must be 'auto', 'right' or 'down'; got {direction!r}")
    for way in DIRECTIONS if direction == "auto" else [direction]:
        texts = texts_for(way)
        pairs = {name: (text.value, text.gradient) for name, text in texts.items()}
        plan = layout(graph, pairs, titles=titles, direction=way, font_size=FONT)
        if plan.width <= WIDEST:
            break
    return texts, plan


def _since(known, name):
    return {"data-nn-from": known[name]} if name in known else {}


def _label(text: str, box: Box, direction: str, attributes: dict, fixed: int | None = None) -> str:
    """Write a text of one or several lines into its box; its first `fixed` letters always show."""
    if not text:
        return ""
    anchor = "start" if direction == "down" or "\n" in text else "middle"
    x = box.x - (box.width / 2 - 2 if anchor == "start" else 0)
    if direction == "right" and anchor == "start":
        x = box.x - text_size(text, FONT)[0] / 2
    first, *rest = text.split("\n")
    y = box.y - 0.6 * FONT * len(rest) + 0.35 * FONT
    below = {"x": _n(x), "dy": _n(1.2 * FONT)}
    content = "".join(_tag("tspan", below, escape(line)) for line in rest)
    attributes |= {"x": _n(x), "y": _n(y), "xml:space": "preserve"}
    if anchor == "middle":
        attributes["text-anchor"] = anchor
    return _tag("text", attributes, _first_line(first, fixed) + content)


def _first_line(line, fixed):
    if fixed is None or fixed == len(line):
        return escape(line)
    return escape(line[:fixed]) + _tag("tspan", {}, escape(line[fixed:]))


def _wire(name, path, direction, text, since):
    """Draw a wire with its head and, for the way back, a head at its other end."""
    start, *rest = [f"{_n(x)} {_n(y)}" for x, y in path]
    curves = "".join(f"C{' '.join(rest[i : i + 3])}" for i in range(0, len(rest), 3))
    parts = [
        _tag("path", {"d": f"M{start}{curves}", "style": WIRE}),
        _tag("path", {"d": _head(path[-1], direction, 1), "class": "nn-head"}),
    ]
    if text.gradient:
        tail = {"class": "nn-tail"} | since | {"style": TAIL}
        parts.append(_tag("path", tail | {"d": _head(path[0], direction, -1)}))
    return _tag("g", {"class": "nn-wire", "data-nn-wire": name}, "".join(parts))


def _head(tip, direction, way):
    """Return the path of an arrow's head that points along the drawing, or back."""
    x, y = tip
    along, across = 8 * way, 3.5
    sides = [(-along, -across), (-along, across)]
    if direction == "down":
        sides = [side[::-1] for side in sides]
    return f"M{_n(x)} {_n(y)}" + "".join(f"L{_n(x + a)} {_n(y + b)}" for a, b in sides) + "Z"


def _node(number, box, title):
    """Draw a box with its title, a sign larger than words."""
    lines, size = title.split("\n"), SIGN if title in ("+", "×") else FONT
    y = box.y - 0.6 * FONT * (len(lines) - 1) + 0.35 * size
    spans = [
        _tag("tspan", {"x": _n(box.x), "y": _n(y + 1.2 * FONT * i)}, escape(line))
        for i, line in enumerate(lines)
    ]
    rectangle = {
        "x": _n(box.x - box.width / 2),
        "y": _n(box.y - box.height / 2),
        "width": _n(box.width),
        "height": _n(box.height),
        "rx": 5,
        "style": BOX,
    }
    text = {"text-anchor": "middle"} | ({"style": f"font-size: {SIGN:g}px"} if size == SIGN else {})
    content = _tag("rect", rectangle) + _tag("text", text, "".join(spans))
    return _tag("g", {"class": "nn-node", "data-nn-node": number}, content)


def _tag(name, attributes, content=""):
    """Write an element; its content is already escaped."""
    written = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>"


def _n(value):
    """Write a coordinate with one decimal at most."""
    return f"{round(value, 1):g}"
