"""The code cells of a stored notebook, and what one of them shows a reader."""

import ast
import contextlib
import io
from pathlib import Path

import nbformat

FOLDER = Path(__file__).parents[2] / "notebooks"


def load(name):
    """Return the source of every code cell of a notebook under the cell's id."""
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    return {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}


def run(source, names):
    """Run a cell and return what it prints, then the value of its last line."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
        value = last and eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    return printed.getvalue() + ("" if value is None else repr(value))


def names_before(cells, cell_id):
    """Run the cells before this one, without those that draw or measure, and return their names."""
    names = {}
    for name, source in cells.items():
        if name == cell_id:
            break
        if not any(call in source for call in ("plt.show()", "repeat(", "set_matplotlib_formats")):
            run(source, names)
        elif name == "setup":
            exec("import textwrap\nimport matplotlib.pyplot as plt\nimport numpy as np", names)
    return names
