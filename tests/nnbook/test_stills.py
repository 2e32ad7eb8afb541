"""A stored drawing is an image, and the same drawing again on a page."""

import base64
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from nnbook import stills
from nnbook.drawing import draw_graph
from nnlib import Graph, Multiply

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" aria-label="a &lt; b"><text>é</text></svg>'
HTML = f"<figure><div>{SVG}<p>x</p>{SVG}</div><figcaption>c</figcaption></figure>"


def test_every_drawing_becomes_an_image_with_its_words():
    images = stills.as_images(HTML)
    assert "<svg" not in images
    assert images.count('<img class="nn-still" alt="a &lt; b"') == 2
    assert "<p>x</p>" in images
    assert images.endswith("</div><figcaption>c</figcaption></figure>")


def test_an_image_is_the_same_drawing_again():
    assert stills.as_drawings(stills.as_images(HTML)) == HTML
    other = '<img class="photo" src="data:image/png;base64,AAAA">'
    assert stills.as_drawings(other) == other


def test_only_what_is_stored_has_images(monkeypatch):
    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS", raising=False)
    assert stills.stored(HTML) == HTML
    monkeypatch.setenv("NNBOOK_STORE_OUTPUTS", "1")
    assert stills.stored(HTML) == stills.as_images(HTML)


def pictures(html):
    """Return the XML of every still picture: a browser shows no image that is not XML."""
    return [ET.fromstring(base64.b64decode(data)) for data in re.findall('base64,([^"]*)', html)]


def test_a_graph_is_whole_as_an_image(monkeypatch):
    graph = Graph()
    graph.apply(Multiply(), graph.input("x"), graph.input("y"), name="z")
    drawing = draw_graph(graph)
    monkeypatch.setenv("NNBOOK_STORE_OUTPUTS", "1")
    html = drawing._repr_html_()
    assert [picture.tag for picture in pictures(html)] == ["{http://www.w3.org/2000/svg}svg"]
    assert stills.as_drawings(html).replace(f" {stills.NAMESPACE}", "") == drawing.html
    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS")
    assert drawing._repr_html_() == drawing.html


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_what_a_notebook_stores_as_html_has_pictures_and_no_svg(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    shown = ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]
    shown = [re.sub("<script.*?</script>", "", html, flags=re.DOTALL) for html in shown]
    assert [html[:200] for html in shown if "<svg" in html] == []
    found = [picture for html in shown for picture in pictures(html)]
    assert all(picture.tag == "{http://www.w3.org/2000/svg}svg" for picture in found)
