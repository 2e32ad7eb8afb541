"""Drawings of computational graphs as SVG: text stays text, and the page gives the colours.

They are readable on a phone, in the dark and without a stylesheet. All that ever appears is drawn;
where a page shows it step by step, ``data-nn-from`` names the step from which on it is known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from nnbook.drawing import elements
from nnbook.drawing.elements import FONT
from nnbook.drawing.layout import DIRECTIONS, Layout, layout
from nnbook.drawing.text import node_title, short_text
from nnbook.palette import paint
from nnbook.stills import stored
from nnlib.graph import Graph
from nnlib.nodes import Node

__all__ = ["Drawing", "draw_graph", "draw_shapes"]

# A drawing as wide as WIDEST has letters of 10 pixels on a phone. One that stands by itself is a
# little larger where there is room, its letters almost as large as the page's.
WIDEST, ALONE = 465.0, 1.15
BACK = {"right": "←", "down": "↑"}
GRADIENT = f"fill: {paint('upstream', 'currentColor')}"
STYLE = f"font: {FONT:g}px sans-serif; fill: currentColor; max-width: 100%; height: auto"

Known = tuple[dict[str, int], dict[str, int]]


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
        return stored(self.html)


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
    known: Known | None = None,
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
    known: Known | None = None,
) -> str:
    """Write a graph with ``texts_for(direction)`` on its wires as an element without ids."""
    texts, plan = _plan(graph, texts_for, titles, direction)
    nodes = enumerate(zip(plan.nodes, titles, strict=True))
    parts = [
        *_wires(plan, texts, known or ({}, {})),
        *_labels(plan, texts, known or ({}, {})),
        *(elements.node(place, box, title) for place, (box, title) in nodes),
    ]
    attributes = {
        "class": "nn-graph",
        "viewBox": f"0 0 {elements.number(plan.width)} {elements.number(plan.height)}",
        "width": elements.number(plan.width * (1 if known else ALONE)),
        "style": STYLE,
        "role": "img",
        "aria-label": label,
    }
    return elements.tag("svg", attributes, "".join(parts))


def _wires(plan, texts, known):
    for name, path in plan.wires.items():
        tail = _since(known[1], name) if texts[name].gradient else None
        yield elements.wire(name, path, plan.direction, tail)


def _labels(plan, texts, known):
    for name, text in texts.items():
        look = {"class": "nn-value"} | _since(known[0], name)
        place, fixed = plan.values[name], len(text.name)
        yield elements.label(text.value, place, plan.direction, look, fixed=fixed)
        look = {"class": "nn-gradient"} | _since(known[1], name) | {"style": GRADIENT}
        yield elements.label(text.gradient, plan.gradients[name], plan.direction, look)


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
