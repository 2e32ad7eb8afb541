"""Sphinx extension: an exercise becomes a box with its text, its cells and its folded solution.

In a notebook it is a heading, ``Exercise 1.3.4-d · Title``, and the cells below: the answer, the
check and, last, the solution in ``<details>``. The box carries the exercise's number and edition,
by which a page keeps whether the reader has solved it.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from nnbook.sphinx.cell_ids import notebook_cells

TITLE = re.compile(r"Exercise (\d+(?:\.\d+)+-[a-z]) · .+")
END = "</details>"


class Exercise(nodes.container):
    """The box of an exercise, with its number and its edition."""


def exercise_number(title: str) -> str | None:
    """Return the number of the exercise that a heading begins, such as ``"1.3.4-d"``, or None."""
    match = TITLE.fullmatch(title)
    return match and match[1]


def edition_of(sources: Iterable[str]) -> str:
    """Return 8 hexadecimal digits that change with the code of an exercise.

    Examples
    --------
    >>> edition_of(["x = ...", 'check("1.1.1-a", x)'])
    'c88fa493'
    """
    return hashlib.sha256("\n".join(sources).encode()).hexdigest()[:8]


def box_exercises(app: Sphinx, doctree: nodes.document) -> None:
    """Put every exercise of a page into a box."""
    cells = notebook_cells(app.env)
    for section in list(doctree.findall(nodes.section)):
        if number := exercise_number(section[0].astext()):
            box_exercise(section, number, cells)


def box_exercise(section: nodes.section, number: str, cells: list[dict[str, Any]]) -> None:
    """Replace a section by a box of what belongs to its exercise, and by what follows."""
    title, *parts = section.children
    ends = [i for i, part in enumerate(parts, start=1) if part.astext().strip() == END]
    if not ends:
        raise ExtensionError(f"exercise {number} has no solution in <details>")
    heading = nodes.rubric("", "", *title.children, **{"heading-level": 4})
    box = Exercise("", heading, *parts[: ends[0]], classes=["nn-exercise"])
    box["ids"] = [f"ex-{number.replace('.', '-')}", *section["ids"]]
    box["exercise"] = number
    box["edition"] = edition_of(code_in(box, cells))
    section.parent.replace(section, [box, *parts[ends[0] :]])


def code_in(box: Exercise, cells: list[dict[str, Any]]) -> list[str]:
    """Return the sources of the code cells in a box: the answer, the check and what is between."""
    inside = [
        each for each in box.findall(nodes.container) if each.get("nb_element") == "cell_code"
    ]
    return ["".join(cells[each["cell_index"]]["source"]) for each in inside]


def open_box(translator: Any, node: Exercise) -> None:
    """Write the start of a box, as for any container but with what is known of the exercise."""
    attributes = {
        "CLASS": "docutils container",
        "data-nn-exercise": node["exercise"],
        "data-nn-edition": node["edition"],
    }
    translator.body.append(translator.starttag(node, "div", **attributes))


def close_box(translator: Any, node: Exercise) -> None:
    """Write the end of a box."""
    translator.body.append("</div>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension: before the contents of a page are listed."""
    app.add_node(Exercise, html=(open_box, close_box))
    app.connect("doctree-read", box_exercises, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
