"""Run the cells of a chapter as a reader's page does, and as the whole chapter does; compare.

    python tests/nnbook/needs_proof.py 1_4_spiral        # every cell
    python tests/nnbook/needs_proof.py 1_4_spiral 7      # every seventh cell

Every cell that is tried runs in an empty namespace after those that it needs. Cells whose needs
begin alike share that beginning: where they part, the process is forked.
"""

import ast
import contextlib
import hashlib
import io
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "notebooks"
ADDRESS = re.compile(r" at 0x[0-9a-f]+")
SKIPPED = {
    "minibatch-speed": "compares two measured times",
    "time-here": "prints a measured time",
    "cupy-train": "prints a measured time",
}
SLOW = {  # neither run nor tried where only a sample is
    "mistakes-in-training", "mean-forgotten", "playground-ends", "start-matters-table",
    "time-here", "cupy-train",
}  # fmt: skip


def code_cells(name):
    """Return the ids and sources of a chapter's code cells; the first one only installs."""
    notebook = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells if cell["id"] != "colab"}


def shown(value):
    """Return the text of a cell's result: of a widget what it would show first."""
    if hasattr(value, "frame") and hasattr(value, "controls"):
        if "break_gradient" in value.draw.__module__:
            return "an explorer that needs nothing of the page"
        return value.frame(**{control.name: control.values[0] for control in value.controls})
    if hasattr(value, "frames"):
        return repr(value.frames)
    return ADDRESS.sub("", repr(value))


def figures():
    """Return a digest of each open figure."""
    import matplotlib.pyplot as plt

    drawn = []
    for number in plt.get_fignums():
        file = io.BytesIO()
        plt.figure(number).savefig(file, format="svg", metadata={"Date": None})
        drawn.append(hashlib.sha256(file.getvalue()).hexdigest()[:16])
    return drawn


def run(source, name, names, *, look):
    """Run a cell; return what it shows if it is to be looked at, and the seconds it took."""
    import matplotlib.pyplot as plt

    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed, value, error = io.StringIO(), None, ""
    started = time.process_time()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(ast.Module(body, []), name, "exec"), names)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), name, "eval"), names)
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
    seconds = time.process_time() - started
    outcome = [printed.getvalue(), shown(value), figures(), error] if look else None
    plt.close("all")
    return outcome, seconds


def walk(tree, cells, names, tell):
    """Run the cells of a tree from its root to each of its leaves."""
    for i, (cell, below) in enumerate(tree["below"].items()):
        if i + 1 < len(tree["below"]):
            child = os.fork()
            if child:
                status = os.waitpid(child, 0)[1]
                if status:
                    raise RuntimeError(f"a process ended with {status} at {cell}")
                continue
        outcome, _ = run(cells[cell], cell, names, look=below["looked_at"])
        if below["looked_at"]:
            tell(cell, outcome)
        walk(below, cells, names, tell)
        if i + 1 < len(tree["below"]):
            os._exit(0)


def as_tree(paths):
    """Join lists of cells that begin alike."""
    tree = {"looked_at": False, "below": {}}
    for path in paths:
        here = tree
        for cell in path:
            here = here["below"].setdefault(cell, {"looked_at": False, "below": {}})
        here["looked_at"] = True
    return tree


def size_of(tree):
    return len(tree["below"]) + sum(map(size_of, tree["below"].values()))


def in_a_process(work):
    """Call `work` with a function that stores pairs, in a fork; return the pairs as a dict."""
    with tempfile.TemporaryFile("a+", encoding="utf-8") as file:

        def tell(key, value):
            file.write(json.dumps([key, value]) + "\n")
            file.flush()

        child = os.fork()
        if not child:
            code = 1
            try:
                work(tell)
                code = 0
            finally:
                os._exit(code)
        if os.waitpid(child, 0)[1]:
            raise RuntimeError("a process that ran cells has failed; see above")
        file.seek(0)
        return dict(map(json.loads, file))


def tried_cells(ids, needs, every):
    """Return the places of the cells to try, and of those to run."""
    left_out = {i for i, cell in enumerate(ids) if every > 1 and cell in SLOW}
    tried = [
        i
        for i, cell in enumerate(ids)
        if i % every == every - 1 and cell not in SKIPPED and not left_out & {i, *needs[i]}
    ]
    return tried, [i for i in range(len(ids)) if i not in left_out]


def prove(name, every=1, lost=None):
    """Compare both ways for every n-th cell of a chapter.

    Parameters
    ----------
    name : str
        Of the chapter's notebook.
    every : int
        1 tries every cell.
    lost : int, optional
        A cell that is struck from all needs, to see that this is noticed.

    Returns
    -------
    dict
        "different": what each cell that differs shows after all cells, and after those it needs;
        "errors": cells that end with one; "tried": how many; "runs": of cells, to try them;
        "needs" and "seconds" of each of the "ids".
    """
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    from nnbook.live.needs import needed_by

    plt.show = lambda: None
    os.chdir(FOLDER)
    cells = code_cells(name)
    ids = list(cells)
    needs = [[i for i in found if i != lost] for found in needed_by(list(cells.values()))]
    tried, run_too = tried_cells(ids, needs, every)
    tree = as_tree([*(ids[each] for each in needs[i]), ids[i]] for i in tried)

    def run_all(tell):
        names = {"__name__": "__main__"}
        for i in run_too:
            tell(ids[i], run(cells[ids[i]], ids[i], names, look=i in tried))

    whole = in_a_process(run_all)
    alone = in_a_process(lambda tell: walk(tree, cells, {"__name__": "__main__"}, tell))
    pairs = {ids[i]: [whole[ids[i]][0], alone.get(ids[i])] for i in tried}
    return {
        "different": {cell: pair for cell, pair in pairs.items() if pair[0] != pair[1]},
        "errors": [cell for cell, pair in pairs.items() if pair[0][-1]],
        "tried": len(tried), "runs": size_of(tree), "ids": ids, "needs": needs,
        "seconds": [whole[cell][1] if cell in whole else 0.0 for cell in ids],
    }  # fmt: skip


def main():
    """Print what was found, as JSON."""
    print(json.dumps(prove(sys.argv[1], *map(int, sys.argv[2:]))))


if __name__ == "__main__":
    main()
