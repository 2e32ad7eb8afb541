"""Arrays are drawn as grids of their numbers; nothing covers anything else."""

from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from nnbook.drawing import STYLE, draw_arrays
from nnbook.drawing.svg import render

pytestmark = pytest.mark.usefixtures("closed_figures")


def texts(ax):
    """Return every text of a picture."""
    return [text.get_text() for text in ax.texts]


def cells(ax):
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def test_arrays_are_grids_of_their_numbers(xp):
    ax = draw_arrays(
        xp.asarray([[1.0, 2.5], [3.0, 4.0]]), "+", xp.asarray([10.0, 20.0]), titles=["x", "", "b"]
    )
    assert texts(ax) == ["1", "2.5", "3", "4", "x", "+", "10", "20", "b"]
    assert len(cells(ax)) == 6
    corners = np.array([cell.get_xy() for cell in cells(ax)])
    steps = (corners[:4] - corners[0]) / cells(ax)[0].get_width()
    assert steps.round().tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]  # row by row, y downwards


def test_cells_may_hold_texts_truths_and_whole_numbers():
    assert texts(draw_arrays([["a", "b"]], np.array([True]), 12345)) == ["a", "b", "True", "12345"]


def test_arrays_highlight_the_cells_asked_for():
    ax = draw_arrays(np.eye(2), np.ones((1, 2)), highlight=[(0, 1, 0), (1, 0, 1)])
    lit = [to_hex(cell.get_facecolor()) != "#ffffff" for cell in cells(ax)]
    assert lit == [False, False, True, False, False, True]


def test_axes_are_used_if_given_and_their_size_kept():
    figure, axes = plt.subplots(1, 2, figsize=(6, 2))
    assert draw_arrays(np.arange(3), ax=axes[1]) is axes[1]
    assert tuple(figure.get_size_inches()) == (6, 2)


def test_pictures_repeat_to_the_byte():
    first, second = (render(draw_arrays(np.eye(2), "=", np.eye(2))) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "draw",
    [
        lambda: draw_arrays(np.eye(3), "@", np.full((3, 2), -0.12345), "=", np.full((3, 2), 1e-9)),
        lambda: draw_arrays(np.arange(3), titles=["a title wider than its array"]),
    ],
)
def test_texts_neither_meet_nor_leave_the_figure(draw):
    with plt.style.context(STYLE):
        ax = draw()
        renderer = ax.figure.canvas.get_renderer()
        extents = [text.get_window_extent(renderer) for text in ax.texts]
    assert not [pair for pair in combinations(extents, 2) if pair[0].overlaps(pair[1])]
    for extent in extents:
        assert min(extent.x0, extent.y0) >= 0
        assert extent.x1 <= ax.figure.bbox.x1
        assert extent.y1 <= ax.figure.bbox.y1


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: draw_arrays("="), "items must contain at least one array"),
        (lambda: draw_arrays(np.ones((2, 2, 2))), r"at most two axes.* got shape \(2, 2, 2\)"),
        (
            lambda: draw_arrays(np.ones(2), titles=["a", "b"]),
            "titles must have one text per item, 1; got 2",
        ),
        (lambda: draw_arrays(np.ones(2), highlight=[(0, 1, 0)]), "highlight must name cells"),
    ],
)
def test_errors_name_the_argument(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
