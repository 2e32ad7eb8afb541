"""The graph stepper of chapter 1.3: watch back-propagation, one node at a time."""

import copy
import functools
from collections.abc import Sequence
from typing import Any

import numpy as np

from nnbook.drawing.graph_svg import Known, draw_graph
from nnbook.drawing.layout import DIRECTIONS
from nnbook.drawing.text import number_text
from nnbook.stepper.cells import is_small, rows_of
from nnbook.stepper.equations import Equation, Item, copied
from nnbook.stepper.explain import explain
from nnbook.stepper.inputs import changed_inputs, describe_inputs
from nnbook.widget.live import live_class, mimebundle
from nnbook.widget.page import chunk, figure
from nnbook.widget.redraw import Redraw
from nnlib.graph import Graph, Step
from nnlib.models import Sequential
from nnlib.nodes import as_tuple

__all__ = ["GraphStepper"]


class GraphStepper:
    """Runs a graph forwards and backwards and shows every step with its numbers and its code.

    A reader can let it ask for a gradient before each backward step. Where Python answers, the
    reader can also change the inputs: a copy of the graph runs on them, and nothing here changes.

    Parameters
    ----------
    graph : Graph or Sequential
        It is run once, here. A model becomes a graph of its own layers and its loss with the inputs
        ``x`` and ``t``; as with any run, the gradients in its layers are then those of this one.
    dout : array, number or tuple of them, optional
        Upstream gradient of each output; 1 where the output is a single number.
    caption : str, optional
        What the graph computes, also for readers who can't see it.
    direction : {"down", "right"}
        Where forward leads. Downwards also a long graph is readable on a phone.
    **inputs : arrays or numbers
        One for each input of the graph, by name.

    Attributes
    ----------
    graph : Graph
    inputs : dict
        From the name of each input to a copy of what it was.
    steps : list of Step
        What the graph recorded: all nodes forwards, then all backwards.
    explanations : list of Explanation
        One for each step, with arrays in full precision.
    frames : list of dict
        What is shown: a start, then one for each step. All numbers are texts of four significant
        digits; JSON can hold it.

    Raises
    ------
    TypeError, ValueError
        If `graph` is no graph or empty, an input is missing or unknown, or `dout` does not fit.

    Examples
    --------
    >>> from nnlib import Graph, Multiply
    >>> graph = Graph()
    >>> z = graph.apply(Multiply(), graph.input("x"), graph.input("y"), name="z")
    >>> stepper = GraphStepper(graph, x=2.0, y=3.0, dout=10.0)
    >>> [frame["phase"] for frame in stepper.frames]
    ['start', 'forward', 'backward']
    >>> [equation["numbers"] for equation in stepper.frames[2]["equations"]]
    ['10 × 3', '10 × 2']
    """

    def __init__(
        self,
        graph: Graph | Sequential,
        /,
        *,
        dout: Any = None,
        caption: str = "",
        direction: str = "down",
        **inputs: Any,
    ):
        if direction not in DIRECTIONS:
            raise ValueError(f"direction must be one of {DIRECTIONS}; got {direction!r}")
        self.graph = _graph_of(graph)
        self.dout = copy.deepcopy(dout)
        self.caption = caption
        self.direction = direction
        outputs = self.graph.forward(**{name: _array(value) for name, value in inputs.items()})
        self.inputs = {
            wire.name: copy.deepcopy(self.graph.values[wire.name]) for wire in self.graph.inputs
        }
        self.graph.backward(*_upstream(outputs, dout))
        self.steps = list(self.graph.steps)
        forward = {id(step.call): step for step in self.steps if step.phase == "forward"}
        self.explanations = [explain(step, forward[id(step.call)]) for step in self.steps]
        self._picture = draw_graph(self.graph, direction=direction, known=known_from(self.steps))
        self.frames = [self._start(), *map(self._frame, self.steps, self.explanations)]

    def svg(self) -> str:
        """Return the graph with all values and gradients, as text."""
        return self._picture.html

    def to_html(self) -> str:
        """Return a figure for a page without a kernel; without a script it is the last picture."""
        chunks = {"frames": chunk(self.frames)}
        return figure("stepper", self.svg(), self.caption, settings={}, chunks=chunks)

    def to_widget(self) -> Any:
        """Return the live widget (needs anywidget and a kernel)."""
        return _live_stepper()(self)

    def _start(self):
        names = [wire.name for wire in self.graph.inputs]
        items = [Item(name, copied(self.graph.values[name])) for name in names]
        return {"phase": "start", "wires": names, "reads": list(map(_to_json, items))}

    def _frame(self, step, explanation):
        equations = explanation.equations
        items = [term for each in equations for term in each.terms if isinstance(term, Item)]
        shown = {name for item in items for name in item.name.split(" = ")}
        return {
            "phase": step.phase,
            "node": self.graph.calls.index(step.call),
            "kind": type(step.call.node).__name__,
            "wires": [wire.name for wire in step.call.inputs + step.call.outputs],
            "reads": [_to_json(item, brief=item.name in shown) for item in explanation.reads],
            "writes": [_to_json(item, brief=item.name in shown) for item in explanation.writes],
            "fills": [_to_json(item, brief=True) for item in explanation.fills],
            "local": list(explanation.local),
            "equations": [_equation_to_json(equation) for equation in equations],
            **explanation.source,
            "meaning": explanation.meaning,
        }

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Show the live widget, or the figure while outputs are being stored."""
        kinds = ", ".join(type(call.node).__name__ for call in self.graph.calls)
        text = f"GraphStepper({kinds})"
        return mimebundle(text, to_html=self.to_html, to_widget=self.to_widget)


@functools.cache
def _live_stepper():
    """Make the class that runs a graph on the numbers that its script sends."""

    class LiveStepper(live_class("stepper")):
        def __init__(self, stepper):
            self._graph = copy.deepcopy(stepper.graph)  # the notebook's own keeps its run
            self._inputs = stepper.inputs
            self._rest = {"dout": stepper.dout, "direction": stepper.direction}
            self._redraw = Redraw(self._run, self._report)
            settings = {"svg": stepper.svg(), "frames": stepper.frames, "caption": stepper.caption}
            super().__init__(settings=settings | {"inputs": describe_inputs(stepper.inputs)})
            self.on_msg(self._asked)

        def _asked(self, _, request, buffers):
            self._request = request
            self._redraw.soon()

        def _run(self):
            inputs = self._inputs | changed_inputs(self._inputs, self._request["inputs"])
            new = GraphStepper(self._graph, **self._rest, **inputs)
            self._tell({"type": "frames", "svg": new.svg(), "frames": new.frames})

        def _report(self, message):
            self._tell({"type": "error", "message": message})

        def _tell(self, answer):
            self.send(answer | {"number": self._request["number"]})

    return LiveStepper


def known_from(steps: Sequence[Step]) -> Known:
    """Return from which step on each wire's value and each wire's gradient is known, by name."""
    values: dict[str, int] = {}
    gradients: dict[str, int] = {}
    for number, step in enumerate(steps, start=1):
        before, after = step.call.inputs, step.call.outputs
        if step.phase == "forward":
            values |= {wire.name: number for wire in after}
            values = {wire.name: 0 for wire in before} | values
        else:
            carried = zip(after + before, step.received + step.sent, strict=True)
            found = {wire.name: number for wire, gradient in carried if gradient is not None}
            gradients = found | gradients
    return values, gradients


def _graph_of(graph):
    if isinstance(graph, Sequential):
        return _graph_of_model(graph)
    if not isinstance(graph, Graph):
        raise TypeError(f"graph must be a Graph or a Sequential model; got {graph!r}")
    if not graph.calls:
        raise ValueError("graph must have at least one node; got an empty Graph")
    return graph


def _graph_of_model(model):
    """Join a model's layers and its loss: x → h (with parameters), a (without) → s → L."""
    graph, letters = Graph(), ["h" if layer.params else "a" for layer in model.layers[:-1]]
    names = [a if letters.count(a) == 1 else f"{a}{i}" for i, a in enumerate(letters, start=1)]
    wire = graph.input("x")
    for layer, name in zip(model.layers, [*names, "s"], strict=True):
        wire = graph.apply(layer, wire, name=name)
    graph.apply(model.loss_layer, wire, graph.input("t"), name="L")
    return graph


