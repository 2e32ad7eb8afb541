"""Nothing covers anything else in a drawing of a graph, whatever the graph."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnbook.drawing.layout import layout
from nnlib.graph import Graph
from nnlib.layers import Sigmoid
from nnlib.losses import SoftmaxWithLoss
from nnlib.nodes import Add, Branch, MatMul, Multiply, Node, Repeat, Sum

# ---------------------------------------------------------------- graphs


def single():
    graph = Graph()
    graph.apply(Sum(), graph.input("x"), name="y")
    return graph


def sum_and_product():
    graph = Graph()
    total = graph.apply(Add(), graph.input("a"), graph.input("b"), name="s")
    graph.apply(Multiply(), total, graph.input("c"), name="y")
    return graph


def square():
    graph = Graph()
    graph.apply(Multiply(), *graph.apply(Branch(), graph.input("x"), name="u"), name="y")
    return graph


def fan():
    graph = Graph()
    graph.apply(Branch(5), graph.input("x"), name="copy")
    return graph


def skips():
    graph = Graph()
    u, v, w = graph.apply(Branch(3), graph.input("x"), name="u")
    p = graph.apply(Sigmoid(), graph.apply(Sigmoid(), u, name="p"), name="q")
    graph.apply(Add(), v, graph.apply(Multiply(), p, w, name="r"), name="y")
    return graph


def two_parts():
    graph = sum_and_product()
    graph.apply(Sum(), graph.input("z"), name="total")
    graph.input("unused")
    return graph


def affine(graph=None, x=None, i=1):
    graph = graph or Graph()
    x = x or graph.input("x")
    product = graph.apply(MatMul(), x, graph.input(f"W{i}"), name=f"xW{i}")
    bias = graph.apply(Repeat(4), graph.input(f"b{i}"), name=f"B{i}")
    return graph, graph.apply(Add(), product, bias, name=f"h{i}")


def network():
    graph, h = affine()
    graph, s = affine(graph, graph.apply(Sigmoid(), h, name="a"), 2)
    graph.apply(SoftmaxWithLoss(), s, graph.input("t"), name="L")
    return graph


def inputs_only():
    graph = Graph()
    graph.input("x")
    graph.input("W")
    return graph


BUILDERS = [
    single, sum_and_product, square, fan, skips, two_parts, lambda: affine()[0], network,
    inputs_only,
]  # fmt: skip


@st.composite
def random_graphs(draw):
    """Build a graph of up to 12 nodes that read new inputs or any open wires and write up to 3."""
    graph = Graph()
    open_wires = [graph.input("in0")]
    for i in range(draw(st.integers(1, 12))):
        picks = range(draw(st.integers(0, min(3, len(open_wires)))))
        chosen = [open_wires.pop(draw(st.integers(0, len(open_wires) - 1))) for _ in picks]
        chosen += [graph.input(f"in{i + 1}")] if draw(st.booleans()) or not chosen else []
        node = Node()
        node.outputs = draw(st.integers(1, 3))
        written = graph.apply(node, *chosen, name=f"wire{i}")
        open_wires += written if isinstance(written, tuple) else [written]
    return graph


def texts_for(graph, rng):
    """Return texts of very different lengths for every wire."""
    names = [w.name for w in graph.inputs] + [w.name for call in graph.calls for w in call.outputs]
    return {name: ("v" * rng.integers(1, 20), "g" * rng.integers(0, 20)) for name in names}


# ---------------------------------------------------------------- what holds for every drawing


def overlap(a, b):
    return (
        abs(a.x - b.x) < (a.width + b.width) / 2 - 0.05
        and abs(a.y - b.y) < (a.height + b.height) / 2 - 0.05
    )


def along_path(path, samples=24):
    """Yield points of a path of cubic curves, without its first and last."""
    s = np.linspace(0, 1, samples, endpoint=False)[1:, None]
    for i in range(0, len(path) - 1, 3):
        a, b, c, d = np.array(path[i : i + 4])
        yield from (1 - s) ** 3 * a + 3 * (1 - s) ** 2 * s * b + 3 * (1 - s) * s**2 * c + s**3 * d


def inside(point, box):
    return (
        abs(point[0] - box.x) < box.width / 2 - 0.05
        and abs(point[1] - box.y) < box.height / 2 - 0.05
    )


def boxes_of(plan):
    labels = [*plan.values.values(), *plan.gradients.values()]
    return [*plan.nodes, *(box for box in labels if box.height)]


def check(graph, plan):
    boxes = boxes_of(plan)
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    for box in boxes:
        assert box.width / 2 <= box.x <= plan.width - box.width / 2
        assert box.height / 2 <= box.y <= plan.height - box.height / 2
    for name, path in plan.wires.items():
        covered = [box for point in along_path(path) for box in boxes if inside(point, box)]
        assert not covered, name
    forward = 0 if plan.direction == "right" else 1
    for path in plan.wires.values():
        places = [point[forward] for point in path]
        assert places == sorted(places)
        assert places[-1] > places[0]
    for call, box in zip(graph.calls, plan.nodes, strict=True):
        for wire in call.inputs:
            x, y = plan.wires[wire.name][-1]
            assert abs(x - box.x) <= box.width / 2 + 0.05
            assert abs(y - box.y) <= box.height / 2 + 0.05


@pytest.mark.parametrize("direction", ["right", "down"])
@pytest.mark.parametrize("build", BUILDERS)
def test_nothing_overlaps(build, direction, rng):
    graph = build()
    check(graph, layout(graph, direction=direction))
    check(graph, layout(graph, texts_for(graph, rng), direction=direction))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(graph=random_graphs(), direction=st.sampled_from(["right", "down"]), seed=st.integers(0, 9))
def test_nothing_overlaps_in_random_graphs(graph, direction, seed):
    texts = texts_for(graph, np.random.default_rng(seed))
    check(graph, layout(graph, texts, direction=direction))


@pytest.mark.parametrize("build", BUILDERS)
def test_columns_increase_along_wires(build):
    graph = build()
    plan = layout(graph)
    writers = {
        wire: box
        for call, box in zip(graph.calls, plan.nodes, strict=True)
        for wire in call.outputs
    }
    for call, box in zip(graph.calls, plan.nodes, strict=True):
        for wire in call.inputs:
            label = plan.values[wire.name]
            assert label.x + label.width / 2 < box.x - box.width / 2
            if wire in writers:
                writer = writers[wire]
                assert writer.x + writer.width / 2 < label.x - label.width / 2


@pytest.mark.parametrize("direction", ["right", "down"])
def test_the_same_graph_gives_the_same_drawing(direction):
    assert layout(network(), direction=direction) == layout(network(), direction=direction)


def test_the_spine_of_the_network_is_straight_and_fits_a_phone():
    plan = layout(network(), direction="down")
    spine = ["xW1", "h1", "a", "xW2", "h2", "L"]
    assert len({x for name in spine for x, _ in plan.wires[name]}) == 1
    assert plan.width < 350


def test_an_input_stands_just_before_its_node():
    graph = network()
    plan = layout(graph)
    (box,) = (b for call, b in zip(graph.calls, plan.nodes, strict=True) if call.name == "L")
    assert box.x - box.width / 2 - plan.wires["t"][0][0] < 60
    (repeat,) = (b for call, b in zip(graph.calls, plan.nodes, strict=True) if call.name == "B2")
    (product,) = (b for call, b in zip(graph.calls, plan.nodes, strict=True) if call.name == "xW2")
    assert repeat.x == product.x


def test_wires_side_by_side_lie_apart_and_evenly():
    plan = layout(square())
    y = plan.nodes[0].y
    heights = [
        max((p[1] for p in plan.wires[name]), key=lambda v: abs(v - y)) for name in ("u_1", "u_2")
    ]
    assert heights[0] < y - 8
    assert heights[1] - y == pytest.approx(y - heights[0], abs=0.1)


def test_errors_name_the_argument():
    with pytest.raises(ValueError, match="at least one input or node; got an empty Graph"):
        layout(Graph())
    with pytest.raises(ValueError, match=r"direction must be one of .* got 'up'"):
        layout(single(), direction="up")
    with pytest.raises(ValueError, match="titles must name 1 nodes; got 2 titles"):
        layout(single(), titles=["a", "b"])
