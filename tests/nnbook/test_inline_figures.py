"""Drawings become part of their page with their alternative texts; other pictures stay images."""

import re
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pytest
from docutils import nodes
from docutils.utils import new_document

from nnbook.drawing import draw_shapes
from nnbook.drawing.svg import fit_page
from nnbook.sphinx import inline_figures

pytestmark = pytest.mark.usefixtures("closed_figures")


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a chart, an SVG of another program, and a picture of pixels."""
    figure, ax = plt.subplots(figsize=(2, 1))
    ax.plot([0, 1])
    figure.savefig(tmp_path / "chart.svg")
    (tmp_path / "other.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    figure.savefig(tmp_path / "pixels.png")
    return tmp_path


def page_of(folder, *children, format="html"):
    """Return a page with these nodes, after the extension has seen it."""
    document = new_document("page")
    document += children
    app = SimpleNamespace(builder=SimpleNamespace(format=format), srcdir=folder)
    inline_figures.inline(app, document, "page")
    return document


def shown(page):
    """Return the HTML that stands in a page, without a wrapper around it."""
    raws = list(page.findall(nodes.raw))
    assert not any(raw["classes"] for raw in raws)
    return [raw.astext() for raw in raws]


def label_of(html):
    (label,) = re.findall(r'<svg [^>]*aria-label="([^"]*)"', html)
    return label


def test_a_chart_becomes_part_of_its_page_with_its_alternative_text(folder):
    page = page_of(folder, nodes.image(uri="chart.svg", alt='The line "x < 1" & more'))
    (html,) = shown(page)
    assert html.startswith('<div class="nn-figure"><svg ')
    assert html.endswith("</svg></div>")
    assert label_of(html) == "The line &quot;x &lt; 1&quot; &amp; more"
    drawn = fit_page((folder / "chart.svg").read_text())
    assert drawn.removeprefix("<svg ") in html
    assert not list(page.findall(nodes.image))


@pytest.mark.parametrize(
    "uri", ["other.svg", "pixels.png", "missing.svg", "https://host/chart.svg"]
)
def test_other_pictures_stay_images(folder, uri):
    page = page_of(folder, nodes.image(uri=uri, alt="a picture"))
    assert [image["uri"] for image in page.findall(nodes.image)] == [uri]
    assert shown(page) == []


def test_only_html_has_charts_in_its_pages(folder):
    page = page_of(folder, nodes.image(uri="chart.svg", alt="a line"), format="latex")
    assert len(list(page.findall(nodes.image))) == 1


def test_a_chart_without_alternative_text_is_a_warning(folder, monkeypatch):
    warnings = []
    warn = lambda message, location: warnings.append((message, location["uri"]))  # noqa: E731
    monkeypatch.setattr(inline_figures.logger, "warning", warn)
    page_of(folder, nodes.image(uri="chart.svg", alt="a line"))
    assert warnings == []
    page_of(folder, nodes.image(uri="chart.svg"))
    assert warnings == [("figure without alternative text", "chart.svg")]


def output_of(html, metadata):
    """Return a cell of a notebook with an HTML output, as myst-nb leaves it."""
    raw = nodes.raw("", html, format="html", classes=["output", "text_html"])
    figure = nodes.figure("", nodes.container("", raw, mime_type="text/html"))
    return nodes.container("", figure, nb_element="cell_code", cell_metadata=metadata)


DRAWING = draw_shapes([(5, 2), (5, 3)], ["Affine"])


def test_a_drawing_of_a_graph_gets_the_alternative_text_of_its_cell(folder):
    metadata = {"mystnb": {"image": {"alt": "a < b\\1"}, "figure": {"caption": "A chain."}}}
    (html,) = shown(page_of(folder, output_of(DRAWING.html, metadata)))
    assert label_of(html) == "a &lt; b\\1"
    assert html.startswith('<div class="nn-figure"><svg class="nn-graph"')


@pytest.mark.parametrize("metadata", [{}, {"tags": ["hide-input"]}, {"mystnb": {"image": {}}}])
def test_a_drawing_keeps_its_own_label_if_its_cell_has_none(folder, metadata):
    (html,) = shown(page_of(folder, output_of(DRAWING.html, metadata)))
    assert label_of(html) == DRAWING.label


@pytest.mark.parametrize(
    "html", ["<p>text</p>", f'<figure data-nn-widget="stepper">{DRAWING.html}</figure>']
)
def test_other_outputs_stay_as_they_are(folder, html):
    cell = output_of(html, {"mystnb": {"image": {"alt": "text"}}})
    (raw,) = page_of(folder, cell).findall(nodes.raw)
    assert raw.astext() == html
    assert raw["classes"] == ["output", "text_html"]
