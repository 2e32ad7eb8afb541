"""Sphinx extension: widgets of the built book come to life from the site's own files.

A page gets a script with the parts that it needs: its kinds of widgets, and what offers to run its
code. The data of widgets moves out of the pages into files that are loaded when a widget comes into
sight.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from nnbook import palette
from nnbook.sphinx.live_pages import live_config
from nnbook.widget.modules import as_script

FOLDER = Path("_static", "nnbook")
CHUNK = re.compile(
    r'<script type="application/json" data-nn-chunk="(\w+)">(.*?)</script>', re.DOTALL
)
KIND = re.compile(r'data-nn-widget="(\w+)"')
CELL = "data-nn-cell="
PARTS = ("explorer", "live", "playground", "quiz", "stepper")
STYLES = ("widget/widgets.css", "live/live.css", "live/progress.css")
OWN_STYLES = {"playground": "playground/playground.css"}


def bring_to_life(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give a page with widgets or code its script and style, and move data to files."""
    body = context.get("body", "")
    parts = sorted(set(KIND.findall(body)))
    if CELL in body:
        parts.append("live")
    if not parts:
        return
    script = f"widgets-{'-'.join(parts)}.js"
    for style in (*STYLES, *(OWN_STYLES[part] for part in parts if part in OWN_STYLES)):
        app.add_css_file(f"nnbook/{Path(style).name}")
    app.add_js_file(f"nnbook/{script}", loading_method="defer")
    chunks = Path(app.outdir, FOLDER, "chunks")
    chunks.mkdir(parents=True, exist_ok=True)
    text = page_script(app.config, Path(app.srcdir), parts)
    (chunks.parent / script).write_text(text, encoding="utf-8")

    def move(match):
        name, text = match.groups()
        (chunks / f"{name}.js").write_text(f'nnChunk("{name}",{text})', encoding="utf-8")
        return ""

    context["body"] = CHUNK.sub(move, context["body"])


def write_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Write what all widgets share."""
    if exception or app.builder.name != "html":
        return
    nnbook, target = Path(app.srcdir, "nnbook"), Path(app.outdir, FOLDER)
    target.mkdir(parents=True, exist_ok=True)
    (target / "palette.css").write_text(palette.css(), encoding="utf-8")
    for style in (*STYLES, *OWN_STYLES.values()):
        (target / Path(style).name).write_bytes((nnbook / style).read_bytes())


def page_script(config: Config, root: Path, parts: Iterable[str] = PARTS) -> str:
    """Join the script of pages with these kinds of widgets, and with code, from its parts.

    Unlike a module, it also runs from file://.
    """
    settings = {}
    if "live" in set(parts):
        settings["live"] = live_config(root, config.nn_pyodide)
    nnbook = root / "nnbook"
    others = [nnbook / part for part in PARTS if part not in set(parts)]
    page = as_script(nnbook / "widget" / "page.js", without=others)
    return f"const nnConfig = {json.dumps(settings)};\n{page}"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_css_file("nnbook/palette.css")
    app.connect("html-page-context", bring_to_life)
    app.connect("build-finished", write_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
