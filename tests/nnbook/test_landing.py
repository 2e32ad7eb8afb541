"""The landing page: cards made of a list, each with its picture; a playground that is alive."""

import re
import subprocess
import sys

import nbformat
import pytest

CONFIGURATION = """
project = "Test"
extensions = [
    "myst_nb", "nnbook.sphinx.cell_ids", "nnbook.sphinx.exercise_boxes", "nnbook.sphinx.landing",
]
myst_enable_extensions = ["colon_fence"]
nb_execution_mode = "off"
suppress_warnings = ["myst.header"]
exclude_patterns = ["out", "jupyter_execute"]
"""
LANDING = """# Title

## Chapters

:::{chapter-cards}
- [One](pages/one.ipynb)

  Why *one*?

- [Two](pages/two.md)

  Why two?
:::

```{toctree}
pages/one
pages/two
```
"""
BAD = """# Title

:::{chapter-cards}
Words.
:::

:::{chapter-cards}
- [Two](pages/two.md)
:::

:::{chapter-cards}
- Two

  Why [two](pages/two.md)?
:::

:::{chapter-cards}
- [Three](https://three.example)

  Why three?
:::

:::{chapter-cards}
- [Bad](bad.md)

  Why bad?
:::
"""
TWO = "# Two\n\n:::{small-playground}\n:::\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true"><!-- {} --></svg>\n'


def notebook():
    """Return a chapter with one exercise."""
    v4 = nbformat.v4
    cells = [
        v4.new_markdown_cell("# One"),
        v4.new_markdown_cell("#### Exercise 1.1-a · A title\n\nDo it."),
        v4.new_code_cell('check("1.1-a", 1)'),
        v4.new_markdown_cell("<details>\n<summary>Solution</summary>\n\nSo.\n\n</details>"),
    ]
    return v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})


def build(folder):
    """Build the pages of a folder, and return what Sphinx complains of."""
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", folder, folder / "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Build a site with two chapters, of which one has exercises, and return its folder."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "pages").mkdir()
    (folder / "assets" / "cards").mkdir(parents=True)
    (folder / "conf.py").write_text(CONFIGURATION)
    (folder / "index.md").write_text(LANDING)
    (folder / "pages" / "two.md").write_text(TWO)
    nbformat.write(notebook(), folder / "pages" / "one.ipynb")
    for name in ("one", "two"):
        path = folder / "assets" / "cards" / f"{name}.svg"
        path.write_text(PICTURE.format(name))
    assert build(folder) == ""
    return folder


def page_of(folder, name="index"):
    return (folder / "out" / f"{name}.html").read_text(encoding="utf-8")


def cards_of(folder):
    """Return the text of every card."""
    (cards,) = re.findall(r'<ul class="nn-cards">(.*?)</ul>', page_of(folder), re.DOTALL)
    return cards.split('<li class="nn-card">')[1:]


def test_a_card_has_a_picture_a_link_and_a_question(folder):
    one, two = cards_of(folder)
    assert f'<div class="nn-card-picture">{PICTURE.format("one").strip()}</div>' in one
    assert '<p class="nn-card-title"><a ' in one
    assert "Why <em>one</em>?" in one
    for card, name in ((one, "one"), (two, "two")):
        assert re.findall(r'href="([^"]*)"', card) == [f"pages/{name}.html"]
        assert f"<!-- {name} -->" in card


def test_a_card_has_a_place_for_progress_if_its_page_has_exercises(folder):
    one, two = cards_of(folder)
    assert one.count('<div class="nn-progress-of" data-nn-progress="pages/one"></div>') == 1
    assert "data-nn-progress" not in two


def test_the_playground_is_a_widget_with_a_still_picture(folder):
    page = page_of(folder, "pages/two")
    (figure,) = re.findall(r'<div class="nn-trial">(<figure.*?</figure>)', page, re.DOTALL)
    assert 'data-nn-widget="playground"' in figure
    assert "<svg" in figure


def test_only_the_landing_page_has_the_stylesheet(folder):
    pages = {name: page_of(folder, name) for name in ("index", "pages/one", "pages/two")}
    assert [name for name, text in pages.items() if "nnbook/landing.css" in text] == ["index"]
    assert (folder / "out" / "_static" / "nnbook" / "landing.css").stat().st_size > 0


def test_a_picture_that_was_drawn_anew_is_taken(folder):
    path = folder / "assets" / "cards" / "two.svg"
    path.write_text(PICTURE.format("drawn anew"))
    assert build(folder) == ""
    assert "<!-- drawn anew -->" in cards_of(folder)[1]


def test_what_is_no_card_is_named(folder):
    bad = folder / "bad.md"
    bad.write_text(BAD)
    complaints = build(folder)
    bad.unlink()
    assert "the cards must be one list; got 1 parts" in complaints
    assert complaints.count("a list item of two paragraphs: a link to a page, and a question") == 3
    assert "bad has no picture assets/cards/bad.svg: tools/cards.py draws it" in complaints
