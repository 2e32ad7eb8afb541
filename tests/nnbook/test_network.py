"""A drawing of a network has every neuron and every connection, wide where the weight is large."""

from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from nnbook.drawing import COLORS, STYLE, draw_network
from nnbook.drawing.svg import render

pytestmark = pytest.mark.usefixtures("closed_figures")


def test_network_has_every_neuron_and_every_connection():
    ax = draw_network([2, 4, 3])
    names = ["$x_1$", "$x_2$", "$h_1$", "$h_2$", "$h_3$", "$h_4$", "$s_1$", "$s_2$", "$s_3$"]
    assert [text.get_text() for text in ax.texts] == names
    assert len(ax.lines) == 2 * 4 + 4 * 3


def test_network_shows_sign_and_size_of_its_weights(xp):
    ax = draw_network([1, 2], weights=[xp.asarray([[2.0, -1.0]])])
    assert [line.get_color() for line in ax.lines] == COLORS[:2]
    assert [line.get_linestyle() for line in ax.lines] == ["-", "--"]
    widths = [line.get_linewidth() for line in ax.lines]
    assert widths == pytest.approx([0.4 + 3.2, 0.4 + 1.6])  # |W| / max|W| = 1 and 1/2


def test_each_weight_is_drawn_between_its_own_neurons():
    W1, W2 = np.zeros((2, 3)), np.zeros((3, 1))
    W1[1, 2] = W2[0, 0] = 1.0
    ax = draw_network([2, 3, 1], weights=[W1, W2])
    wide = [line for line in ax.lines if line.get_linewidth() > 1]
    rows = [np.round(line.get_ydata()).tolist() for line in wide]
    # Columns of two stand at 46 and 90, of three at 24, 68 and 112, of one at 68.
    assert rows == [[90, 112], [24, 68]]


def test_network_of_zeros_can_be_drawn():
    ax = draw_network([1, 2], weights=[np.zeros((1, 2))])
    assert [line.get_linewidth() for line in ax.lines] == [0.4, 0.4]


@pytest.mark.parametrize("sizes", [[2, 10, 3], [2, 4, 4, 4, 3]])
def test_texts_neither_meet_nor_leave_the_figure(sizes):
    with plt.style.context(STYLE):
        ax = draw_network(sizes)
        renderer = ax.figure.canvas.get_renderer()
        extents = [text.get_window_extent(renderer) for text in ax.texts]
    assert len(extents) == sum(sizes)
    assert not [pair for pair in combinations(extents, 2) if pair[0].overlaps(pair[1])]
    for extent in extents:
        assert min(extent.x0, extent.y0) >= 0
        assert extent.x1 <= ax.figure.bbox.x1


def test_axes_are_used_if_given_and_pictures_repeat_to_the_byte():
    _, ax = plt.subplots()
    assert draw_network([2, 3], ax=ax) is ax
    assert render(draw_network([2, 3])) == render(draw_network([2, 3]))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sizes": [3]}, r"sizes must name at least two columns.* got \[3\]"),
        (
            {"sizes": [2, 4, 3], "weights": [np.ones((4, 2)), np.ones((4, 3))]},
            r"weights must have shapes \[\(2, 4\), \(4, 3\)\] .*got \[\(4, 2\), \(4, 3\)\]",
        ),
        ({"sizes": [2, 3], "names": ["x"]}, "names must name 2 columns; got 1"),
    ],
)
def test_errors_name_the_argument(options, message):
    with pytest.raises(ValueError, match=message):
        draw_network(**options)
