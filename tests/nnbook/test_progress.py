"""The landing page's data: chapters in order, with their exercises, in one place."""

import json
import subprocess
import sys
from html import unescape

import nbformat
import pytest

CONFIGURATION = """
project = "Test"
extensions = [
    "myst_nb", "nnbook.sphinx.cell_ids", "nnbook.sphinx.exercise_boxes", "nnbook.sphinx.progress",
]
nb_execution_mode = "off"
suppress_warnings = ["myst.header"]
exclude_patterns = ["out", "jupyter_execute"]
"""
LANDING = """# Title

Words.

## First

More.

## Second

```{toctree}
z_first
parent
alone
```
"""
CONTENTS = "```{toctree}\nz_child\n```"


def notebook(title, *numbers):
    """Return a notebook with exercises."""
    v4 = nbformat.v4
    cells = [v4.new_markdown_cell(f"# {title}")]
    for number in numbers:
        cells += [
            v4.new_markdown_cell(f"#### Exercise {number} · A title\n\nDo it."),
            v4.new_code_cell(f"x = {numbers.index(number)}"),
            v4.new_code_cell(f'check("{number}", x)'),
            v4.new_markdown_cell("<details>\n<summary>Solution</summary>\n\nSo.\n\n</details>"),
        ]
    return v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})


def built(folder):
    """Build the pages of a folder, and return the landing page and its chapters."""
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", folder, folder / "out"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.stderr, done.returncode) == ("", 0)
    page = (folder / "out" / "index.html").read_text(encoding="utf-8")
    data = page.split('data-nn-chapters="')[1].split('"')[0]
    return page, json.loads(unescape(data))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write the sources of five pages, of which three have exercises."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "conf.py").write_text(CONFIGURATION)
    (folder / "index.md").write_text(LANDING)
    parent = notebook("Parent", "1.1.1-a")
    parent.cells.append(nbformat.v4.new_markdown_cell(CONTENTS))
    nbformat.write(parent, folder / "parent.ipynb")
    (folder / "alone.md").write_text("# Alone\n")
    nbformat.write(notebook('"A" & <B>', "1.1-a", "1.1-b"), folder / "z_first.ipynb")
    nbformat.write(notebook("Child", "1.2-a"), folder / "z_child.ipynb")
    return folder


@pytest.fixture(scope="module")
def landing(folder):
    return built(folder)


def test_chapters_stand_in_the_order_of_the_contents(landing):
    _, chapters = landing
    assert [(each["title"], each["page"]) for each in chapters] == [
        ("“A” & <B>", "z_first"),
        ("Parent", "parent"),
        ("Child", "z_child"),
    ]
    numbers = [list(each["exercises"]) for each in chapters]
    assert numbers == [["1.1-a", "1.1-b"], ["1.1.1-a"], ["1.2-a"]]


def test_an_exercise_has_the_edition_of_its_box(folder, landing):
    _, chapters = landing
    for chapter in chapters:
        page = (folder / "out" / f"{chapter['page']}.html").read_text(encoding="utf-8")
        for exercise, edition in chapter["exercises"].items():
            assert f'data-nn-edition="{edition}" data-nn-exercise="{exercise}"' in page


def test_the_place_stands_behind_the_introduction_and_is_empty(landing):
    page, _ = landing
    before, after = page.split('<div data-nn="progress"')
    assert "Words." in before
    assert "<h2>" not in before
    assert after.split(">")[1:2] == ["</div"]
    assert "<h2>First" in after


def test_only_the_landing_page_has_the_script(folder, landing):
    files = ["nnbook/landing.js", "nnbook/progress.css", "nnbook/widgets.css"]
    pages = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("out/*.html")}
    assert {name for name, text in pages.items() if "landing.js" in text} == {"index.html"}
    assert [file for file in files if file not in pages["index.html"]] == []
    assert 'defer="defer"' in pages["index.html"].split("landing.js")[0].rsplit("<script", 1)[1]
    for name in ("landing.js", "progress.css"):
        assert (folder / "out" / "_static" / "nnbook" / name).stat().st_size > 0


def test_a_changed_exercise_is_known_to_the_landing_page(folder, landing):
    _, before = landing
    changed = notebook("Child", "1.2-a", "1.2-b")
    nbformat.write(changed, folder / "z_child.ipynb")
    _, after = built(folder)
    assert after[:2] == before[:2]
    assert list(after[2]["exercises"]) == ["1.2-a", "1.2-b"]
