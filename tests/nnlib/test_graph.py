"""Every node of section 1.3.4 by hand and by measured slopes, and the graph that joins them."""

import re
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import Affine, Sigmoid, SoftmaxWithLoss, check_gradients, to_numpy
from nnlib.graph import Graph
from nnlib.nodes import Add, Branch, MatMul, Multiply, Node, Repeat, Sum

SIZES = st.tuples(*[st.integers(1, 5)] * 3)
SEED = st.integers(0, 2**32 - 1)


def node_and_inputs(kind, sizes, rng):
    """Return a node of this kind and random inputs for it."""
    n, d, h = sizes
    cases = {
        Add: (Add(), [(n, d), (n, d)]),
        Multiply: (Multiply(), [(n, d), (n, d)]),
        Branch: (Branch(copies=h + 1), [(n, d)]),
        Repeat: (Repeat(times=n), [(d, h)]),
        Sum: (Sum(), [(n, d, h)]),
        MatMul: (MatMul(), [(n, d), (d, h)]),
    }
    node, shapes = cases[kind]
    return node, [rng.standard_normal(shape) for shape in shapes]


NODES = [Add, Multiply, Branch, Repeat, Sum, MatMul]


@pytest.mark.parametrize("kind", NODES)
@given(sizes=SIZES, seed=SEED)
def test_gradients_agree_with_central_differences(kind, sizes, seed):
    rng = np.random.default_rng(seed)
    node, inputs = node_and_inputs(kind, sizes, rng)
    report = check_gradients(node, *inputs, rng=rng)
    assert len(report.comparisons) == len(inputs)
    assert report.max_relative_error <= 1e-8, str(report)


# Each entry: node, inputs, output, upstream gradient, gradients of the inputs.
WORKED = [
    (Add(), [[2.0, 3.0], [10.0, 20.0]], [12.0, 23.0], [0.5, -1.0], ([0.5, -1.0], [0.5, -1.0])),
    # da = dout·b = (0.5·10, -1·20); db = dout·a = (0.5·2, -1·3)
    (
        Multiply(),
        [[2.0, 3.0], [10.0, 20.0]],
        [20.0, 60.0],
        [0.5, -1.0],
        ([5.0, -20.0], [1.0, -3.0]),
    ),
    # db of a repeated bias: the columns of dout, 1 + 3 + 5 and 2 + 4 + 6
    (
        Repeat(3),
        [[7.0, 8.0]],
        [[7.0, 8.0]] * 3,
        [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]],
        ([9.0, 12.0],),
    ),
    (Sum(), [[[1.0, 2.0], [3.0, 4.0]]], [4.0, 6.0], [5.0, 7.0], ([[5.0, 7.0], [5.0, 7.0]],)),
    # x W = (1·3 + 2·5, 1·4 + 2·6); dx = dout Wᵀ = (3 + 2·4, 5 + 2·6); dW = xᵀ dout
    (
        MatMul(),
        [[[1.0, 2.0]], [[3.0, 4.0], [5.0, 6.0]]],
        [[13.0, 16.0]],
        [[1.0, 2.0]],
        ([[11.0, 17.0]], [[1.0, 2.0], [2.0, 4.0]]),
    ),
]


@pytest.mark.parametrize(
    ("node", "inputs", "output", "dout", "gradients"), WORKED, ids=lambda v: type(v).__name__
)
def test_worked(xp, node, inputs, output, dout, gradients):
    assert to_numpy(node.forward(*map(xp.asarray, inputs))).tolist() == output
    got = node.backward(xp.asarray(dout))
    got = got if isinstance(got, tuple) else (got,)
    assert [to_numpy(each).tolist() for each in got] == list(gradients)


def test_branch_worked(xp):
    # the same x on three wires; the gradients 1, 20, 300 that come back add up to 321
    node, x = Branch(3), xp.asarray([4.0])
    assert [to_numpy(copy).tolist() for copy in node.forward(x)] == [[4.0]] * 3
    dx = node.backward(*(xp.asarray([dout]) for dout in (1.0, 20.0, 300.0)))
    assert to_numpy(dx).tolist() == [321.0]


