"""A chapter as a reader runs it: its cells in order, and the names that each exercise finds."""

import ast
import contextlib
import copy
import io
import re
from pathlib import Path

import matplotlib as mpl
import nbformat
import numpy as np

FOLDER = Path(__file__).parents[2] / "notebooks"
HEADING = re.compile(r"^#### Exercise (\S+) · \S", re.MULTILINE)
SOLUTION = re.compile(r"<details>\n<summary>Solution</summary>\n\n.+\n\n</details>", re.DOTALL)
CODE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
WIDGET = re.compile(r"explore\(|Playground\(|break_the_gradient\(")


class Chapter:
    """The code of a notebook, run once; `arrive` goes back to any exercise.

    Parameters
    ----------
    name : str
        The notebook's name.
    slow : set of str
        Ids of cells that no exercise needs. Those with widgets are left out as well.
    """

    def __init__(self, name, slow=()):
        self.name = name
        notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
        texts = {c.id: c.source for c in notebook.cells if c.cell_type == "markdown"}
        headings = [match for text in texts.values() for match in HEADING.finditer(text)]
        self.numbers = {exercise_of(match[1]): match[1] for match in headings}
        self.questions = {exercise_of(match[1]): match.string[match.end() :] for match in headings}
        self.folded = [
            name.removesuffix("-solution")
            for name, text in texts.items()
            if name.endswith("-solution") and SOLUTION.fullmatch(text)
        ]
        self.solutions = {
            name: "\n".join(CODE.findall(texts[f"{name}-solution"])) for name in self.folded
        }
        self.metadata = {cell.id: cell.metadata for cell in notebook.cells}
        self.cells = {
            cell.id: cell.source.replace("plt.show()", 'plt.close("all")')
            for cell in notebook.cells
            if cell.cell_type == "code" and cell.id != "colab"  # it installs what is here
        }
        self.checked = [cell[:-6] for cell in self.cells if re.fullmatch("ex-.*-check", cell)]
        self.names, self._before = {}, {}
        with mpl.rc_context(), contextlib.chdir(FOLDER):
            for cell, source in self.cells.items():
                self._before[cell] = copied(self.names) if cell.endswith("-answer") else None
                if cell not in slow and not WIDGET.search(source):
                    self.run(cell)

    def arrive(self, exercise):
        """Give every name the value that it has before an exercise, and run the answer's cell."""
        self._go_before(exercise)
        self.run(f"{exercise}-answer")

    def solve(self, exercise):
        """Put the book's solution in the place of the answer, and return what the check says."""
        self._go_before(exercise)
        self._run_code(self.solutions[exercise], exercise)
        return self.run(f"{exercise}-check")

    def _go_before(self, exercise):
        self.names.clear()
        self.names.update(copied(self._before[f"{exercise}-answer"]))

    def judge(self, exercise, answer=""):
        """Write an answer into the exercise's cell and return what the check says of it."""
        self.arrive(exercise)
        exec(answer, self.names)
        return self.run(f"{exercise}-check")

    def run(self, cell):
        """Run a cell, where there is one, and return the value of its last line."""
        return self._run_code(self.cells.get(cell, ""), cell)

    def _run_code(self, source, name):
        body = ast.parse(source).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(ast.Module(body, []), name, "exec"), self.names)
            return last and eval(compile(ast.Expression(last.value), name, "eval"), self.names)


def exercise_of(number):
    """Return the id of an exercise, such as ``"ex-1-3-4-d"``, by its number."""
    return f"ex-{number.replace('.', '-')}"


def given_away(source):
    """List what a check cell holds beside the exercise's number and the reader's names."""
    allowed = (ast.Call, ast.Name, ast.Load, ast.Store, ast.keyword, ast.Expr, ast.Assign)
    allowed += (ast.Dict, ast.List, ast.Module)
    *before, last = ast.parse(source).body
    if not (isinstance(last, ast.Expr) and ast.unparse(last).startswith("check(")):
        return [ast.unparse(last)]
    last.value.args.pop(0)
    nodes = [node for part in (*before, last) for node in ast.walk(part)]
    keys = {id(key) for node in nodes if isinstance(node, ast.Dict) for key in node.keys}
    return [
        ast.unparse(node)
        for node in nodes
        if not isinstance(node, allowed) and id(node) not in keys
    ]


def copied(names):
    """Copy the arrays and random generators among some names; the rest stays what it is."""
    memo = {}
    return {
        name: copy.deepcopy(value, memo) if is_data(value) else value
        for name, value in names.items()
    }


def is_data(value):
    """Tell whether a cell can change a value in place."""
    return isinstance(value, np.random.Generator) or (
        isinstance(value, np.ndarray) and value.dtype != object
    )
