"""Sphinx extension: the landing page has a small playground, and a card for each chapter.

In the source the cards are a list of links, which also reads well without this extension. The build
adds to each the picture that ``tools/cards.py`` has drawn, and a place for what the reader has
solved. The picture is part of the page, so that it follows its dark mode.
"""

from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from nnbook.drawing import STYLE
from nnbook.playground import Playground
from nnbook.sphinx.progress import ProgressPlace

FORM = "each card must be a list item of two paragraphs: a link to a page, and a question"
WHOLE = "notebooks/1_4_spiral.html#The-playground"
PICTURES = Path("assets", "cards")
STYLESHEET = Path(__file__).with_name("landing.css")


class SmallPlayground(SphinxDirective):
    """Puts a small playground into the page: alive with a script, a still picture without."""

    def run(self) -> list[nodes.Node]:
        """Return the playground as HTML."""
        self.env.note_reread()  # Sphinx doesn't see when nnbook changes
        with plt.style.context(STYLE):
            html = Playground(small=True, link=WHOLE).to_html()
        return [nodes.raw("", f'<div class="nn-trial">{html}</div>', format="html")]


class ChapterCards(SphinxDirective):
    """Makes cards of a list: each item is a link to a page, and the question that it answers."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list with a picture and a place for the progress in each item."""
        content = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, content)
        if len(content) != 1 or not isinstance(content[0], nodes.bullet_list):
            raise self.error(f"the cards must be one list; got {len(content)} parts")
        cards = content[0]
        cards["classes"].append("nn-cards")
        for item in cards:
            self.furnish(item)
        return [cards]

    def furnish(self, item: nodes.Element) -> None:
        """Turn a list item into a card."""
        page = page_of(item)
        if page is None:
            raise self.error(f"{FORM}; got {item.astext()!r}")
        title, question = item.children
        title["classes"].append("nn-card-title")
        question["classes"].append("nn-card-question")
        item["classes"].append("nn-card")
        item.insert(0, nodes.raw("", self.picture(page), format="html"))
        item += ProgressPlace(page=page)

    def picture(self, page: str) -> str:
        """Return the picture of a page's card. It adds nothing to the words, so it has none."""
        path = PICTURES / f"{Path(page).name}.svg"
        file = Path(self.env.srcdir, path)
        self.env.note_dependency(str(file))
        if not file.is_file():
            raise self.error(f"{page} has no picture {path.as_posix()}: tools/cards.py draws it")
        svg = file.read_text(encoding="utf-8").strip()
        return f'<div class="nn-card-picture">{svg}</div>'


def page_of(item: nodes.Element) -> str | None:
    """Return the name of the page to which a list item leads, or None if it is no card."""
    if [type(part) for part in item] != [nodes.paragraph, nodes.paragraph]:
        return None
    links = list(item.findall(addnodes.pending_xref))
    if len(links) != 1 or links[0].parent is not item[0] or links[0]["refdomain"] != "doc":
        return None
    return links[0]["reftarget"]


def add_style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give the landing page its stylesheet."""
    if pagename != app.config.root_doc:
        return
    target = Path(app.outdir, "_static", "nnbook", STYLESHEET.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(STYLESHEET.read_bytes())
    app.add_css_file(f"nnbook/{STYLESHEET.name}")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.setup_extension("nnbook.sphinx.progress")
    app.add_directive("small-playground", SmallPlayground)
    app.add_directive("chapter-cards", ChapterCards)
    app.connect("html-page-context", add_style)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
