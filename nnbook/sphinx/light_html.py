"""Sphinx extension: code is written with a third of the elements, and looks the same.

Pygments puts every name, mark and blank into a span of its own, though their colour is that of all
code, and Sphinx every word of code in a sentence. On a long page these are thousands of elements,
which a phone has to lay out.
"""

import re
from typing import Any

from sphinx.application import Sphinx

PLAIN = re.compile('<span class="(?:n|nn|p|pre|w)">([^<]*)</span>')


def unwrap(html: str) -> str:
    """Return code without the spans of names, namespaces, punctuation, blanks and words.

    Examples
    --------
    >>> unwrap('<span class="n">x</span><span class="w"> </span><span class="o">=</span>')
    'x <span class="o">=</span>'
    """
    return PLAIN.sub(r"\1", html)


def lighten(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Take the spans that change nothing out of the body of a page."""
    if "body" in context:
        context["body"] = unwrap(context["body"])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("html-page-context", lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