@pytest.mark.parametrize("kind", NODES)
def test_fault_backward_before_forward__the_message_says_what_to_call(kind, rng):
    node, _ = node_and_inputs(kind, (2, 3, 4), rng)
    name = kind.__name__
    with pytest.raises(
        RuntimeError, match=rf"{name}.backward was called before {name}.forward: run forward first"
    ):
        node.backward(np.ones((2, 3)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Add().forward(np.ones(2), np.ones(3)), r"Add: a and b .*\(2,\) and \(3,\)"),
        (
            lambda: Multiply().forward(np.ones((2, 1)), np.ones(2)),
            r"Multiply: .*\(2, 1\) and \(2,\)",
        ),
        (lambda: Sum().forward(np.asarray(1.0)), "Sum: x must have at least one axis"),
        (
            lambda: MatMul().forward(np.ones((2, 3)), np.ones((2, 3))),
            r"MatMul: .*\(2, 3\) and \(2, 3\)",
        ),
        (lambda: MatMul().forward(np.ones(3), np.ones((3, 2))), r"MatMul: .*\(3,\) and \(3, 2\)"),
        (lambda: Branch(1), "Branch: copies must be a whole number of at least 2; got 1"),
        (lambda: Branch(2.0), "Branch: copies must be a whole number of at least 2; got 2.0"),
        (lambda: Repeat(0), "Repeat: times must be a whole number of at least 1; got 0"),
    ],
)
def test_nodes_refuse_what_does_not_fit(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_branch_needs_one_gradient_per_copy():
    node = Branch(3)
    node.forward(np.ones(2))
    with pytest.raises(ValueError, match=r"Branch\.backward: douts must be 3 gradients; got 2"):
        node.backward(np.ones(2), np.ones(2))


@pytest.mark.parametrize("method", ["forward", "backward"])
def test_a_node_without_a_method_is_named(method):
    class Half(Node):
        pass

    with pytest.raises(NotImplementedError, match=f"Half must define {method}"):
        getattr(Half(), method)(np.ones(2))


# ---------------------------------------------------------------- graphs


def product_of_sums():
    """Return the graph of ``y = (a + b)(b + c)``, where b is used twice."""
    graph = Graph()
    a, b, c = (graph.input(name) for name in "abc")
    b1, b2 = graph.apply(Branch(), b, name="b")
    left, right = graph.apply(Add(), a, b1, name="s1"), graph.apply(Add(), b2, c, name="s2")
    graph.apply(Multiply(), left, right, name="y")
    return graph


def test_graph_worked():
    # y = (a + b)(b + c) at 2, 3, 4: 5 · 7 = 35; dy/da = 7, dy/db = 7 + 5 = 12, dy/dc = 5
    graph = product_of_sums()
    assert graph.forward(a=2, b=3, c=4) == 35.0
    assert graph.backward() == {"a": 7.0, "b": 12.0, "c": 5.0}


def test_graph_records_every_step_in_order():
    graph = product_of_sums()
    graph.forward(a=2.0, b=3.0, c=4.0)
    graph.backward()
    graph.backward()  # a second one replaces the first
    forwards = [(s.call.name, s.sent) for s in graph.steps if s.phase == "forward"]
    assert forwards == [("b", (3.0, 3.0)), ("s1", (5.0,)), ("s2", (7.0,)), ("y", (35.0,))]
    backwards = [(s.call.name, s.received, s.sent) for s in graph.steps[len(forwards) :]]
    assert backwards == [
        ("y", (1.0,), (7.0, 5.0)),
        ("s2", (5.0,), (5.0, 5.0)),
        ("s1", (7.0,), (7.0, 7.0)),
        ("b", (7.0, 5.0), (12.0,)),
    ]
    graph.forward(a=1.0, b=1.0, c=1.0)  # a new run starts a new record
    assert [step.phase for step in graph.steps] == ["forward"] * 4


@given(sizes=SIZES, seed=SEED)
def test_affine_as_a_graph_of_matmul_repeat_and_add(sizes, seed):
    n, d, h = sizes
    rng = np.random.default_rng(seed)
    x, W, b, dout = (rng.standard_normal(shape) for shape in [(n, d), (d, h), (h,), (n, h)])
    graph = Graph()
    wires = [graph.input(name) for name in ("x", "W", "b")]
    product = graph.apply(MatMul(), wires[0], wires[1])
    graph.apply(Add(), product, graph.apply(Repeat(n), wires[2]))
    layer = Affine(W, b)
    np.testing.assert_allclose(
        graph.forward(x=x, W=W, b=b), layer.forward(x), rtol=1e-13, atol=1e-13
    )
    gradients = graph.backward(dout)
    expected = dict(zip("xWb", [layer.backward(dout), *layer.grads], strict=True))
    for name, gradient in expected.items():
        np.testing.assert_allclose(gradients[name], gradient, rtol=1e-12, atol=1e-13)


class AsNode:
    """A graph in the form that check_gradients takes: arrays in their order, not by name."""

    def __init__(self, graph):
        self.graph = graph

    def forward(self, *inputs):
        names = [wire.name for wire in self.graph.inputs]
        return self.graph.forward(**dict(zip(names, inputs, strict=True)))

    def backward(self, *douts):
        gradients = self.graph.backward(*douts)
        return tuple(gradients[wire.name] for wire in self.graph.inputs)


class RandomGraph:
    """A graph that grows by random nodes; where no wire fits, a new input is made."""

    def __init__(self, rng):
        self.rng, self.graph, self.values = rng, Graph(), []
        self.free = {}  # wires that lead nowhere yet, and the shapes on them

    def grow(self, steps):
        while len(self.graph.calls) < steps:
            kind = NODES[self.rng.integers(len(NODES))]
            getattr(self, f"add_{kind.__name__.lower()}")()
        return self.graph, self.values

    def take(self, fits, shape):
        """Return a free wire that fits, or a new input of this shape, and its shape."""
        fitting = [wire for wire, each in self.free.items() if fits(each)]
        if fitting and self.rng.random() < 0.8:
            wire = fitting[self.rng.integers(len(fitting))]
            return wire, self.free.pop(wire)
        self.values.append(self.rng.standard_normal(shape))
        return self.graph.input(f"x{len(self.values)}"), shape

    def any_wire(self, axes=(0, 1, 2)):
        shape = tuple(self.rng.integers(1, 4, self.rng.choice(axes)).tolist())
        return self.take(lambda each: len(each) in axes, shape)

    def put(self, node, *wires, shape):
        outputs = self.graph.apply(node, *wires)
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        self.free.update(dict.fromkeys(outputs, shape))

    def add_add(self, kind=Add):
        a, shape = self.any_wire()
        b, _ = self.take(lambda each: each == shape, shape)
        self.put(kind(), a, b, shape=shape)

    def add_multiply(self):
        self.add_add(Multiply)

    def add_branch(self):
        x, shape = self.any_wire()
        self.put(Branch(int(self.rng.integers(2, 4))), x, shape=shape)

    def add_repeat(self):
        (x, shape), times = self.any_wire(axes=(0, 1)), int(self.rng.integers(1, 4))
        self.put(Repeat(times), x, shape=(times, *shape))

    def add_sum(self):
        x, shape = self.any_wire(axes=(1, 2))
        self.put(Sum(), x, shape=shape[1:])

    def add_matmul(self):
        x, (n, d) = self.any_wire(axes=(2,))
        W, (_, h) = self.take(
            lambda each: len(each) == 2 and each[0] == d, (d, int(self.rng.integers(1, 4)))
        )
        self.put(MatMul(), x, W, shape=(n, h))


@settings(max_examples=100)
@given(steps=st.integers(1, 12), seed=SEED)
def test_random_graphs_agree_with_central_differences(steps, seed):
    rng = np.random.default_rng(seed)
    graph, values = RandomGraph(rng).grow(steps)
    report = check_gradients(AsNode(graph), *values, rng=rng, tolerance=1e-7)
    assert len(report.comparisons) == len(values)
    assert report.max_relative_error <= 1e-7, str(report)


def test_random_graphs_hold_every_node_and_share_values():
    calls = [
        call
        for seed in range(30)
        for call in RandomGraph(np.random.default_rng(seed)).grow(8)[0].calls
    ]
    assert {type(call.node) for call in calls} == set(NODES)
    made_inside = [wire for call in calls for wire in call.inputs if not wire.name.startswith("x")]
    assert len(made_inside) > len(calls) / 2


def test_a_wrong_node_in_a_random_graph_is_found():
    class Forgetful(Branch):
        def backward(self, *douts):
            return douts[0]

    graph, rng = Graph(), np.random.default_rng(0)
    one, two = graph.apply(Forgetful(), graph.input("x"))
    graph.apply(Multiply(), one, two)
    assert not check_gradients(AsNode(graph), np.ones((2, 2)), rng=rng, tolerance=1e-7).ok


def test_graph_takes_layers_and_a_loss(xp, rng):
    graph = Graph()
    x, t = graph.input("x"), graph.input("t")
    h = graph.apply(Affine(xp.asarray(rng.standard_normal((2, 3))), xp.zeros(3)), x)
    graph.apply(SoftmaxWithLoss(), graph.apply(Sigmoid(), h), t, name="loss")
    points = xp.asarray(rng.standard_normal((4, 2)))
    assert graph.forward(x=points, t=xp.asarray(np.array([0, 1, 2, 0]))) > 0
    gradients = graph.backward()
    assert gradients["x"].shape == (4, 2)
    assert gradients["t"] is None


def test_graph_with_two_outputs_gives_both():
    graph = Graph()
    graph.apply(Branch(), graph.input("a"))
    assert graph.forward(a=3.0) == (3.0, 3.0)
    assert graph.backward(2.0, 5.0) == {"a": 7.0}


def test_graph_refuses_what_does_not_fit():
    graph = product_of_sums()
    node = graph.calls[1].node
    with pytest.raises(RuntimeError, match=r"Graph\.backward was called before Graph\.forward"):
        graph.backward()
    with pytest.raises(ValueError, match=r"inputs, \['a', 'b', 'c'\]; got \['a', 'z'\]"):
        graph.forward(a=1.0, z=2.0)
    with pytest.raises(ValueError, match="name must be new to this graph; got 'a', which"):
        graph.input("a")
    with pytest.raises(
        ValueError,
        match=r"wires\[0\] must lead to no node yet \(put a Branch ",
    ):
        graph.apply(Sum(), graph.inputs[0])
    with pytest.raises(ValueError, match=r"wires\[0\] must be a wire of this graph; got Wire"):
        graph.apply(Sum(), Graph().input("stranger"))
    with pytest.raises(ValueError, match="node must be new to this graph; got the Add object"):
        graph.apply(node, graph.calls[-1].outputs[0])
    graph.forward(a=np.ones(2), b=np.ones(2), c=np.ones(2))
    for wrong in [(), (1.0,), (np.ones(3),), (np.ones(2), np.ones(2))]:
        with pytest.raises(ValueError, match=r"upstream gradients of shapes \[\(2,\)\]; got"):
            graph.backward(*wrong)


def test_one_wire_cannot_lead_twice_to_one_node():
    graph = Graph()
    a = graph.input("a")
    with pytest.raises(ValueError, match=r"wires\[1\] .*put a Branch where a value is used twice"):
        graph.apply(Multiply(), a, a)


def test_a_wire_of_another_graph_is_refused_though_it_has_the_same_name():
    graph, other = product_of_sums(), product_of_sums()
    (theirs,) = other.calls[-1].outputs
    assert theirs.name in [wire.name for wire in graph.wires]
    with pytest.raises(ValueError, match=r"wires\[0\] must be a wire of this graph"):
        graph.apply(Sum(), theirs)


def test_values_and_gradients_are_what_every_wire_carried():
    graph = product_of_sums()
    assert graph.values == graph.gradients == {}
    graph.forward(a=2, b=3, c=4)
    values = {"a": 2.0, "b": 3.0, "c": 4.0, "b_1": 3.0, "b_2": 3.0, "s1": 5.0, "s2": 7.0, "y": 35.0}
    assert graph.values == values
    assert graph.gradients == {}
    graph.backward()
    assert graph.gradients == {
        "a": 7.0, "b": 12.0, "c": 5.0, "b_1": 7.0, "b_2": 5.0, "s1": 7.0, "s2": 5.0, "y": 1.0,
    }  # fmt: skip
    graph.forward(a=1, b=1, c=1)  # a new run has no gradients yet
    assert graph.gradients == {}


def test_after_a_run_that_failed_there_is_nothing_to_go_back_through():
    graph = product_of_sums()
    graph.forward(a=2, b=3, c=4)
    with pytest.raises(ValueError, match="Add: a and b must have the same shape"):
        graph.forward(a=np.ones(2), b=np.ones(3), c=np.ones(3))
    with pytest.raises(RuntimeError, match="run forward first"):
        graph.backward()


def test_a_node_says_how_many_wires_leave_it():
    assert [kind.outputs for kind in (Add, MatMul, Affine)] == [1, 1, 1]
    assert Branch(3).outputs == 3

    class Halves(Node):
        outputs = 2

        def forward(self, x):
            return x / 2, x / 2

    graph = Graph()
    left, right = graph.apply(Halves(), graph.input("x"), name="half")
    assert (left.name, right.name) == ("half_1", "half_2")
    assert graph.forward(x=3.0) == (1.5, 1.5)


def test_an_input_may_have_any_name():
    graph = Graph()
    graph.apply(Multiply(), graph.input("self"), graph.input("learning rate"))
    assert graph.forward(**{"self": 2.0, "learning rate": 3.0}) == 6.0
    assert graph.backward() == {"self": 3.0, "learning rate": 2.0}


def test_a_node_without_a_name_is_named_after_its_kind_and_place():
    graph = Graph()
    product = graph.apply(Multiply(), graph.input("a"), graph.input("b"))
    copies = graph.apply(Branch(), product)
    assert [wire.name for wire in (product, *copies)] == ["multiply1", "branch2_1", "branch2_2"]


def test_whole_numbers_become_floats():
    graph = product_of_sums()
    graph.forward(a=2, b=3, c=4)
    graph.backward(1)
    carried = [*graph.values.values(), *graph.gradients.values()]
    assert {value.dtype for value in carried} == {np.dtype(float)}


def test_every_step_is_of_a_phase():
    graph = product_of_sums()
    graph.forward(a=2, b=3, c=4)
    graph.backward()
    assert [step.phase for step in graph.steps] == ["forward"] * 4 + ["backward"] * 4


class Generous(Node):
    """Returns one array more than it has inputs and outputs."""

    outputs = 2

    def __init__(self, extra_outputs, extra_gradients):
        self.returned = 2 + extra_outputs, 1 + extra_gradients

    def forward(self, x):
        return (x,) * self.returned[0]

    def backward(self, *douts):
        return (douts[0],) * self.returned[1]


def test_a_node_that_returns_too_much_is_an_error():
    for extra_outputs, extra_gradients in [(1, 0), (0, 1)]:
        graph = Graph()
        graph.apply(Generous(extra_outputs, extra_gradients), graph.input("a"))
        with pytest.raises(ValueError, match="argument 2 is longer"):
            graph.backward(*graph.forward(a=1.0))


def test_wires_calls_and_steps_never_change():
    graph = product_of_sums()
    graph.forward(a=2, b=3, c=4)
    for each, field in [
        (graph.inputs[0], "name"),
        (graph.calls[0], "name"),
        (graph.steps[0], "sent"),
    ]:
        with pytest.raises(FrozenInstanceError):
            setattr(each, field, "other")


def test_what_a_graph_and_its_nodes_say_word_for_word():
    graph = product_of_sums()
    graph.forward(a=np.ones(2), b=np.ones(2), c=np.ones(2))
    calls = {
        lambda: graph.forward(a=1.0): "values must name the graph's inputs, ['a', 'b', 'c']; "
        "got ['a']",
        lambda: graph.backward(): "douts must be upstream gradients of shapes [(2,)]; got []",
        lambda: graph.apply(Sum(), graph.inputs[1]): "wires[0] must lead to no node yet "
        "(put a Branch where a value is used twice); got 'b', which does",
        lambda: graph.input("y"): "name must be new to this graph; got 'y', which a wire "
        "already has",
        lambda: MatMul().forward(np.ones((2, 3)), np.ones((2, 3))): "MatMul: x and W must have "
        "shapes (N, D) and (D, H) with the same D; got (2, 3) and (2, 3)",
        lambda: Sum().forward(np.asarray(1.0)): "Sum: x must have at least one axis to sum over; "
        "got a single number",
    }
    for call, message in calls.items():
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            call()
