"""A drawing of a graph shows what its wires carried, beside the right wire, wherever it stands."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from nnbook.drawing import draw_graph, draw_shapes
from nnbook.drawing.svg import render
from nnbook.explorer import explore
from nnlib.graph import Graph
from nnlib.nodes import Add, Branch, MatMul, Multiply

DIRECTIONS = ["right", "down"]


def product_graph():
    """Return the graph of ``y = (a + b) b``."""
    graph = Graph()
    a, b = graph.input("a"), graph.input("b")
    b1, b2 = graph.apply(Branch(), b, name="b")
    graph.apply(Multiply(), graph.apply(Add(), a, b1, name="s"), b2, name="y")
    return graph


def run_product_graph():
    graph = product_graph()
    graph.forward(a=2.0, b=3.0)
    graph.backward()
    return graph


def element(drawing):
    """Return a drawing as an element, without the name of its namespace."""
    return ElementTree.fromstring(drawing.html)


def texts(drawing, kind="value"):
    """Return what is written beside the wires and where: ``(text, (x, y))``."""
    found = [each for each in element(drawing).iter("text") if each.get("class") == f"nn-{kind}"]
    return [("".join(each.itertext()), place_of(each)) for each in found]


def place_of(text):
    return float(text.get("x")), float(text.get("y"))


def words(drawing, kind="value"):
    return [text.replace("\u2007", " ") for text, _ in texts(drawing, kind)]


def boxes(drawing):
    nodes = [each for each in element(drawing).iter("g") if each.get("class") == "nn-node"]
    return ["\n".join(line.text for line in node.iter("tspan")) for node in nodes]


def distance(one, other):
    return np.hypot(*np.subtract(one, other))


def test_a_graph_before_a_run_shows_names_and_signs():
    drawing = draw_graph(product_graph())
    assert words(drawing) == ["a", "b", "b_1", "b_2", "s", "y"]
    assert words(drawing, "gradient") == []
    assert boxes(drawing) == ["Branch", "+", "×"]


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_values_and_gradients_stand_beside_their_wires(direction):
    # y = (2 + 3)·3 = 15, and back: dy = 1, ds = b = 3, db₂ = s = 5, da = db₁ = ds, db = 3 + 5
    drawing = draw_graph(run_product_graph(), direction=direction)
    values = dict(texts(drawing))
    assert set(values) == {"a = 2", "b = 3", "b_1 = 3", "b_2 = 3", "s = 5", "y = 15"}
    found = {}
    for gradient, place in texts(drawing, "gradient"):
        nearest = min(values, key=lambda value: distance(values[value], place))
        found[nearest.split(" = ")[0]] = gradient
    back = {"right": "←", "down": "↑"}[direction]
    expected = {"a": 3, "b": 8, "b_1": 3, "b_2": 5, "s": 3, "y": 1}
    assert found == {name: f"{back} {gradient}" for name, gradient in expected.items()}


def along(d):
    """Return points of a path of cubic curves."""
    a, *rest = np.array(re.findall(r"[\d.]+", d), dtype=float).reshape(-1, 2)
    s = np.linspace(0, 1, 20)[:, None]
    for b, c, d in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        yield from (1 - s) ** 3 * a + 3 * (1 - s) ** 2 * s * b + 3 * (1 - s) * s**2 * c + s**3 * d
        a = d


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_value_stands_at_its_wire(direction):
    drawing = draw_graph(run_product_graph(), direction=direction)
    wires = [each for each in element(drawing).iter("g") if each.get("class") == "nn-wire"]
    paths = {wire.get("data-nn-wire"): list(along(wire.find("path").get("d"))) for wire in wires}
    for text, place in texts(drawing):
        far = {name: min(distance(point, place) for point in paths[name]) for name in paths}
        assert min(far, key=far.get) == text.split(" =")[0]


def test_values_come_from_the_last_run():
    graph = run_product_graph()
    graph.forward(a=1.0, b=-1.0)
    drawing = draw_graph(graph)
    assert words(drawing)[-1] == "y = 0"
    assert words(drawing, "gradient") == []


def test_values_are_those_of_the_graph_and_not_computed_again():
    graph = run_product_graph()
    graph.values["s"], graph.gradients["s"] = np.asarray(-77.0), np.asarray(0.5)
    drawing = draw_graph(graph)
    assert "s = -77" in words(drawing)
    assert "← 0.5" in words(drawing, "gradient")


def test_only_a_wire_with_a_gradient_has_a_head_that_points_back():
    graph = run_product_graph()
    graph.gradients["a"] = None  # as the labels of a loss
    tails = {
        wire.get("data-nn-wire")
        for wire in element(draw_graph(graph)).iter("g")
        if any(path.get("class") == "nn-tail" for path in wire.findall("path"))
    }
    assert tails == {"b", "b_1", "b_2", "s", "y"}


def test_arrays_are_written_in_full_or_as_their_shape(xp):
    graph = Graph()
    graph.apply(MatMul(), graph.input("x"), graph.input("W"), name="y")
    graph.forward(x=xp.asarray([[1.0, 2.0]]), W=xp.ones((2, 5)))
    drawing = draw_graph(graph)
    assert words(drawing) == ["x = [[1 2]]", "W (2, 5)", "y (1, 5)"]


def test_rows_stand_one_below_the_other():
    graph = Graph()
    graph.apply(Add(), graph.input("a"), graph.input("b"), name="y")
    graph.forward(a=np.eye(2), b=np.eye(2))
    lines = list(next(element(draw_graph(graph)).iter("text")).iter("tspan"))
    assert [line.text for line in lines] == [" =", "[[1 0]", " [0 1]]"]
    assert lines[1].get("x") == lines[2].get("x")


def test_a_drawing_is_a_picture_with_a_name():
    drawing = draw_graph(product_graph())
    picture = element(drawing)
    assert (picture.tag, picture.get("role")) == ("svg", "img")
    assert picture.get("aria-label") == drawing.label == "Branch → + → ×"
    graph = Graph()
    graph.input("x")
    assert draw_graph(graph).label == "x"


def test_a_notebook_shows_the_picture_and_in_plain_text_its_name(monkeypatch):
    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS", raising=False)
    drawing = draw_shapes([(5, 2), (5, 3)], ["@ W\n(2, 3)"])
    assert drawing._repr_html_() == drawing.html
    assert repr(drawing) == "Drawing(label='(5, 2) → @ W (2, 3) → (5, 3)')"


def test_an_explorer_shows_a_drawing():
    explorer = explore(lambda size: draw_shapes([(5, 2), (5, size)], ["Affine"]), size=[3, 4])
    assert explorer.frame(size=4) == render(draw_shapes([(5, 2), (5, 4)], ["Affine"]))
    assert "(5, 3)" in explorer.to_html()


def test_names_and_titles_are_text():
    graph = Graph()
    graph.apply(Add(), graph.input("<b>"), graph.input('a"&'), name="$x$ and </svg>")
    graph.forward(**{"<b>": 1.0, 'a"&': 2.0})
    graph.backward()
    assert words(draw_graph(graph)) == ["<b> = 1", 'a"& = 2', "$x$ and </svg> = 3"]
    drawing = draw_shapes(["<i>", "&"], ["<script>"], title="a < b & <b>c</b>")
    assert words(drawing) == ["<i>", "&"]
    assert boxes(drawing) == ["<script>"]
    assert element(drawing).find("p").text == "a < b & <b>c</b>"
    assert element(drawing).find("svg").get("aria-label") == "<i> → <script> → &"


def test_shapes_stand_between_their_boxes():
    drawing = draw_shapes([(5, 2), (5, 4), "(5, 3)"], ["Affine", "Sigmoid"], direction="right")
    places = [(place[0], text) for text, place in texts(drawing)]
    for node in element(drawing).iter("rect"):
        places.append((float(node.get("x")), "box"))
    order = [what for _, what in sorted(places)]
    assert order == ["(5, 2)", "box", "(5, 4)", "box", "(5, 3)"]
    assert boxes(drawing) == ["Affine", "Sigmoid"]


def test_a_wire_may_carry_nothing():
    assert words(draw_shapes([(5, 2), "breaks", ""], ["@ W1", "@ W2"])) == ["(5, 2)", "breaks"]


def width(drawing):
    return float(element(drawing).get("viewBox").split()[2])


def test_a_long_chain_leads_down_where_letters_would_be_small_on_a_phone():
    short = draw_shapes([(5, 2)] * 3, ["Affine", "Sigmoid"])
    assert short == draw_shapes([(5, 2)] * 3, ["Affine", "Sigmoid"], direction="right")
    long = draw_shapes([(1000, 2)] * 7, ["Affine", "Sigmoid"] * 3)
    assert long == draw_shapes([(1000, 2)] * 7, ["Affine", "Sigmoid"] * 3, direction="down")
    phone, letters = 358, 13
    assert all(letters * phone / max(width(each), phone) >= 10 for each in (short, long))


def test_colours_are_those_of_the_page_or_readable_on_any_ground():
    html = draw_graph(run_product_graph()).html
    assert " id=" not in html
    used = set(re.findall(r"(?:fill|stroke): ([^;\"]+)", html))
    assert used == {
        "none",
        "currentColor",
        "var(--nn-box, #0072B226)",  # lets the ground through
        "var(--nn-class-0, #0072b2)",
        "var(--nn-class-1, #d55e00)",
        "var(--nn-upstream, currentColor)",
    }


def test_a_drawing_repeats_to_the_byte():
    assert draw_graph(run_product_graph()) == draw_graph(run_product_graph())


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (
            lambda: draw_shapes([(5, 2), (5, 4)], ["Affine", "Sigmoid"]),
            "one more than boxes; got 2 shapes and 2 boxes",
        ),
        (
            lambda: draw_graph(product_graph(), direction="up"),
            "direction must be 'auto', 'right' or 'down'; got 'up'",
        ),
        (lambda: draw_graph(Graph()), "got an empty Graph"),
    ],
)
def test_errors_name_the_argument(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
