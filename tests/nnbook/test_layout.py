"""Nothing covers anything else in a drawing of a graph, whatever the graph."""

from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnbook.drawing.diagrams import draw_arrays, draw_graph, draw_network, draw_shapes
from nnbook.drawing.layout import layout, node_title, text_size
from nnlib.graph import Add, Branch, Graph, MatMul, Multiply, Node, Repeat, Sum
from nnlib.layers import Sigmoid
from nnlib.losses import SoftmaxWithLoss

pytestmark = pytest.mark.usefixtures("closed_figures")

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
        node = Branch(draw(st.integers(2, 3))) if draw(st.booleans()) else Node()
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


@pytest.mark.parametrize(
    ("node", "title"),
    [(Add(), "+"), (MatMul(), "MatMul"), (SoftmaxWithLoss(), "Softmax\nWithLoss")],
)
def test_titles(node, title):
    assert node_title(node) == title


def test_errors_name_the_argument():
    with pytest.raises(ValueError, match="at least one input or node; got an empty Graph"):
        layout(Graph())
    with pytest.raises(ValueError, match=r"direction must be one of .* got 'up'"):
        layout(single(), direction="up")
    with pytest.raises(ValueError, match="titles must name 1 nodes; got 2 titles"):
        layout(single(), titles=["a", "b"])


# ---------------------------------------------------------------- what matplotlib makes of it


def run_network():
    rng = np.random.default_rng(0)
    graph = network()
    shapes = {"x": (4, 2), "W1": (2, 4), "b1": 4, "W2": (4, 3), "b2": 3}
    values = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    graph.forward(t=np.array([0, 1, 2, 0]), **values)
    graph.backward()
    return graph


def text_extents(ax):
    renderer = ax.figure.canvas.get_renderer()
    return [text.get_window_extent(renderer) for text in ax.texts]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: draw_graph(run_network()),
        lambda: draw_graph(run_network(), direction="right"),
        lambda: draw_graph(sum_and_product()),
        lambda: draw_shapes([(1000, 2)] * 7, ["Affine", "Sigmoid"] * 3),
        lambda: draw_shapes([(10, 2), (10, 3)], ["AnExtremelyLongNameOfALayer"]),
        lambda: draw_arrays(np.eye(3), "@", np.full((3, 2), -0.12345), "=", np.full((3, 2), 1e-9)),
        lambda: draw_arrays(np.arange(3), titles=["a title wider than its array"]),
        lambda: draw_network([2, 10, 3]),
        lambda: draw_network([2, 4, 4, 4, 3]),
    ],
)
def test_texts_neither_meet_nor_leave_the_figure(draw):
    with mpl.style.context("nnbook.book"):
        ax = draw()
        extents = text_extents(ax)
    assert not [pair for pair in combinations(extents, 2) if pair[0].overlaps(pair[1])]
    for extent in extents:
        assert extent.x0 >= 0
        assert extent.y0 >= 0
        assert extent.x1 <= ax.figure.bbox.x1
        assert extent.y1 <= ax.figure.bbox.y1


def test_a_text_finds_room_in_its_estimate():
    figure = plt.figure()
    renderer = figure.canvas.get_renderer()
    for text in ["SoftmaxWithLoss", "x = (4, 2)", "← -0.0123", "hW2 = 0.0001234", "W", "↑ 1e-05"]:
        extent = figure.text(0, 0, text, fontsize=11).get_window_extent(renderer)
        assert extent.width * 72 / figure.dpi <= text_size(text, 11)[0] + 0.5


def test_a_picture_shows_what_the_wires_carried():
    graph = sum_and_product()
    names = {text.get_text() for text in draw_graph(graph).texts}
    assert names == {"a", "b", "c", "s", "y", "+", "×"}
    graph.forward(a=2.0, b=3.0, c=4.0)
    graph.backward()
    shown = {text.get_text() for text in draw_graph(graph).texts}
    assert shown >= {"s = 5", "y = 20", "← 4", "← 5", "← 1"}


def test_a_given_axes_is_used_and_its_size_kept():
    figure, axes = plt.subplots(1, 2, figsize=(6, 2))
    assert draw_graph(square(), ax=axes[0]) is axes[0]
    assert draw_arrays(np.arange(3), ax=axes[1]) is axes[1]
    assert tuple(figure.get_size_inches()) == (6, 2)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: draw_shapes([(1, 2)], ["a"]), "shapes must be one more than boxes"),
        (lambda: draw_graph(single(), direction="up"), "direction must be .* got 'up'"),
        (lambda: draw_network([3]), r"sizes must name at least two columns.* got \[3\]"),
        (
            lambda: draw_network([2, 3], weights=[np.ones((3, 2))]),
            r"weights must have shapes \[\(2, 3\)\]",
        ),
        (lambda: draw_network([2, 3], names=["x"]), "names must name 2 columns; got 1"),
        (lambda: draw_arrays("="), "items must contain at least one array"),
        (lambda: draw_arrays(np.ones((2, 2, 2))), r"at most two axes.* got shape \(2, 2, 2\)"),
        (
            lambda: draw_arrays(np.ones(2), titles=["a", "b"]),
            "titles must have one text per item, 1; got 2",
        ),
        (lambda: draw_arrays(np.ones(2), highlight=[(0, 1, 0)]), "highlight must name cells"),
    ],
)
def test_errors_of_the_drawings(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
