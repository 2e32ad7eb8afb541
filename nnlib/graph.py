"""Computational graphs: the smallest steps of a calculation, each with its own derivative.

Every node computes forwards and sends gradients backwards; a `Graph` wires nodes together, runs
them and records each step, so that back-propagation can be watched. Section 1.3.4.
"""

from dataclasses import dataclass

import numpy as np

from nnlib.backend import array_namespace

__all__ = ["Add", "Branch", "Graph", "MatMul", "Multiply", "Node", "Repeat", "Step", "Sum", "Wire"]


class Node:
    """One step of a calculation: `forward` computes it, `backward` sends gradients back.

    `forward` takes one or more arrays and returns one array, or a tuple of them. `backward` takes
    one upstream gradient per output and returns one gradient per input, or a tuple of them.
    """

    _memory = None

    def forward(self, *inputs):
        """Compute the outputs from the inputs."""
        raise NotImplementedError(f"{type(self).__name__} must define forward")

    def backward(self, *douts):
        """Compute the gradients of the inputs from those of the outputs."""
        raise NotImplementedError(f"{type(self).__name__} must define backward")

    def _save(self, *values):
        """Keep what `backward` will need."""
        self._memory = values

    def _saved(self):
        if self._memory is None:
            name = type(self).__name__
            raise RuntimeError(
                f"{name}.backward was called before {name}.forward: run forward first"
            )
        return self._memory

    def _require(self, condition, message):
        if not condition:
            raise ValueError(f"{type(self).__name__}: {message}")


class Add(Node):
    """Addition of two arrays of equal shape: it passes the gradient on to both."""

    def forward(self, a, b):
        """Return ``a + b``.

        Parameters
        ----------
        a, b : arrays, same shape
        """
        self._require(
            a.shape == b.shape, f"a and b must have the same shape; got {a.shape} and {b.shape}"
        )
        self._save()
        return a + b

    def backward(self, dout):
        """Return the gradients of `a` and `b`: both are `dout`, since ∂(a + b)/∂a = 1."""
        self._saved()
        return dout, dout


class Multiply(Node):
    """Elementwise product of two equal shapes: each gradient is multiplied by the *other* input."""

    def forward(self, a, b):
        """Return ``a * b``.

        Parameters
        ----------
        a, b : arrays, same shape
        """
        self._require(
            a.shape == b.shape, f"a and b must have the same shape; got {a.shape} and {b.shape}"
        )
        self._save(a, b)
        return a * b

    def backward(self, dout):
        """Return the gradients of `a` and `b`, since ∂(a·b)/∂a = b and ∂(a·b)/∂b = a."""
        a, b = self._saved()
        return dout * b, dout * a


class Branch(Node):
    """One value used in several places: the gradients that come back are added.

    Parameters
    ----------
    copies : int
        How many wires leave the node.
    """

    def __init__(self, copies=2):
        self._require(
            isinstance(copies, int) and copies >= 2,
            f"copies must be an integer ≥ 2; got {copies!r}",
        )
        self.copies = copies

    def forward(self, x):
        """Return `x` once for every wire.

        Parameters
        ----------
        x : array, any shape
        """
        self._save()
        return (x,) * self.copies

    def backward(self, *douts):
        """Return the gradient of `x`: the sum of all that came back."""
        self._saved()
        self._require(len(douts) == self.copies, f"needs {self.copies} gradients; got {len(douts)}")
        dx = douts[0]
        for dout in douts[1:]:
            dx = dx + dout
        return dx


class Repeat(Node):
    """The same array written N times along a new first axis; the mirror image of `Sum`.

    This is what broadcasting does to the bias of a minibatch.

    Parameters
    ----------
    times : int
        N, the number of copies.
    """

    def __init__(self, times):
        self._require(
            isinstance(times, int) and times >= 1, f"times must be an integer ≥ 1; got {times!r}"
        )
        self.times = times

    def forward(self, x):
        """Repeat `x`.

        Parameters
        ----------
        x : (...) array

        Returns
        -------
        (N, ...) array
        """
        self._save()
        xp = array_namespace(x)
        return xp.repeat(xp.expand_dims(x, axis=0), self.times, axis=0)

    def backward(self, dout):
        """Return the gradient of `x`: the sum over the copies, since each used the same `x`."""
        self._saved()
        return array_namespace(dout).sum(dout, axis=0)


