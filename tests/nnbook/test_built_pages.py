"""The extensions that build the site: chunks, scripts and cell ids, without a browser."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from nnbook.sphinx import widget_pages
from nnbook.sphinx.live_pages import live_config
from nnbook.widget.page import chunk, figure

ROOT = Path(__file__).parents[2]
STYLES = ["nnbook/widgets.css", "nnbook/live.css", "nnbook/progress.css"]
LIVE = "nn-live-bar"  # in the script that offers to run a page


class App(SimpleNamespace):
    """What the extension asks of Sphinx."""

    def add_css_file(self, name):
        self.files.append(name)

    def add_js_file(self, name, *, loading_method):
        self.files.append(f"{name} {loading_method}")


@pytest.fixture
def app(tmp_path):
    config = SimpleNamespace(nn_pyodide="cdn")
    builder = SimpleNamespace(name="html")
    return App(srcdir=ROOT, outdir=tmp_path, config=config, builder=builder, files=[])


def body_of(app, *figures):
    context = {"body": "".join(figures)}
    widget_pages.bring_to_life(app, "page", "page.html", context, None)
    return context["body"]


def widget(data):
    return figure("explorer", "<p>still</p>", "A caption", settings={}, chunks={"d": chunk(data)})


# ---------------------------------------------------------------- chunks


def test_data_moves_out_of_the_page(app):
    data = [["</script>", "é"], ["nnChunk"]]
    body = body_of(app, *map(widget, data))
    assert "<script" not in body
    assert body.count("<p>still</p>") == body.count("<figcaption>A caption</figcaption>") == 2
    for each in data:
        name, text = chunk(each)
        assert name in body
        file = app.outdir / "_static" / "nnbook" / "chunks" / f"{name}.js"
        assert file.read_text(encoding="utf-8") == f'nnChunk("{name}",{text})'
        assert json.loads(text) == each


def test_only_a_page_with_widgets_gets_the_script(app):
    assert body_of(app, "<p>No widget.</p>") == "<p>No widget.</p>"
    assert app.files == []
    body_of(app, widget([1]))
    assert app.files == [*STYLES, "nnbook/widgets-explorer.js defer"]
    script = app.outdir / "_static" / "nnbook" / "widgets-explorer.js"
    text = script.read_text(encoding="utf-8")
    assert text.startswith("const nnConfig = {};\n(() => {")


def test_a_page_gets_the_scripts_of_its_own_widgets_alone(app):
    body_of(app, figure("stepper", "", settings={}, chunks={}) + widget([1]))
    assert app.files[-1] == "nnbook/widgets-explorer-stepper.js defer"
    script = app.outdir / "_static" / "nnbook" / "widgets-explorer-stepper.js"
    text = script.read_text(encoding="utf-8")
    assert "nn-explorer" in text
    assert "nn-stepper" in text
    assert "nn-playground" not in text
    assert "nnConfig.live" in text  # undefined there: nothing offers to run the page
    assert LIVE not in text
    every = widget_pages.page_script(app.config, ROOT)
    assert "nn-playground" in every
    assert LIVE in every
    assert len(text) < len(every)


def test_a_page_with_a_playground_gets_its_style(app):
    body_of(app, figure("playground", "", settings={}, chunks={}))
    assert app.files == [
        *STYLES, "nnbook/playground.css", "nnbook/widgets-playground.js defer"
    ]  # fmt: skip


def test_a_page_with_code_offers_to_run_it(app):
    body_of(app, '<div class="cell" data-nn-cell="sum"></div>')
    assert app.files == [*STYLES, "nnbook/widgets-live.js defer"]
    text = (app.outdir / "_static" / "nnbook" / "widgets-live.js").read_text(encoding="utf-8")
    assert LIVE in text
    config = json.loads(text.removeprefix("const nnConfig = ").split(";\n(() => {")[0])
    assert config["live"] == live_config(ROOT, "cdn")
    body_of(app, widget([1]), '<div class="cell" data-nn-cell="sum"></div>')
    assert app.files[-1] == "nnbook/widgets-explorer-live.js defer"


def test_a_page_that_has_no_body_is_left_alone(app):
    context = {}
    widget_pages.bring_to_life(app, "search", "search.html", context, None)
    assert context == {}


# ---------------------------------------------------------------- what all widgets share


def test_scripts_and_styles_are_written(app):
    widget_pages.write_scripts(app, None)
    folder = app.outdir / "_static" / "nnbook"
    names = {"live.css", "palette.css", "playground.css", "progress.css", "widgets.css"}
    assert {path.name for path in folder.iterdir()} == names


@pytest.mark.parametrize(("builder", "exception"), [("html", ValueError()), ("text", None)])
def test_a_build_without_pages_writes_nothing(app, builder, exception):
    app.builder.name = builder
    widget_pages.write_scripts(app, exception)
    assert list(app.outdir.iterdir()) == []


# ---------------------------------------------------------------- cell ids

CONFIGURATION = """
project = "Test"
extensions = ["myst_nb", "nnbook.sphinx.cell_ids"]
nb_execution_mode = "off"
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Build a notebook with words, hidden and removed cells, and return its page."""
    folder = tmp_path_factory.mktemp("site")
    v4 = nbformat.v4
    hidden = {"tags": ["hide-input", "odd-tag"]}
    cells = [
        v4.new_markdown_cell("# Title", id="title"),
        v4.new_code_cell("1 + 1", id="sum"),
        v4.new_markdown_cell("Words", id="words"),
        v4.new_code_cell("2 + 2", id="Hidden_2", metadata=hidden),
        v4.new_code_cell("3 + 3", id="removed", metadata={"tags": ["remove-cell"]}),
        v4.new_code_cell("4 + 4", id="last-one"),
    ]
    notebook = v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    nbformat.write(notebook, folder / "index.ipynb")
    (folder / "conf.py").write_text(CONFIGURATION, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", folder, folder / "out"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / "out" / "index.html").read_text(encoding="utf-8")


def test_every_cell_carries_its_id(page):
    pieces = page.split('data-nn-cell="')[1:]
    assert [piece.split('"')[0] for piece in pieces] == ["sum", "Hidden_2", "last-one"]
    for piece, source in zip(pieces, "124", strict=True):
        assert f'<span class="mi">{source}</span>' in piece


def test_a_cell_is_still_what_the_theme_knows(page):
    assert '<div class="cell docutils container" data-nn-cell="sum">' in page
    assert 'class="cell tag_hide-input tag_odd-tag docutils container"' in page
    assert page.count('<details class="admonition hide above-input">') == 1
    assert page.count("<div") == page.count("</div>")
