"""Sphinx extension: figures are numbered within their section, as in ``Fig. 1.3.4-2``."""

from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from nnbook.sphinx.headings import number_of

CAPTION = "<figcaption>"


def number_figures(app: Sphinx, doctree: nodes.document) -> None:
    """Put a number in front of every caption, of drawings and of widgets."""
    counts: Counter[str] = Counter()
    for node in list(doctree.findall(is_captioned)):
        if section := section_of(node):
            counts[section] += 1
            add_number(node, f"Fig. {section}-{counts[section]}")


def is_captioned(node: nodes.Node) -> bool:
    """Tell whether a node is the caption of a figure, or HTML of a figure with one."""
    if isinstance(node, nodes.raw):
        return node.get("format") == "html" and CAPTION in node.astext()
    return isinstance(node, nodes.caption)


def section_of(node: nodes.Node | None) -> str | None:
    """Return the number of the nearest section around a node that has one."""
    while node is not None:
        if isinstance(node, nodes.section) and (number := number_of(node)):
            return number
        node = node.parent
    return None


def add_number(node: Any, number: str) -> None:
    """Write a number in front of a caption."""
    if isinstance(node, nodes.raw):
        marked = f'{CAPTION}<span class="nn-number">{number}</span> '
        text = node.astext().replace(CAPTION, marked)
        node.replace_self(nodes.raw(text, text, format="html"))
    else:
        node[:0] = [nodes.inline("", number, classes=["nn-number"]), nodes.Text(" ")]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("doctree-read", number_figures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
