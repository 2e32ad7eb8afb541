"""The playground as the notebook of chapter 1.4 keeps it: its settings and its stored runs."""

import base64
import functools
import json
import re
from html import unescape
from pathlib import Path

import nbformat
import numpy as np

from nnbook.runs import Run

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "1_4_spiral.ipynb"
CELL = "playground"


@functools.cache
def stored():
    """Return the settings and, under their names, the texts of the data chunks."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.get("id") == CELL]
    html = cell.outputs[0].data["text/html"]
    return settings_of(html), dict(
        re.findall(r'data-nn-chunk="(\w+)">(.*?)</script>', html, re.DOTALL)
    )


def settings_of(html):
    return json.loads(unescape(re.search(r'data-nn-settings="([^"]*)"', html)[1]))


def stored_run(learning_rate, hidden_size, seed):
    """Return a run with the weights that are stored, whichever machine has trained them."""
    settings, chunks = stored()
    runs = json.loads(chunks[settings["chunks"][f"{hidden_size}-{seed}"]])
    kept = runs[f"{learning_rate:g}"]
    epochs = tuple(kept["epochs"])
    weights = _floats(kept["weights"]).reshape(len(epochs), -1)
    loss = _floats(kept["loss"])
    return Run(learning_rate, hidden_size, seed, epochs, loss, weights, kept["message"])


def _floats(text):
    return np.frombuffer(base64.b64decode(text), dtype="<f4")
