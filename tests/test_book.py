"""The built pages: every link leads somewhere, and no page asks another host for anything."""

import importlib
import json
import re
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from prose import markdown

from tools import imports

ROOT = Path(__file__).parents[1]

# What the browser fetches by itself, as against an <a href> that the reader may follow.
FETCHED = {
    "audio",
    "embed",
    "iframe",
    "img",
    "input",
    "object",
    "script",
    "source",
    "track",
    "video",
}
LINK_ONLY = {"alternate", "author", "canonical", "index", "license", "next", "prev", "search"}


class Page(HTMLParser):
    """Ids, links to follow, and addresses to fetch of one HTML page."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.fetched, self.styles = set(), [], [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids.update(value for name in ("id", "name") if (value := attrs.get(name)))
        self.styles.append(attrs.get("style") or "")
        if tag in FETCHED:
            self.fetched += [attrs[name] for name in ("src", "data", "poster") if attrs.get(name)]
            self.fetched += [
                part.split()[0] for part in (attrs.get("srcset") or "").split(",") if part
            ]
        elif tag == "link" and not set((attrs.get("rel") or "").split()) & LINK_ONLY:
            self.fetched.append(attrs.get("href") or "")
        elif attrs.get("href"):
            self.links.append(attrs["href"])


@pytest.fixture(scope="module")
def pages(built_book):
    paths = sorted(built_book.rglob("*.html"))
    return {path: Page(path) for path in paths if "_static" not in path.parts}


def is_remote(address):
    """Tell whether an address leads to another host."""
    return bool(urlsplit(address).netloc)


def problems_with(address, page, pages):
    """Return what is wrong with a link or an address on a page: None if it leads somewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or address in ("#", ""):
        return None
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_file():
        return "no such file"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
        return "no such anchor"
    return None


def test_every_page_of_the_table_of_contents_is_built(built_book):
    names = re.findall(r"(?:root|file): (\S+)", (ROOT / "_toc.yml").read_text())
    assert len(names) >= 11
    assert [name for name in names if not (built_book / f"{name}.html").is_file()] == []


def test_the_reference_page_has_every_function_and_class_of_the_library(built_book, pages):
    shown = pages[built_book / "notebooks" / "api.html"].ids
    modules = [importlib.import_module(f"nnlib.{name}") for name in imports.ORDER["nnlib"]]
    offered = {f"{m.__name__}.{name}" for m in modules for name in m.__all__}
    types = {"nnlib.checks.Rng", "nnlib.files.FilePath"}
    assert offered - shown == types  # other names for a type have no docstring


def test_links_anchors_and_images_resolve(pages):
    broken = [
        f"{path.name}: {address}: {problem}"
        for path, page in pages.items()
        for address in page.links + page.fetched
        if (problem := problems_with(address, path, pages))
    ]
    assert broken == []


def test_pages_fetch_nothing_from_another_host(pages):
    remote = [
        f"{path.name}: {address}"
        for path, page in pages.items()
        for address in page.fetched
        if is_remote(address)
    ]
    assert remote == []


def test_stylesheets_fetch_nothing_from_another_host(built_book, pages):
    styles = {path.name: path.read_text(encoding="utf-8") for path in built_book.rglob("*.css")}
    styles |= {path.name: " ".join(page.styles) for path, page in pages.items()}
    address = re.compile(r"""(?:url\(|@import)\s*['"]?((?:https?:)?//[^'")\s]+)""")
    assert {name: found for name, text in styles.items() if (found := address.findall(text))} == {}


def test_pages_name_no_path_of_the_machine(pages):
    paths = (sys.prefix, str(ROOT), "site-packages")
    texts = {path.name: path.read_text(encoding="utf-8") for path in pages}
    assert [name for name, text in texts.items() if any(path in text for path in paths)] == []


def test_formulas_are_drawn_without_a_script(built_book):
    page = (built_book / "notebooks" / "corrections.html").read_text(encoding="utf-8")
    assert 'class="katex"' in page
    assert not list(built_book.rglob("*athjax*.js"))
    assert not re.search(r"<script[^>]*(mathjax|katex|require\.js|html-manager|thebe)", page, re.I)


# ---------------------------------------------------------------- exercises, figures, old addresses


def exercises_of(path):
    """Return the numbers of a notebook's exercises."""
    text = markdown(path)
    return re.findall(r"^#### Exercise (\S+) · ", text, flags=re.MULTILINE)


BOX = (
    '<div class="nn-exercise docutils container" '
    'data-nn-edition="([0-9a-f]{8})" data-nn-exercise="([^"]+)" id="([^"]+)">'
)


def test_every_exercise_is_a_box_with_a_closed_solution(built_book):
    editions = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        page = (built_book / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")
        numbers = exercises_of(path)
        found = re.findall(BOX, page)
        assert [(n, name) for _, n, name in found] == [
            (number, f"ex-{number.replace('.', '-')}") for number in numbers
        ]
        editions += [edition for edition, *_ in found]
        assert page.count("<summary>Solution</summary>") == len(numbers)
        assert not re.search("<details open[^>]*>\\s*<summary>Solution", page)
    assert len(set(editions)) == len(editions) == 67


def test_figures_are_numbered_in_their_order(built_book):
    for path in sorted((built_book / "notebooks").glob("1_*.html")):
        page = path.read_text(encoding="utf-8")
        found = re.findall(r'nn-number">Fig. ([\d.]+)-(\d+)', page)
        last = Counter()
        for number, figure in found:
            last[number] += 1
            assert int(figure) == last[number], f"{path.name}: {number}-{figure}"
        assert bool(found) == (path.stem != "1_3_training")


def test_names_of_the_library_lead_to_the_reference(pages, built_book):
    links = pages[built_book / "notebooks" / "1_6_summary.html"].links
    assert "api.html#nnlib.layers.Affine" in links
    assert "api.html#nnlib.trainer.Trainer" in links
    assert len({link for link in links if link.startswith("api.html#nnlib.")}) >= 25


# The anchors that the one page of chapter 1.3 had before it was divided.
OLD_ANCHORS = {
    "sec-1-3-1": "1_3_1_loss_and_gradients.html",
    "many-variables-the-gradient": "1_3_1_loss_and_gradients.html",
    "ex-1-3-3-b": "1_3_1_loss_and_gradients.html",
    "computational-graphs": "1_3_4_backpropagation.html",
    "matmul-node": "1_3_4_backpropagation.html",
    "ex-1-3-5-e": "1_3_4_backpropagation.html",
    "sec-1-3-6": "1_3_6_weight_update.html",
    "momentum-adagrad-adam": "1_3_6_weight_update.html",
}


def test_old_addresses_lead_to_the_new_pages(built_book):
    page = (built_book / "notebooks" / "1_3_training.html").read_text(encoding="utf-8")
    places = json.loads(re.search(r"const nnMoved = (\{.*?\});", page)[1])
    assert {anchor: places.get(anchor) for anchor in OLD_ANCHORS} == OLD_ANCHORS


def test_no_part_of_the_training_chapter_is_long(built_book, pages):
    for path in sorted((ROOT / "notebooks").glob("1_3_*.ipynb")):
        words = re.sub("^```.*?^```", "", markdown(path), flags=re.MULTILINE | re.DOTALL)
        assert len(words.split()) < 5000, path.name
