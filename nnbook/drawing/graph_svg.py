"""A drawing of a graph as SVG: text stays text, and the page's style gives the colours.

Everything that ever appears is drawn; ``data-nn-from`` names the step from which on it is known.
"""

from html import escape

from nnbook.drawing.layout import layout, node_title, text_size
from nnbook.drawing.palette import paint
from nnbook.drawing.text import number_text

__all__ = ["draw_svg", "short_text"]

FONT, SIGN = 13.0, 19.0
MOST_NUMBERS, LONGEST_ROW = 4, 20
BOX = f"fill: {paint('box')}; stroke: {paint('class-0')}; stroke-width: 1.3"
BACK = f"fill: {paint('class-1')}"
WIRE = "fill: none; stroke: currentColor; stroke-width: 1.2"
STYLE = f"font: {FONT:g}px sans-serif; fill: currentColor; max-width: 100%; height: auto"


def draw_svg(graph, values, gradients, *, direction="down"):
    """Draw a graph with all its values and gradients.

    Parameters
    ----------
    graph : nnlib.graph.Graph
    values, gradients : dict
        ``(array, step)`` by the name of the wire: what it carried, and from which step on it is
        known.
    direction : {"down", "right"}
        Where forward leads.

    Returns
    -------
    str
        An ``svg`` element without ids.
    """
    back = "↑" if direction == "down" else "←"
    texts = {
        name: (
            _value_text(name, *values[name]),
            _gradient_text(back, *gradients.get(name, (None, 0))),
        )
        for name in values
    }
    titles = [node_title(call.node) for call in graph.calls]
    plan = layout(graph, texts, titles=titles, direction=direction, font_size=FONT)
    parts = [_wire(name, path, direction, gradients) for name, path in plan.wires.items()]
    for name in plan.wires:
        value, gradient = texts[name]
        parts.append(_value(name, value, plan.values[name], values[name][1], direction))
        if gradient:
            attributes = {"class": "nn-gradient", "data-nn-from": gradients[name][1]}
            parts.append(_label(gradient, plan.gradients[name], direction, attributes))
    boxes = zip(plan.nodes, titles, strict=True)
    parts += [_node(number, box, title) for number, (box, title) in enumerate(boxes)]
    label = " → ".join(title.replace("\n", "") for title in titles)
    attributes = {
        "class": "nn-graph",
        "viewBox": f"0 0 {_n(plan.width)} {_n(plan.height)}",
        "width": _n(plan.width),
        "style": STYLE,
        "role": "img",
        "aria-label": label,
    }
    return _tag("svg", attributes, "".join(parts))


def short_text(array):
    """Write a small array in full, row under row, and a large one as its shape.

    Examples
    --------
    >>> import numpy as np
    >>> short_text(np.array([1.0, -0.25])), short_text(np.zeros((3, 4)))
    ('[1 -0.25]', '(3, 4)')
    """
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


def _value_text(name, array, step):
    text = short_text(array)
    if text == str(array.shape):
        return f"{name} {text}"
    return f"{name} =\n{text}" if "\n" in text else f"{name} = {text}"


def _gradient_text(back, array, step):
    if array is None:
        return ""
    text = short_text(array)
    return f"{back}\n{text}" if "\n" in text else f"{back} {text}"


def _value(name, text, box, step, direction):
    """Draw the text of a wire: its name always, the rest once the value is known."""
    first, *rest = text[len(name) :].split("\n")
    attributes = {"class": "nn-value", "data-nn-from": step}
    return _label(text, box, direction, attributes, (escape(name), escape(first), rest))


def _label(text, box, direction, attributes, parts=None):
    """Write a text of one or several lines into its box."""
    anchor = "start" if direction == "down" or "\n" in text else "middle"
    x = box.x - (box.width / 2 - 2 if anchor == "start" else 0)
    if direction == "right" and anchor == "start":
        x = box.x - text_size(text, FONT)[0] / 2
    lines = text.split("\n")
    y = box.y - 0.6 * FONT * (len(lines) - 1) + 0.35 * FONT
    spans = []
    for number, line in enumerate(lines):
        content = escape(line)
        if parts and number == 0:
            content = f"{parts[0]}<tspan>{parts[1]}</tspan>"
        place = f' x="{_n(x)}" dy="{_n(1.2 * FONT)}"' if number else ""
        spans.append(f"<tspan{place}>{content}</tspan>" if number else content)
    attributes |= {"x": _n(x), "y": _n(y), "xml:space": "preserve"}
    if anchor == "middle":
        attributes["text-anchor"] = anchor
    return _tag("text", attributes, "".join(spans))


def _wire(name, path, direction, gradients):
    """Draw a wire with its head and, for the way back, a head at its other end."""
    start, *rest = [f"{_n(x)} {_n(y)}" for x, y in path]
    curves = "".join(f"C{' '.join(rest[i : i + 3])}" for i in range(0, len(rest), 3))
    parts = [
        _tag("path", {"d": f"M{start}{curves}", "style": WIRE}),
        _tag("path", {"d": _head(path[-1], direction, 1), "class": "nn-head"}),
    ]
    if name in gradients:
        tail = {"class": "nn-tail", "data-nn-from": gradients[name][1], "style": BACK}
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
    left, top = box.x - box.width / 2, box.y - box.height / 2
    lines = title.split("\n")
    sign = title in "+×"
    y = box.y - 0.6 * FONT * (len(lines) - 1) + 0.35 * (SIGN if sign else FONT)
    spans = "".join(
        f'<tspan x="{_n(box.x)}" y="{_n(y + 1.2 * FONT * i)}">{escape(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    rectangle = {
        "x": _n(left),
        "y": _n(top),
        "width": _n(box.width),
        "height": _n(box.height),
        "rx": 5,
        "style": BOX,
    }
    text = {"text-anchor": "middle"} | ({"style": f"font-size: {SIGN:g}px"} if sign else {})
    content = _tag("rect", rectangle) + _tag("text", text, spans)
    return _tag("g", {"class": "nn-node", "data-nn-node": number}, content)


def _tag(name, attributes, content=""):
    """Write an element; its content is already escaped."""
    written = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>"


def _n(value):
    """Write a coordinate with one decimal at most."""
    return f"{round(value, 1):g}"
