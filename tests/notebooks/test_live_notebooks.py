"""The notebooks in the kernel of a page: it shows what is stored, without IPython.

A kernel of a page needs no browser; here it runs in this Python, with the modules that stand in for
IPython in a page. With NNBOOK_LIVE=all every notebook is run, else the quick ones.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
QUICK = ("1_1", "1_6")
RUN = """
import asyncio, json, sys
from nnbook.live.kernel import Kernel
sent = []
kernel = Kernel(lambda message, buffers: sent.append(message))
kernel.connect_figures()
async def run(cells):
    for name, source in cells:
        await kernel.run(name, source)
asyncio.run(run(json.load(sys.stdin)))
print(json.dumps(sent))
"""
NOTEBOOKS = {
    name: json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    for name in NAMES
}
# Cells that show something else on another machine, and what that is.
OTHERWISE = {
    "minibatch-speed": "a measured ratio of times",
    "time-here": "a measured time",
    "check-precision": "errors of rounding, which depend on the BLAS",
    "find-gpu": "whether there is a GPU",
    "cupy-train": "a measured time, where there is a GPU",
}


def chosen():
    """Return the notebooks to run: the quick ones, or all where that is wanted."""
    if os.environ.get("NNBOOK_LIVE") == "all":
        return NAMES
    return [name for name in NAMES if name.startswith(QUICK)]


def is_on_a_page(cell):
    return cell["cell_type"] == "code" and "remove-cell" not in cell["metadata"].get("tags", [])


def shown_by_a_page(cells, folder):
    """Run cells in a page's kernel, in an empty folder; return what each of them shows."""
    path = os.pathsep.join([str(ROOT / "nnbook" / "live" / "modules"), str(ROOT)])
    settings = {"MPLBACKEND": "module://nnbook.live.figures", "NNBOOK_STORE_OUTPUTS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps([[cell["id"], "".join(cell["source"])] for cell in cells]),
        env=os.environ | settings | {"PYTHONPATH": path},
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    shown = {cell["id"]: [] for cell in cells}
    for message in json.loads(done.stdout):
        shown[message["cell"]].append(message)
    return {name: of_page(messages) for name, messages in shown.items()}


def of_page(messages):
    """Return what a cell shows in a page, in the form in which `of_notebook` does."""
    bundles = [m["data"] for m in messages if m["type"] in ("result", "display")]
    return {
        "printed": "".join(m["text"] for m in messages if m.get("name") == "stdout"),
        "values": [data["text/plain"] for data in bundles],
        "html": ["text/html" in data for data in bundles],
        "drawings": sum("image/svg+xml" in data for data in bundles),
        "errors": [(m["name"], m["value"]) for m in messages if m["type"] == "error"],
    }


def of_notebook(outputs):
    """Return what a cell has stored: printed text, values, the number of drawings, errors."""
    bundles = [output["data"] for output in outputs if "data" in output]
    return {
        "printed": "".join("".join(o["text"]) for o in outputs if o.get("name") == "stdout"),
        "values": ["".join(data["text/plain"]) for data in bundles],
        "html": ["text/html" in data for data in bundles],
        "drawings": sum("image/svg+xml" in data for data in bundles),
        "errors": [(o["ename"], o["evalue"]) for o in outputs if o["output_type"] == "error"],
    }


@pytest.mark.parametrize("name", chosen())
def test_a_page_shows_what_is_stored(name, tmp_path):
    cells = [cell for cell in NOTEBOOKS[name] if is_on_a_page(cell)]
    stored = {cell["id"]: of_notebook(cell["outputs"]) for cell in cells}
    shown = shown_by_a_page(cells, tmp_path)
    other = {
        cell: (stored[cell], shown[cell])
        for cell in stored
        if stored[cell] != shown[cell] and cell not in OTHERWISE
    }
    assert other == {}


def test_only_what_nobody_compares_may_be_otherwise():
    cells = {cell["id"]: cell for cells in NOTEBOOKS.values() for cell in cells}
    for name in OTHERWISE:
        assert "nbval-ignore-output" in cells[name]["metadata"]["tags"], name


def test_a_difference_is_found(tmp_path):
    source = "print(1)\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\n1 / 0"
    shown = shown_by_a_page([{"id": "a", "source": source}, {"id": "b", "source": "2"}], tmp_path)
    svg = {"text/plain": "<Figure size 640x480 with 1 Axes>", "image/svg+xml": "<svg/>"}
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["1\n"]},
        {"output_type": "display_data", "data": svg},
        {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero"},
    ]
    assert shown["a"] == of_notebook(outputs)
    for i in range(len(outputs)):
        assert shown["a"] != of_notebook(outputs[:i] + outputs[i + 1 :])
    assert shown["b"] == of_notebook([{"output_type": "o", "data": {"text/plain": ["2"]}}])
