"""The notebooks as nbconvert shows them: in its own page, and in a plain one, much as on GitHub."""

import copy
import functools
import re
from dataclasses import dataclass
from urllib.parse import unquote

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbconvert.filters import markdown2html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from prose import ROOT, pages
from views import NAMES, NOTEBOOKS, headings, raw

TEMPLATES = ["basic", "lab"]
FORMULA = re.compile(r"(\${1,2})(?! )[^$]+?\1")
SUMMARY = "<summary>Solution</summary>"
NO_WORDS = "No description has been provided for this image"


@functools.cache
def exporter(template):
    return HTMLExporter(template_name=template)


@dataclass(frozen=True)
class View:
    """A page as nbconvert writes it, and the parts of it that were Markdown."""

    page: BeautifulSoup
    texts: list


def converted(notebook, template):
    """Return the view of a notebook with one of nbconvert's templates."""
    text, _ = exporter(template).from_notebook_node(notebook)
    page = BeautifulSoup(text, "html.parser")
    return View(page, page.select(".text_cell_render, .jp-RenderedMarkdown"))


def written(path):
    """Return the view of a page of Markdown."""
    page = BeautifulSoup(markdown2html(path.read_text(encoding="utf-8")), "html.parser")
    return View(page, [page])


@functools.cache
def notebook(name):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


@functools.cache
def view_of(name, template):
    return converted(notebook(name), template)


# ---------------------------------------------------------------- what a page owes its reader


def titles(view):
    """Return the headings of a view that have an anchor."""
    found = [each for text in view.texts for each in text.select("h1, h2, h3, h4, h5, h6")]
    return [each.get_text().removesuffix("¶") for each in found if each.get("id")]


def prose(view):
    """Return the words of a view: no code but a directive of MyST, and no formula."""
    parts = []
    for text in view.texts:
        part = copy.copy(text)
        for code in part.select("pre, code"):
            if "language-{" not in str(code):
                code.clear()
        parts.append(FORMULA.sub("", part.get_text()))
    return "\n".join(parts)


def solutions(view):
    """Return of each solution whether it is closed, its title, and whether its text is text."""
    folds = [fold for text in view.texts for fold in text.select("details")]
    return [
        (not fold.has_attr("open"), fold.summary.get_text(), bool(fold.select("p, li")))
        for fold in folds
    ]


def wordless(view):
    """Return the pictures without words, where a template would give them: in text, and PNG."""
    images = [image for text in view.texts for image in text.select("img")]
    images += view.page.select(".output_png img")
    return [image["src"][:60] for image in images if image.get("alt", "") in {"", NO_WORDS}]


def faults(notebook, view):
    """Say what is wrong with a notebook in one view."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    solved = sum(SUMMARY in cell for cell in cells)
    found = {
        "letters of MyST": raw(prose(view)),
        "a heading that is none": titles(view) != [h for cell in cells for h in headings(cell)],
        "a solution that does not fold": solutions(view) != [(True, "Solution", True)] * solved,
        "a picture without words": wordless(view),
        "a picture's name for a picture": "<Figure size" in view.page.get_text(),
    }
    return [fault for fault, there in found.items() if there]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_reads_well(name, template):
    assert faults(notebook(name), view_of(name, template)) == []


def test_every_solution_of_the_book_folds():
    cells = [cell.id for name in NAMES for cell in notebook(name).cells]
    folds = [fold for name in NAMES for fold in solutions(view_of(name, "basic"))]
    assert len(folds) == sum(cell.endswith("-solution") for cell in cells) > 60


def drawn(data, metadata=None):
    """Return a cell that has stored one picture."""
    outputs = [new_output("display_data", data, metadata=metadata or {})]
    return new_code_cell("plt.show()", outputs=outputs)


PLANTED = {
    "see {ref}`sec-1-1-4`": "letters of MyST",
    "```{exercise} Title\n:label: ex-1\n```": "letters of MyST",
    "(sec-1-1)=\n## 1.1": "letters of MyST",
    "<div>\n# One\n</div>": "a heading that is none",
    f"<details open>\n{SUMMARY}\n\n42\n</details>": "a solution that does not fold",
    f"<details>\n{SUMMARY}\n*42*\n</details>": "a solution that does not fold",
    f"```\n<details>\n{SUMMARY}\n```": "a solution that does not fold",
    "![](data:image/png;base64,AAAA)": "a picture without words",
}


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("text", PLANTED)
def test_each_fault_of_a_text_is_found(text, template):
    faulty = new_notebook(cells=[new_markdown_cell(text)])
    assert faults(faulty, converted(faulty, template)) == [PLANTED[text]]


def test_each_fault_of_a_picture_is_found():
    words = {"image/png": {"alt": "A line that rises."}}
    cells = {
        "a picture's name for a picture": drawn({"text/plain": "<Figure size 640x480>"}),
        "a picture without words": drawn({"image/png": "AAAA"}),
        None: drawn({"image/png": "AAAA"}, words),
    }
    for fault, cell in cells.items():
        faulty = new_notebook(cells=[cell])
        assert faults(faulty, converted(faulty, "basic")) == [fault] * (fault is not None)


# ---------------------------------------------------------------- where its links lead

LOCAL = re.compile(r"(?!\w+:)[^#]*(?:#.*)?")


def links(view):
    """Return the links of a view inside the book, without a heading's link to itself."""
    found = view.page.select("a[href]:not(.anchor-link)")
    return [unquote(a["href"]) for a in found if LOCAL.fullmatch(a["href"])]


@functools.cache
def anchors(path):
    """Return the anchors that nbconvert gives the headings of a page of the book."""
    view = view_of(path.stem, "basic") if path.suffix == ".ipynb" else written(path)
    return {
        unquote(each["id"])
        for text in view.texts
        for each in text.select(":is(h1, h2, h3, h4, h5, h6)[id]")
    }


def lost(links, path):
    """Return the links that lead from a page to no file, or to no heading of it."""
    found = []
    for link in links:
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        if not target.is_file() or (anchor and anchor not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_notebook_leads_to_a_heading(name):
    found = links(view_of(name, "basic"))
    assert found
    assert lost(found, NOTEBOOKS / f"{name}.ipynb") == []


@pytest.mark.parametrize("path", [p for p in pages() if p.suffix == ".md"], ids=lambda p: p.stem)
def test_every_link_of_a_page_of_text_leads_to_a_heading(path):
    named = [link for link in links(written(path)) if re.search(r"\.\w+(?:#|$)", link)]
    assert lost(named, path) == []


def test_the_landing_page_links_to_a_heading():
    assert "notebooks/1_4_spiral.ipynb#The-playground" in links(written(ROOT / "index.md"))


@pytest.mark.parametrize(
    "link",
    [
        "#1.1.9-Nothing",
        "#1.1.3-broadcasting",
        "1_2_inference.ipynb#1.1.3-Broadcasting",
        "1_2_inference#1.2.2-Layers-as-classes",
        "1_9_nothing.ipynb",
        "glossaries.md",
    ],
)
def test_a_link_that_leads_nowhere_is_found(link):
    assert lost([link], NOTEBOOKS / "1_1_math_and_python.ipynb") == [link]


def test_links_that_lead_somewhere_are_not_lost(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("""[a](#1.1.4-Dot-product,-matrix-product) [b](1_5_speed.ipynb#1.5.2-GPU-(CuPy))
[c](glossary.md) [d](1_2_inference.ipynb) [e](https://example.org/x#y)""")
    found = links(written(page))
    assert len(found) == 4
    assert lost(found, NOTEBOOKS / "1_1_math_and_python.ipynb") == []
