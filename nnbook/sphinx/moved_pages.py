"""Sphinx extension: an address of a page that was divided leads to where its part is now.

The setting `nn_moved` names, for a page, those that its sections moved to. The page keeps its
address and tells its script in which of them each anchor is.
"""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

SCRIPT = Path(__file__).with_name("moved.js")


def lead_on(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give a page that was divided a script that goes on to the right part."""
    parts = app.config.nn_moved.get(pagename)
    if not parts:
        return
    places: dict[str, str] = {}
    for part in parts:
        address = app.builder.get_relative_uri(pagename, part)
        for node in app.env.get_doctree(part).findall(nodes.Element):
            places |= dict.fromkeys(node.get("ids", ()), address)
    script = f"const nnMoved = {json.dumps(places)};\n{SCRIPT.read_text(encoding='utf-8')}"
    app.add_js_file(None, body=script)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension and its setting."""
    app.add_config_value("nn_moved", {}, "html")
    app.connect("html-page-context", lead_on)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