class Sum(Node):
    """The sum over the first axis; the mirror image of `Repeat`."""

    def forward(self, x):
        """Add up the rows of `x`.

        Parameters
        ----------
        x : (N, ...) array

        Returns
        -------
        (...) array
        """
        self._require(x.ndim >= 1, "x must have at least one axis to sum over; got a single number")
        self._save(x.shape[0])
        return array_namespace(x).sum(x, axis=0)

    def backward(self, dout):
        """Return the gradient of `x`: every row moved the sum one to one, so each gets `dout`."""
        (times,) = self._saved()
        xp = array_namespace(dout)
        return xp.repeat(xp.expand_dims(dout, axis=0), times, axis=0)


class MatMul(Node):
    """Matrix product of two inputs, ``x @ W``."""

    def forward(self, x, W):
        """Multiply two matrices.

        Parameters
        ----------
        x : (N, D) array
        W : (D, H) array

        Returns
        -------
        (N, H) array
        """
        self._require(
            x.ndim == 2 and W.ndim == 2 and x.shape[1] == W.shape[0],
            f"x must have shape (N, D) and W (D, H) with the same D; got {x.shape} and {W.shape}",
        )
        self._save(x, W)
        return x @ W

    def backward(self, dout):
        """Return the gradients of `x`, (N, D), and of `W`, (D, H).

        Parameters
        ----------
        dout : (N, H) array
        """
        x, W = self._saved()
        return dout @ W.T, x.T @ dout


@dataclass(frozen=True)
class Wire:
    """A named connection that carries one array from one node to another."""

    name: str


@dataclass(frozen=True)
class Call:
    """A node's place in a graph: what it reads and what it writes."""

    name: str
    node: Node
    inputs: tuple
    outputs: tuple


@dataclass(frozen=True)
class Step:
    """What one node did, forwards or backwards.

    Attributes
    ----------
    phase : {"forward", "backward"}
    call : Call
        The node, its name and its wires.
    received, sent : tuple of arrays
        Forwards the inputs and outputs; backwards the upstream gradients and those passed on. A
        gradient is None where the node has none to give (the labels of a loss).
    """

    phase: str
    call: Call
    received: tuple
    sent: tuple


