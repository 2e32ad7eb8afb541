"""Sphinx extension: drawings become part of their page, with their alternative texts.

So they follow its dark mode, their words can be found by the browser's search, and a screen reader
meets each as one picture. Figures by matplotlib are files that Sphinx would show as images, and
drawings of graphs are HTML, to which myst-nb gives a caption but no alternative text.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from nnbook.drawing.svg import fit_page
from nnbook.stills import as_drawings

logger = logging.getLogger(__name__)

GRAPH, WIDGET = '<svg class="nn-graph"', "data-nn-widget"
LABEL = re.compile('aria-label="[^"]*"')


def inline(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put every drawing of a page into it."""
    if app.builder.format != "html":
        return
    for image in list(doctree.findall(nodes.image)):
        if svg := _by_matplotlib(Path(app.srcdir, image["uri"])):
            if not image.get("alt"):
                logger.warning("figure without alternative text", location=image)
            label = f' aria-label="{escape(image.get("alt", ""))}" '
            _replace(image, fit_page(svg).replace("<svg ", f"<svg{label}", 1))
    for raw in list(doctree.findall(nodes.raw)):
        text = as_drawings(raw.astext())
        if GRAPH in text and WIDGET not in text:
            _replace(raw, with_label(text, _alternative_text(raw)))
        elif text != raw.astext():
            raw.replace_self(nodes.raw(text, text, format="html"))


def with_label(drawing: str, text: str) -> str:
    """Give a drawing another alternative text than its own, if there is one."""
    label = f'aria-label="{escape(text)}"'
    return LABEL.sub(lambda _: label, drawing, count=1) if text else drawing


def _by_matplotlib(path):
    """Return the text of a file if it is an SVG by matplotlib."""
    if path.suffix != ".svg" or not path.is_file():
        return None
    svg = path.read_text(encoding="utf-8")
    return svg if "matplotlib" in svg[:1000] else None


def _alternative_text(node):
    """Return what the metadata of a node's cell says: ``{"mystnb": {"image": {"alt": …}}}``."""
    while node is not None and "cell_metadata" not in getattr(node, "attributes", {}):
        node = node.parent
    metadata = node["cell_metadata"] if node is not None else {}
    return metadata.get("mystnb", {}).get("image", {}).get("alt", "")


def _replace(node, drawing):
    """Put a drawing in the place of a node, without its classes: they would give it a ground."""
    html = f'<div class="nn-figure">{drawing}</div>'
    node.parent.replace(node, nodes.raw("", html, format="html"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("doctree-resolved", inline)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
