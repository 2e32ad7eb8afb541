"""Sphinx extension: the landing page shows how many exercises of each chapter the reader solved.

What was solved is kept by the reader's browser. The build adds an empty place to the page, with
the chapters and their exercises as its data, and a script that fills it. Where the page has places
for single chapters, the script fills them too.
"""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from nnbook.sphinx.exercise_boxes import Exercise
from nnbook.widget.modules import as_script

FOLDER = Path("_static", "nnbook")
LIVE = Path(__file__).parents[1] / "live"


class ProgressPlace(nodes.General, nodes.Element):
    """A place for what was solved in one chapter, its ``page``."""


def chapters(app: Sphinx) -> list[dict[str, Any]]:
    """Return the pages that have exercises, in the order of the contents.

    Each is a dict with its ``page``, its ``title`` and its ``exercises``: from the number of each
    to its edition.
    """
    found = []
    for page in pages_below(app.env, app.config.root_doc):
        boxes = app.env.get_doctree(page).findall(Exercise)
        if exercises := {box["exercise"]: box["edition"] for box in boxes}:
            title = app.env.titles[page].astext()
            found.append({"page": page, "title": title, "exercises": exercises})
    return found


def pages_below(env: BuildEnvironment, page: str) -> Iterable[str]:
    """Yield the pages that the contents list below a page, each before those below itself."""
    for each in env.toctree_includes.get(page, ()):
        yield each
        yield from pages_below(env, each)


def add_places(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the place of the progress behind the introduction, where a returning reader sees it.

    The place of a chapter without exercises goes.

    Sphinx writes the landing page in every build, so its data is never older than the chapters.
    """
    if docname != app.config.root_doc or app.builder.format != "html":
        return
    known = chapters(app)
    for place in list(doctree.findall(ProgressPlace)):
        if place["page"] not in {each["page"] for each in known}:
            place.parent.remove(place)
    data = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    html = f'<div data-nn="progress" data-nn-chapters="{escape(data)}"></div>'
    page = next(doctree.findall(nodes.section))
    sections = [i for i, part in enumerate(page) if isinstance(part, nodes.section)]
    page.insert((sections or [len(page)])[0], nodes.raw("", html, format="html"))


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give the landing page its script and styles."""
    if pagename != app.config.root_doc:
        return
    target = Path(app.outdir, FOLDER)
    target.mkdir(parents=True, exist_ok=True)
    (target / "landing.js").write_text(as_script(LIVE / "landing.js"), encoding="utf-8")
    (target / "progress.css").write_bytes((LIVE / "progress.css").read_bytes())
    for style in ("widgets.css", "progress.css"):
        app.add_css_file(f"nnbook/{style}")
    app.add_js_file("nnbook/landing.js", loading_method="defer")


def write_place(translator: Any, node: ProgressPlace) -> None:
    """Write the place of a chapter: empty, for the script to fill."""
    page = escape(node["page"])
    translator.body.append(f'<div class="nn-progress-of" data-nn-progress="{page}"></div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_node(ProgressPlace, html=(write_place, None))
    app.connect("doctree-resolved", add_places)
    app.connect("html-page-context", add_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