class Graph:
    """Nodes joined by wires, run forwards and backwards, every step recorded in `steps`.

    A wire leads to one node only; where a value is used twice, a `Branch` says so.

    Examples
    --------
    >>> graph = Graph()
    >>> a, b = graph.input("a"), graph.input("b")
    >>> y = graph.apply(Multiply(), a, b, name="y")
    >>> float(graph.forward(a=3.0, b=4.0))
    12.0
    >>> {name: float(grad) for name, grad in graph.backward().items()}
    {'a': 4.0, 'b': 3.0}
    """

    def __init__(self):
        self.inputs = []
        self.calls = []
        self.steps = []
        self.values = {}
        self.gradients = {}
        self._outputs = None

    def input(self, name):
        """Add an input and return its wire.

        Parameters
        ----------
        name : str
            The keyword by which `forward` will receive its value.
        """
        wire = self._new_wire(name)
        self.inputs.append(wire)
        return wire

    def apply(self, node, *wires, name=None):
        """Add a node that reads `wires`; return its output wire, or a tuple of them for a `Branch`.

        Parameters
        ----------
        node : Node
            Anything with this contract: a node of this module, a layer, a loss.
        *wires : Wire
            What the node reads, in the order of its `forward`.
        name : str, optional
            Name of the output; made from the node's class if not given.

        Raises
        ------
        ValueError
            If a wire is unknown or already leads to a node, or the node is already in use.
        """
        for position, wire in enumerate(wires):
            if wire not in self._wires():
                raise ValueError(f"{wire!r} is not a wire of this graph")
            if wire in wires[:position] or any(wire in call.inputs for call in self.calls):
                raise ValueError(
                    f"wire {wire.name!r} already leads to a node: put a Branch where a value is "
                    "used twice"
                )
        if any(call.node is node for call in self.calls):
            raise ValueError(
                f"this {type(node).__name__} object is already in the graph; make a new one"
            )
        name = name or f"{type(node).__name__.lower()}{len(self.calls) + 1}"
        copies = node.copies if isinstance(node, Branch) else 1
        names = [name] if copies == 1 else [f"{name}_{i + 1}" for i in range(copies)]
        outputs = tuple(self._new_wire(each) for each in names)
        self.calls.append(Call(name, node, wires, outputs))
        return outputs if copies > 1 else outputs[0]

    def forward(self, **values):
        """Run every node and record it.

        Parameters
        ----------
        **values : arrays or numbers
            One for each input, by name.

        Returns
        -------
        array or tuple of arrays
            What no node reads: the outputs of the graph.

        Raises
        ------
        ValueError
            If an input is missing or unknown.
        """
        expected = [wire.name for wire in self.inputs]
        if set(values) != set(expected):
            raise ValueError(f"the graph's inputs are {expected}; got {sorted(values)}")
        carried = {wire: _as_array(values[wire.name]) for wire in self.inputs}
        self.steps = []
        for call in self.calls:
            received = tuple(carried[wire] for wire in call.inputs)
            sent = as_tuple(call.node.forward(*received))
            carried.update(zip(call.outputs, sent, strict=True))
            self.steps.append(Step("forward", call, received, sent))
        self.values, self.gradients = {wire.name: carried[wire] for wire in carried}, {}
        self._outputs = {wire: carried[wire] for wire in self._open_wires()}
        return _unwrap(tuple(self._outputs.values()))

    def backward(self, *douts):
        """Send gradients from the outputs back to the inputs, and record every step.

        Parameters
        ----------
        *douts : arrays or numbers
            One per output, of its shape; 1 for an output that is a single number if none is given.

        Returns
        -------
        dict
            The gradient of every input, by name.

        Raises
        ------
        RuntimeError
            If `forward` was not run.
        ValueError
            If the number or a shape of `douts` does not fit the outputs.
        """
        if self._outputs is None:
            raise RuntimeError("Graph.backward was called before Graph.forward: run forward first")
        carried = dict(zip(self._outputs, self._upstream(douts), strict=True))
        self.steps = [step for step in self.steps if step.phase == "forward"]
        for call in reversed(self.calls):
            received = tuple(carried[wire] for wire in call.outputs)
            gradients = as_tuple(call.node.backward(*received))
            sent = gradients + (None,) * (len(call.inputs) - len(gradients))
            carried.update(zip(call.inputs, sent, strict=True))
            self.steps.append(Step("backward", call, received, sent))
        self.gradients = {wire.name: carried[wire] for wire in carried}
        return {wire.name: carried[wire] for wire in self.inputs}

    def _upstream(self, douts):
        outputs = list(self._outputs.values())
        if not douts and all(np.shape(output) == () for output in outputs):
            douts = (1.0,) * len(outputs)
        shapes, expected = (
            [np.shape(dout) for dout in douts],
            [np.shape(output) for output in outputs],
        )
        if shapes != expected:
            raise ValueError(
                f"backward needs upstream gradients of shapes {expected}; got {shapes}"
            )
        return tuple(_as_array(dout) for dout in douts)

    def _new_wire(self, name):
        wire = Wire(name)
        if wire in self._wires():
            raise ValueError(f"there is already a wire named {name!r} in this graph")
        return wire

    def _wires(self):
        return self.inputs + [wire for call in self.calls for wire in call.outputs]

    def _open_wires(self):
        used = {wire for call in self.calls for wire in call.inputs}
        return [wire for wire in self._wires() if wire not in used]


def _as_array(value):
    return np.asarray(value, dtype=float) if isinstance(value, (int, float)) else value


def as_tuple(value):
    """Return a tuple as it is, and anything else as a tuple of one."""
    return value if isinstance(value, tuple) else (value,)


def _unwrap(values):
    return values[0] if len(values) == 1 else values
