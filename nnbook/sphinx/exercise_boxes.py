"""Sphinx extension: an exercise becomes a box with its text, its cells and its folded solution.

In a notebook it is a heading, ``Exercise 1.3.4-d · Title``, and the cells below: the answer, the
check, the solution's text in ``<details>`` and, last, the cells of its code.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from nnbook.sphinx.cell_ids import Cell

TITLE = re.compile(r"Exercise (\d+(?:\.\d+)+-[a-z]) · .+")
FOLD_END = "</details>"


def exercise_id(title: str) -> str | None:
    """Return the id of the exercise that a heading begins, such as ``"ex-1-3-4-d"``, or None."""
    match = TITLE.fullmatch(title)
    return match and f"ex-{match[1].replace('.', '-')}"


def box_exercises(app: Sphinx, doctree: nodes.document) -> None:
    """Put every exercise of a page into a box."""
    for section in list(doctree.findall(nodes.section)):
        if name := exercise_id(section[0].astext()):
            box_exercise(section, name)


def box_exercise(section: nodes.section, name: str) -> None:
    """Replace a section by a box of what belongs to its exercise, and by what follows."""
    title, *parts = section.children
    solved = [i for i, part in enumerate(parts) if is_cell(part, f"{name}-solved")]
    if not solved:
        raise ExtensionError(f"exercise {name} has no cell {name}-solved")
    end = solved[-1] + 1
    heading = nodes.rubric("", "", *title.children, **{"heading-level": 4})
    content = fold_code(parts[: solved[0]], parts[solved[0] : end])
    box = nodes.container("", heading, *content, classes=["nn-exercise"])
    box["ids"] = [name, *section["ids"]]
    section.parent.replace(section, [box, *parts[end:]])


def is_cell(part: nodes.Node, start: str) -> bool:
    """Tell whether a node is a cell whose id starts so."""
    return isinstance(part, Cell) and part["cell_id"].startswith(start)


def fold_code(parts: list[nodes.Node], code: list[nodes.Node]) -> list[nodes.Node]:
    """Put the solution's code at the end of the fold of the solution's text."""
    for cell in code:
        cell.attributes.pop("hide_mode", None)  # the fold of the text hides it
    folds = [i for i, part in enumerate(parts) if part.astext().strip() == FOLD_END]
    if not folds:
        raise ExtensionError(f"the solution of {code[0]['cell_id']} has no text in <details>")
    return [*parts[: folds[-1]], *code, *parts[folds[-1] :]]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension: after the cells have their ids, before the contents are listed."""
    app.connect("doctree-read", box_exercises, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
