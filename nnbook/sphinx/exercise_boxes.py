"""Sphinx extension: an exercise becomes a box with its text, its cells and its folded solution.

In a notebook it is a heading, ``Exercise 1.3.4-d · Title``, and the cells below: the answer, the
check and, last, the solution in ``<details>``.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

TITLE = re.compile(r"Exercise (\d+(?:\.\d+)+-[a-z]) · .+")
END = "</details>"


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
    ends = [i for i, part in enumerate(parts, start=1) if part.astext().strip() == END]
    if not ends:
        raise ExtensionError(f"exercise {name} has no solution in <details>")
    heading = nodes.rubric("", "", *title.children, **{"heading-level": 4})
    box = nodes.container("", heading, *parts[: ends[0]], classes=["nn-exercise"])
    box["ids"] = [name, *section["ids"]]
    section.parent.replace(section, [box, *parts[ends[0] :]])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension: before the contents of a page are listed."""
    app.connect("doctree-read", box_exercises, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
