"""A chart becomes part of a page: its colours, its width and its words, and ids of its own."""

import re
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pytest

from nnbook.drawing.svg import render
from nnbook.palette import COLORS, INK, LINE, PAPER, light

pytestmark = pytest.mark.usefixtures("closed_figures")


def chart(title="a title", color=INK):
    _, ax = plt.subplots(figsize=(3, 2))
    ax.plot([0.0, 1 / 3], [0.0, 1 / 7], color=color)
    ax.set_title(title)
    return ax


def words(svg):
    return [text.text for text in ElementTree.fromstring(svg).iter() if text.tag.endswith("text")]


def test_a_string_and_what_shows_itself_as_html_stay_as_they_are():
    class Table:
        def _repr_html_(self):
            return "<table></table>"

    assert render("<p>text</p>") == "<p>text</p>"
    assert render(Table()) == "<table></table>"


def test_a_figure_and_its_axes_are_the_same_picture_and_are_closed():
    ax = chart()
    assert render(ax) == render(chart().figure)
    assert plt.get_fignums() == []


def test_what_is_no_picture_is_refused():
    with pytest.raises(TypeError, match="matplotlib Figure or Axes, or a string; got int"):
        render(3)


def test_a_chart_is_one_picture_no_wider_than_its_page():
    svg = ElementTree.fromstring(render(chart()))
    assert svg.get("role") == "img"
    assert re.match(r"width: [\d.]+pt; max-width: 100%; height: auto", svg.get("style"))
    assert svg.get("width") is svg.get("height") is None


@pytest.mark.parametrize(
    ("fixed", "themed"),
    [
        (INK, "currentColor"),
        (LINE, "currentColor"),
        (COLORS[-1], "currentColor"),
        (PAPER, "var(--nn-paper, "),
        (light("lit"), "var(--nn-lit, "),
        (COLORS[1].lower(), COLORS[1].lower()),  # a class keeps its colour
    ],
)
def test_colours_turn_into_those_of_the_page(fixed, themed):
    svg = render(chart(color=fixed))
    (line,) = re.findall(r"<path [^>]*stroke-width: 1\.5[^>]*>", svg)
    assert f"stroke: {themed}" in line


@pytest.mark.parametrize(
    "title", [INK, f"white is {PAPER}", "see (#part", "0.123456", 'a < "b" & c']
)
def test_words_stay_as_they_are(title):
    assert title in words(render(chart(title)))


def test_places_are_rounded_to_a_tenth_of_a_point():
    svg = render(chart())
    assert not re.search(r"[1-9]\d\.\d\d", " ".join(re.findall("<[^>]+>", svg)))


def test_nothing_of_a_chart_reaches_beyond_it():
    svg = render(chart())
    assert "<style" not in svg
    assert "<metadata" not in svg
    assert "<!--" not in svg
    ids, used = re.findall(r' id="([^"]+)"', svg), re.findall(r"[(\"]#([^)\"]+)", svg)
    assert set(ids) == set(used)
    assert ids


def test_two_charts_of_a_page_have_different_ids():
    first, second = (re.findall(r' id="([^"]+)"', render(chart(title))) for title in "ab")
    assert first
    assert not set(first) & set(second)


def test_the_same_chart_gives_the_same_bytes():
    assert render(chart()) == render(chart())
