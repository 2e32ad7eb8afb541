"""Computational graphs: nodes joined by wires, run forwards and backwards. Section 1.3.4.

A `Graph` records each step and what every wire carried, so that back-propagation can be watched.
"""

import inspect
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from nnlib.backend import Array
from nnlib.checks import argument_error, require, require_node, require_number, require_real
from nnlib.nodes import Node, as_tuple

__all__ = ["Call", "Graph", "Step", "Wire"]


@dataclass(frozen=True, eq=False)
class Wire:
    """A named connection of one graph that carries one array from one node to another."""

    name: str


@dataclass(frozen=True)
class Call:
    """A node's place in a graph: what it reads and what it writes."""

    name: str
    node: Node
    inputs: tuple[Wire, ...]
    outputs: tuple[Wire, ...]


@dataclass(frozen=True)
class Step:
    """What one node did in a `phase`, ``"forward"`` or ``"backward"``.

    It `received` and `sent` arrays: forwards the inputs and outputs, backwards the upstream
    gradients and those passed on. A gradient is None where the node has none to give, as a loss
    for its labels.
    """

    phase: str
    call: Call
    received: tuple[Any, ...]
    sent: tuple[Any, ...]


class Graph:
    """Nodes joined by wires; a wire leads to one node only, and a `Branch` shares a value.

    The nodes run in the order of `calls`. Of the last run, `steps` has what they did, forwards and
    then backwards; `values` and `gradients` have what every wire carried, by its name.

    Examples
    --------
    >>> from nnlib import Graph, Multiply
    >>> graph = Graph()
    >>> y = graph.apply(Multiply(), graph.input("a"), graph.input("b"), name="y")
    >>> float(graph.forward(a=3.0, b=4.0))
    12.0
    >>> {name: float(grad) for name, grad in graph.backward().items()}
    {'a': 4.0, 'b': 3.0}
    """

    def __init__(self) -> None:
        self.inputs: list[Wire] = []
        self.calls: list[Call] = []
        self.steps: list[Step] = []
        self.values: dict[str, Any] = {}
        self.gradients: dict[str, Any] = {}

    @property
    def wires(self) -> list[Wire]:
        """All wires: the inputs, then what the nodes write."""
        return self.inputs + [wire for call in self.calls for wire in call.outputs]

    @property
    def outputs(self) -> list[Wire]:
        """The wires that no node reads."""
        read = {wire for call in self.calls for wire in call.inputs}
        return [wire for wire in self.wires if wire not in read]

    def input(self, name: str) -> Wire:
        """Add an input, the keyword by which `forward` will receive it, and return its wire."""
        wire = self._new_wire(name)
        self.inputs.append(wire)
        return wire

    def apply(self, node: Any, *wires: Wire, name: str | None = None) -> Any:
        """Add a node that reads `wires`; return its output wire, or a tuple of them for a `Branch`.

        `node` is a node, a layer or a loss, which is new to the graph, and `wires` are what its
        `forward` takes. The output has a `name`, made from the node's class if none is given.
        """
        require_node("node", node)
        self._require_free(wires)
        kind = type(node).__name__
        used = any(call.node is node for call in self.calls)
        found = f"the {kind} object that is already in it"
        require(not used, "node", "be new to this graph", found)
        try:
            inspect.signature(node.forward).bind(*wires)
        except TypeError as error:
            raise argument_error("wires", f"be what {kind}.forward takes", error) from error
        name = f"{kind.lower()}{len(self.calls) + 1}" if name is None else name
        outputs = getattr(node, "outputs", 1)
        names = [f"{name}_{i + 1}" for i in range(outputs)] if outputs > 1 else [name]
        written = tuple(self._new_wire(each) for each in names)
        self.calls.append(Call(name, node, wires, written))
        return written if outputs > 1 else written[0]

    def forward(self, /, **values: Any) -> Any:
        """Run every node and record it; return what the output carries, or a tuple for several.

        Each input is given by name: an array, or a number.
        """
        expected = [wire.name for wire in self.inputs]
        holds = set(values) == set(expected)
        require(holds, "values", f"name the graph's inputs, {expected}", sorted(values))
        carried = {name: _as_array(f"values[{name!r}]", values[name]) for name in expected}
        self.steps, self.values, self.gradients = [], {}, {}
        for call in self.calls:
            received = tuple(carried[wire.name] for wire in call.inputs)
            sent = as_tuple(call.node.forward(*received))
            carried.update(zip(_names(call.outputs), sent, strict=True))
            self.steps.append(Step("forward", call, received, sent))
        self.values = carried
        outputs = tuple(carried[wire.name] for wire in self.outputs)
        return outputs[0] if len(outputs) == 1 else outputs

    def backward(self, *douts: Any) -> dict[str, Any]:
        """Send gradients back from the outputs, and record it; return those of the inputs by name.

        There is one of `douts` for each output, of its shape; for outputs that are single numbers
        they may be left out, and are 1.
        """
        if not self.values:
            raise RuntimeError("Graph.backward was called before Graph.forward: run forward first")
        carried = dict(zip(_names(self.outputs), self._upstream(douts), strict=True))
        self.steps = [step for step in self.steps if step.phase == "forward"]
        for call in reversed(self.calls):
            received = tuple(carried[wire.name] for wire in call.outputs)
            gradients = as_tuple(call.node.backward(*received))
            sent = gradients + (None,) * (len(call.inputs) - len(gradients))
            carried.update(zip(_names(call.inputs), sent, strict=True))
            self.steps.append(Step("backward", call, received, sent))
        self.gradients = carried
        return {wire.name: carried[wire.name] for wire in self.inputs}

    def _upstream(self, douts: tuple[Any, ...]) -> tuple[Any, ...]:
        expected = [np.shape(self.values[wire.name]) for wire in self.outputs]
        if not douts and not any(expected):
            douts = (1.0,) * len(expected)
        arrays = tuple(_as_array(f"douts[{i}]", dout) for i, dout in enumerate(douts))
        shapes = [array.shape for array in arrays]
        require(shapes == expected, "douts", f"be upstream gradients of shapes {expected}", shapes)
        return arrays

    def _new_wire(self, name: str) -> Wire:
        text = isinstance(name, str) and name != ""
        require(text, "name", "be a text of at least one letter", repr(name), TypeError)
        taken = name in _names(self.wires)
        require(not taken, "name", "be new to this graph", f"{name!r}, which a wire already has")
        return Wire(name)

    def _require_free(self, wires: tuple[Wire, ...]) -> None:
        taken = [wire for call in self.calls for wire in call.inputs]
        for place, wire in enumerate(wires):
            own = isinstance(wire, Wire) and wire in self.wires
            require(own, f"wires[{place}]", "be a wire of this graph", repr(wire))
            free = wire not in taken and wire not in wires[:place]
            expected = "lead to no node yet (put a Branch where a value is used twice)"
            require(free, f"wires[{place}]", expected, f"{wire.name!r}, which does")


def _names(wires: Any) -> list[str]:
    return [wire.name for wire in wires]


def _as_array(name: str, value: Any) -> Array:
    if isinstance(value, Real) and not isinstance(value, (bool, np.floating)):
        require_number(name, value)
        return np.asarray(float(value))
    require_real(name, value)
    return value
