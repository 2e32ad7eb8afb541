"""A heat map shows each number of a study in its place, readable in both modes."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from colours import contrast
from matplotlib.colors import to_hex

from nnbook import palette
from nnbook.drawing import plot_study
from nnbook.drawing.svg import render
from nnbook.records import read_record
from nnbook.study import summarise
from nnbook.study.study import HIDDEN_SIZES, LEARNING_RATES

pytestmark = pytest.mark.usefixtures("closed_figures")


def rows_of(*runs):
    names = ("learning_rate", "hidden_size", "seed", "correct", "loss")
    return [dict(zip(names, map(str, run), strict=True)) for run in runs]


FEW = rows_of(
    (10.0, 20, 0, 290, 0.1),
    (10.0, 20, 1, 295, 0.1),
    (9.0, 20, 0, 100, 0.1),
    (10.0, 4, 0, 200, 0.1),
)


def texts(ax):
    """Return the texts in the cells, by column and row, from top to bottom."""
    found = {}
    for text in sorted(ax.texts, key=lambda text: -text.get_position()[1]):
        place = tuple(int(number) for number in text.get_position())
        found.setdefault(place, []).append(text.get_text())
    return found


def test_every_cell_says_its_median_and_its_spread_in_the_order_of_numbers():
    ax = plot_study(FEW)
    assert texts(ax) == {
        (1, 1): ["292.5", "290–295"],
        (0, 1): ["100", "100–100"],
        (1, 0): ["200", "200–200"],
    }
    assert [label.get_text() for label in ax.get_xticklabels()] == ["9", "10"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["4", "20"]
    assert ax.get_xticks().tolist() == ax.get_yticks().tolist() == [0.5, 1.5]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("learning rate", "hidden neurons")
    assert ax.get_title() == "correct of 300: median, and least–most of the seeds"


def test_colours_go_from_guessing_to_all_right_and_what_was_not_trained_has_none():
    (cells,) = plot_study(FEW).collections
    shown = cells.get_array()
    assert shown.mask.tolist() == [[True, False], [False, False]]
    assert shown.compressed().tolist() == [200, 100, 292.5]
    assert cells.get_clim() == (100, 300)
    assert cells.cmap.name == "cividis"


def test_every_number_of_the_record_can_be_read_on_its_cell():
    ax = plot_study(read_record("study"))
    (cells,) = ax.collections
    grounds = cells.cmap(cells.norm(cells.get_array()))
    assert len(ax.texts) == 2 * 64
    assert len({text.get_color() for text in ax.texts}) == 2
    for text in ax.texts:
        column, row = (int(number) for number in text.get_position())
        assert contrast(text.get_color(), grounds[row, column, :3]) >= 4.5


def test_a_mode_changes_neither_the_cells_nor_their_numbers():
    ax = plot_study(read_record("study"))
    colors = {text.get_color() for text in ax.texts}
    colors |= {to_hex(color) for color in ax.collections[0].cmap(np.arange(256))}
    assert colors & set(palette.THEME) == set()
    drawn = render(ax)
    assert "<image" not in drawn
    for color in {text.get_color() for text in ax.texts}:
        assert f"fill: {color}" in drawn


def test_the_picture_shows_the_record():
    shown = texts(plot_study(read_record("study")))
    for each in summarise(read_record("study")):
        place = LEARNING_RATES.index(each.learning_rate), HIDDEN_SIZES.index(each.hidden_size)
        assert shown[place] == [f"{each.median:g}", f"{each.least}–{each.most}"]


def test_axes_are_used_if_given():
    ax = plt.subplots()[1]
    assert plot_study(FEW, ax=ax) is ax
    assert plot_study(FEW) is not ax


def test_a_study_without_runs_is_not_drawn():
    with pytest.raises(ValueError, match="rows must hold at least one run; got none"):
        plot_study([])
    assert plt.get_fignums() == []
