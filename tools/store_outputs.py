"""Run notebooks in place and store their outputs so that the same code always gives the same bytes.

    python tools/store_outputs.py notebooks/1_1_math_and_python.ipynb ...

What differs from run to run is not stored: times, the Python version, random widget ids, stderr.
A notebook with a cell that fails stays as it is.
"""

import argparse
import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
COLOUR = re.compile(r"\x1b\[[\d;]*m")  # of a traceback in a terminal
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


class NotStoredError(Exception):
    """A notebook could not be run to its end."""


def store(path):
    """Execute one notebook, make its outputs reproducible, and write it back."""
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells):
        cell.setdefault("id", f"cell-{number}")
    notebook.nbformat_minor = 5
    notebook.metadata.pop("widgets", None)
    execute(notebook, path)
    notebook.metadata["kernelspec"] = KERNEL
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        tidy_cell(cell)
    write(path, with_stable_widgets(notebook))


def execute(notebook, path):
    """Run all cells in a fresh kernel, in the notebook's folder."""
    os.environ["NNBOOK_STORE_OUTPUTS"] = "1"  # widgets give the form that needs no kernel
    client = NotebookClient(
        notebook,
        timeout=600,
        startup_timeout=300,  # a busy machine may take more than a minute
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--IPKernelApp.log_level=40"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        message = COLOUR.sub("", str(error))
        raise NotStoredError(f"{path} is not stored: {message}") from None


def tidy_cell(cell):
    """Drop timing, stderr and the live form of every widget that also has an HTML form."""
    cell.metadata.pop("execution", None)
    if cell.cell_type != "code":
        return
    cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    for output in cell.outputs:
        if "text/html" in output.get("data", {}):
            output.data.pop(VIEW, None)


def with_stable_widgets(notebook):
    """Return the notebook's text; widget models stay only if one is shown, numbered in order."""
    models = notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    if not any(VIEW in output.get("data", {}) for output in outputs):
        notebook.metadata.pop("widgets", None)
    text = nbformat.writes(notebook)
    for number, model_id in enumerate(models):
        text = text.replace(model_id, f"{number:032x}")
    # Parsed and written again: the new ids change the order of the keys.
    return nbformat.writes(nbformat.reads(text, as_version=4)) + "\n"


def write(path, text):
    """Replace a file as a whole: a write that is cut short leaves the old one."""
    part = path.with_suffix(".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def main():
    """Run every notebook named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=2, help="notebooks run at the same time")
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        runs = {path: pool.submit(store, path) for path in options.notebooks}
    faults = {path: run.exception() for path, run in runs.items()}
    for path, fault in faults.items():
        print(fault or path, file=sys.stderr if fault else sys.stdout)
    sys.exit(any(faults.values()))


if __name__ == "__main__":
    main()