def _array(value):
    return np.asarray(value) if isinstance(value, (list, tuple)) else value


def _upstream(outputs, dout):
    """Return one upstream gradient for each output."""
    expected = [np.shape(output) for output in as_tuple(outputs)]
    if dout is None and not any(expected):
        return ()
    douts = tuple(map(_array, as_tuple(dout)))
    shapes = [None if each is None else np.shape(each) for each in douts]
    if shapes != expected:
        given = "nothing" if dout is None else f"shape {', '.join(map(str, shapes))}"
        wanted = ", ".join(map(str, expected))
        raise ValueError(f"dout must have the shape of the graph's output, {wanted}; got {given}")
    return douts


def _to_json(item: Item, *, brief: bool = False) -> dict:
    """Describe an array: its name and shape, and its cells as texts if they are few."""
    array = item.array
    described: dict[str, Any] = {"name": item.name, "shape": str(array.shape)}
    if item.mark:
        described["mark"] = item.mark
    if is_small(array) and not (brief and array.ndim):
        described["rows"] = [[number_text(value) for value in row] for row in rows_of(array)]
    return described


def _equation_to_json(equation: Equation) -> dict:
    """Describe an equation; one between single numbers needs no arrays."""
    terms = [each if isinstance(each, str) else _to_json(each) for each in equation.terms]
    arrays = [each for each in equation.terms if isinstance(each, Item) and each.array.ndim]
    result, place = equation.result, equation.example
    described: dict[str, Any] = {
        "formula": equation.formula,
        "terms": terms if arrays else [],
        "name": result.name.split(" = ")[0],
        "place": list(place),
        "numbers": equation.worked[place],
        "result": number_text(result.array[place]),
    }
    if result.array.ndim and "rows" in terms[0]:
        columns, texts = result.array.shape[-1], list(equation.worked.values())
        starts = range(0, len(texts), columns)
        described["worked"] = [texts[start : start + columns] for start in starts]
    return described
