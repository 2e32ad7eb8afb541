"""Storing outputs: the same code gives the same bytes, and a notebook that fails stays as it is."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools.store_outputs import (
    STATE,
    VIEW,
    NotStoredError,
    store,
    tidy_cell,
    with_stable_widgets,
    write,
)

SCRIPT = Path(__file__).parents[2] / "tools" / "store_outputs.py"
SLIDER = """import ipywidgets
slider = ipywidgets.IntSlider(value=3)
slider"""
BOTH = f"""class Both:
    def _repr_mimebundle_(self, **_):
        view = {{"model_id": slider.model_id, "version_major": 2, "version_minor": 0}}
        return {{"{VIEW}": view, "text/html": "<b>3</b>", "text/plain": "3"}}

Both()"""
NOISY = "import os, sys\nprint('out')\nprint('noise', file=sys.stderr)\nprint('put')"


def saved(path, *sources, **metadata):
    """Write a small notebook as an editor leaves it: with timing, without outputs."""
    cells = [new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
    for cell in cells:
        cell.metadata["execution"] = {"iopub.execute_input": "2026-11-24T10:00:00Z"}
    nbformat.write(new_notebook(cells=[new_markdown_cell("Text", id="t"), *cells]), path)
    return path


def cells_of(path):
    """Return the code cells of a stored notebook."""
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """Store a notebook two times, and return the file with the bytes of both."""
    path = saved(tmp_path_factory.mktemp("stored") / "small.ipynb", "1 + 1", NOISY, SLIDER, BOTH)
    store(path)
    first = path.read_bytes()
    store(path)
    return path, first, path.read_bytes()


# ---------------------------------------------------------------- a notebook that runs


def test_the_same_code_gives_the_same_bytes(twice):
    path, first, second = twice
    assert first == second
    assert b"\r" not in first
    assert first.endswith(b"}\n")
    assert [cell.execution_count for cell in cells_of(path)] == [1, 2, 3, 4]
    assert cells_of(path)[0].outputs[0].data == {"text/plain": "2"}


def test_times_and_versions_are_dropped(twice):
    notebook = nbformat.read(twice[0], as_version=4)
    assert not any("execution" in cell.metadata for cell in notebook.cells)
    assert notebook.metadata.language_info == {"name": "python"}
    assert notebook.metadata.kernelspec.name == "python3"


def test_stderr_is_dropped_and_what_was_printed_is_one_text(twice):
    (output,) = cells_of(twice[0])[1].outputs
    assert (output.name, output.text) == ("stdout", "out\nput\n")


def test_widget_ids_are_numbers_that_fit_the_stored_models(twice):
    notebook = nbformat.read(twice[0], as_version=4)
    models = notebook.metadata.widgets[STATE].state
    shown = cells_of(twice[0])[2].outputs[0].data[VIEW]["model_id"]
    assert sorted(models) == [f"{number:032x}" for number in range(len(models))]
    assert models[shown].model_name == "IntSliderModel"


def test_the_html_form_of_a_widget_is_kept_instead_of_the_live_one(twice):
    assert cells_of(twice[0])[3].outputs[0].data == {"text/html": "<b>3</b>", "text/plain": "3"}


# ---------------------------------------------------------------- a notebook that fails


def test_a_cell_that_fails_is_reported_and_nothing_is_written(tmp_path):
    path = saved(tmp_path / "broken.ipynb", "1 + 1", "undefined")
    before = path.read_bytes()
    with pytest.raises(NotStoredError, match=r"broken\.ipynb is not stored: .*"):
        store(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_stores_what_runs_and_fails_for_what_does_not(tmp_path):
    broken, right = saved(tmp_path / "broken.ipynb", "undefined"), saved(tmp_path / "a.ipynb", "2")
    before = broken.read_bytes()
    done = subprocess.run(
        [sys.executable, SCRIPT, broken, right], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout.split() == [str(right)]
    assert f"{broken} is not stored" in done.stderr
    assert "NameError: name 'undefined' is not defined" in done.stderr
    assert broken.read_bytes() == before
    assert cells_of(right)[0].outputs[0].data == {"text/plain": "2"}


def test_a_write_that_is_cut_short_leaves_the_old_notebook(tmp_path, monkeypatch):
    path = saved(tmp_path / "old.ipynb", "1 + 1")
    before, whole = path.read_bytes(), Path.write_text

    def half(self, text, **options):
        whole(self, text[: len(text) // 2], **options)
        raise OSError("disk full")

    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(OSError, match="disk full"):
        write(path, "new text")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


# ---------------------------------------------------------------- without a kernel


def widget_output(model_id):
    return new_output("display_data", data={VIEW: {"model_id": model_id}})


def widget_notebook(output, **models):
    state = {model_id: {"model_name": name} for model_id, name in models.items()}
    notebook = new_notebook(cells=[new_code_cell("", id="c", outputs=[output])])
    notebook.metadata["widgets"] = {STATE: {"state": state}}
    return notebook


def test_models_stay_only_where_a_live_widget_is_shown():
    shown = widget_notebook(widget_output("f00d"), beef="A", f00d="B")
    text = with_stable_widgets(shown)
    assert f'"model_id": "{1:032x}"' in text
    assert "beef" not in text
    hidden = widget_notebook(new_output("stream", text="done"), f00d="B")
    assert '"widgets"' not in with_stable_widgets(hidden)


def test_tidying_leaves_text_and_other_outputs_alone():
    cell = new_markdown_cell("Text", metadata={"execution": {}, "tags": ["a"]})
    tidy_cell(cell)
    assert cell.metadata == {"tags": ["a"]}
    live = widget_output("f00d")
    cell = new_code_cell("", outputs=[live, new_output("stream", name="stderr", text="w")])
    tidy_cell(cell)
    assert cell.outputs == [live]
