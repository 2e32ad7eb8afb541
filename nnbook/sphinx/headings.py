"""Sphinx extension: headings have the anchors that Jupyter gives them, and one by their number.

A notebook links to ``other.ipynb#1.3.4-Computational-graphs``. JupyterLab and nbconvert
make this anchor from a heading; here it leads to the same heading of a page.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

NUMBER = re.compile(r"(\d+(?:\.\d+)+) ")


def slug(heading: str) -> str:
    """Return the anchor that Jupyter makes from the text of a heading."""
    return heading.replace(" ", "-")


def number_of(section: nodes.section) -> str | None:
    """Return the number in front of a section's title, such as ``"1.3.4"``, or None."""
    match = NUMBER.match(section[0].astext())
    return match and match[1]


def add_numbers(app: Sphinx, doctree: nodes.document) -> None:
    """Give every numbered section the id ``sec-1-3-4``, which stays when its title changes."""
    for section in doctree.findall(nodes.section):
        if number := number_of(section):
            section["ids"].append(f"sec-{number.replace('.', '-')}")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension; `slug` is named in the configuration."""
    app.connect("doctree-read", add_numbers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
