"""Sphinx extension: figures drawn by matplotlib become part of their page.

So they follow its dark mode, their words can be found by the browser's search, and a screen reader
meets them as one picture with its alternative text.
"""

from html import escape
from pathlib import Path

from docutils import nodes

from nnbook.drawing.svg import fit_page


def inline(app, doctree, docname):
    """Replace every image of an SVG file by matplotlib with the drawing itself."""
    if app.builder.format != "html":
        return
    for image in list(doctree.findall(nodes.image)):
        path = Path(app.srcdir, image["uri"])
        if path.suffix != ".svg" or not path.is_file():
            continue
        svg = path.read_text(encoding="utf-8")
        if "matplotlib" not in svg[:1000]:
            continue
        label = f' aria-label="{escape(image.get("alt", ""))}" '
        drawing = fit_page(svg).replace("<svg ", f"<svg{label}", 1)
        html = f'<div class="nn-figure">{drawing}</div>'
        image.replace_self(nodes.raw("", html, format="html"))


def setup(app):
    """Register the extension."""
    app.connect("doctree-resolved", inline)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
