"""Diagrams show the sizes, numbers and wires of the objects they are made from."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from nnbook.drawing.diagrams import draw_arrays, draw_graph, draw_network, draw_shapes
from nnbook.drawing.plots import COLORS
from nnbook.drawing.svg import render
from nnlib.graph import Add, Branch, Graph, Multiply

pytestmark = pytest.mark.usefixtures("closed_figures")


def texts(ax):
    """Return every text of a picture that is not empty."""
    return [text.get_text() for text in ax.texts if text.get_text()]


def cells(ax):
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def product_graph():
    """Return the graph of ``y = (a + b) b``."""
    graph = Graph()
    a, b = graph.input("a"), graph.input("b")
    b1, b2 = graph.apply(Branch(), b, name="b")
    graph.apply(Multiply(), graph.apply(Add(), a, b1, name="s"), b2, name="y")
    return graph


def test_network_has_every_neuron_and_every_connection():
    ax = draw_network([2, 4, 3])
    names = ["$x_1$", "$x_2$", "$h_1$", "$h_2$", "$h_3$", "$h_4$", "$s_1$", "$s_2$", "$s_3$"]
    assert texts(ax) == names
    assert len(ax.lines) == 2 * 4 + 4 * 3


def test_network_shows_sign_and_size_of_its_weights():
    W = np.array([[2.0, -1.0]])
    ax = draw_network([1, 2], weights=[W])
    assert [line.get_color() for line in ax.lines] == COLORS[:2]
    assert [line.get_linestyle() for line in ax.lines] == ["-", "--"]
    widths = [line.get_linewidth() for line in ax.lines]
    assert widths == pytest.approx([0.4 + 3.2, 0.4 + 1.6])  # |W| / max|W| = 1 and 1/2


def test_network_of_zeros_can_be_drawn():
    ax = draw_network([1, 2], weights=[np.zeros((1, 2))])
    assert [line.get_linewidth() for line in ax.lines] == [0.4, 0.4]


def test_network_refuses_weights_of_other_shapes():
    message = r"weights must have shapes \[\(2, 4\), \(4, 3\)\] .*got \[\(4, 2\), \(4, 3\)\]"
    with pytest.raises(ValueError, match=message):
        draw_network([2, 4, 3], weights=[np.ones((4, 2)), np.ones((4, 3))])


def test_arrays_are_grids_of_their_numbers(xp):
    ax = draw_arrays(
        xp.asarray([[1.0, 2.5], [3.0, 4.0]]), "+", xp.asarray([10.0, 20.0]), titles=["x", "", "b"]
    )
    assert texts(ax) == ["1", "2.5", "3", "4", "x", "+", "10", "20", "b"]
    assert len(cells(ax)) == 6
    corners = np.array([cell.get_xy() for cell in cells(ax)])
    steps = (corners[:4] - corners[0]) / cells(ax)[0].get_width()
    assert steps.round().tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]  # row by row, y downwards


def test_arrays_highlight_the_cells_asked_for():
    ax = draw_arrays(np.eye(2), np.ones((1, 2)), highlight=[(0, 1, 0), (1, 0, 1)])
    lit = [to_hex(cell.get_facecolor()) != "#ffffff" for cell in cells(ax)]
    assert lit == [False, False, True, False, False, True]


def test_shapes_stand_between_their_boxes():
    ax = draw_shapes([(5, 2), (5, 4), "(5, 3)"], ["Affine", "Sigmoid"])
    assert texts(ax) == ["(5, 2)", "(5, 4)", "(5, 3)", "Affine", "Sigmoid"]


def test_shapes_must_be_one_more_than_boxes():
    with pytest.raises(ValueError, match="one more than boxes; got 2 shapes and 2 boxes"):
        draw_shapes([(5, 2), (5, 4)], ["Affine", "Sigmoid"])


def test_graph_before_a_run_shows_names_and_symbols():
    found = texts(draw_graph(product_graph()))
    assert sorted(found) == sorted(["a", "b", "b_1", "b_2", "s", "y", "Branch", "+", "×"])


def test_graph_after_a_run_shows_values_and_gradients():
    # y = (2 + 3)·3 = 15; dy/da = 3, dy/db = 5 + 3 = 8
    graph = product_graph()
    graph.forward(a=2.0, b=3.0)
    graph.backward()
    found = texts(draw_graph(graph))
    for value in ["a = 2", "b = 3", "b_1 = 3", "b_2 = 3", "s = 5", "y = 15"]:
        assert value in found
    assert sorted(text for text in found if text.startswith("←")) == sorted(
        ["← 3", "← 8", "← 3", "← 5", "← 3", "← 1"]
    )


def test_graph_shows_large_arrays_by_their_shape():
    graph = Graph()
    graph.apply(Add(), graph.input("a"), graph.input("b"), name="y")
    graph.forward(a=np.ones((2, 3)), b=np.ones((2, 3)))
    assert "y = (2, 3)" in texts(draw_graph(graph))


DRAWINGS = [
    lambda ax: draw_network([2, 4, 3], ax=ax),
    lambda ax: draw_arrays(np.eye(2), "=", np.eye(2), ax=ax),
    lambda ax: draw_shapes([1, 2], ["box"], ax=ax),
    lambda ax: draw_graph(product_graph(), ax=ax),
]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_axes_are_used_if_given_and_pictures_repeat_to_the_byte(draw):
    _, ax = plt.subplots()
    assert draw(ax) is ax
    assert render(draw(None)) == render(draw(None))
