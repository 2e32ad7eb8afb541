"""The buttons of a chapter that open it elsewhere: in Colab, on Binder, or as a file."""

import json
import re

import pytest

from tools import address

NOTEBOOKS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))["cells"]
    for path in sorted((address.ROOT / "notebooks").glob("*.ipynb"))
}
CHAPTERS = [
    name for name, cells in NOTEBOOKS.items() if any(cell["cell_type"] == "code" for cell in cells)
]
BRANCH = "main"


def links(pages, name, menu):
    """Return where the entries of a menu in a page's top bar lead, by their tooltips."""
    text = (pages / f"{name}.html").read_text(encoding="utf-8")
    found = re.search(rf'<div class="dropdown dropdown-{menu}-buttons">.*?</ul>', text, re.DOTALL)
    return dict(re.findall(r'<a href="(\S+)"[^>]*?title="([^"]*)"', found[0])) if found else {}


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_opens_elsewhere(built_book, name):
    repository = address.current().removeprefix("https://github.com/")
    binder = "https://mybinder.org/v2/gh"
    colab = "https://colab.research.google.com/github"
    assert links(built_book, f"notebooks/{name}", "launch") == {
        f"{binder}/{repository}/{BRANCH}?urlpath=lab/tree/notebooks/{name}.ipynb": (
            "Launch on Binder"
        ),
        f"{colab}/{repository}/blob/{BRANCH}/notebooks/{name}.ipynb": "Launch on Colab",
    }


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_is_downloaded_as_it_is(built_book, name):
    (source,) = links(built_book, f"notebooks/{name}", "download")
    downloaded = built_book / "notebooks" / source
    assert downloaded.read_bytes() == (address.ROOT / f"notebooks/{name}.ipynb").read_bytes()


@pytest.mark.parametrize("name", ["index", "notebooks/glossary"])
def test_a_page_without_code_opens_nowhere_else(built_book, name):
    assert links(built_book, name, "launch") == {}


@pytest.mark.parametrize("name", CHAPTERS[:1])
def test_the_cell_that_installs_is_not_on_the_page(visit, name):
    page = visit(f"notebooks/{name}.html")
    assert page.locator("[data-nn-cell=setup]").count() == 1
    assert page.locator("[data-nn-cell=colab]").count() == 0
    assert "pip install" not in page.locator("main").text_content()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_menu_opens_inside_the_window_and_asks_no_other_host(visit, width):
    page = visit(f"notebooks/{CHAPTERS[0]}.html", viewport={"width": width, "height": 800})
    page.get_by_role("button", name="Launch interactive content").click()
    for entry in ("Binder", "Colab"):
        link = page.get_by_role("link", name=entry)
        link.wait_for()
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert link.locator("img").evaluate("each => each.complete && each.naturalWidth > 0")
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_branch_is_that_of_the_settings():
    text = (address.ROOT / address.CONFIG).read_text(encoding="utf-8")
    assert f"  branch: {BRANCH}\n" in text
