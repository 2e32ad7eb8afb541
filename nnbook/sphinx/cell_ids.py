"""Sphinx extension: every cell of a notebook carries its id on its page, as ``data-nn-cell``.

A cell keeps its id when others are inserted, so that addresses and scripts can name it.
"""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


class Cell(nodes.container):
    """The container of a code cell, with the id that the cell has in its notebook."""


def notebook_cells(env: BuildEnvironment) -> list[dict[str, Any]]:
    """Return the cells of the notebook that is being read; no cells where it is another file."""
    path = Path(env.doc2path(env.docname))
    if path.suffix != ".ipynb":
        return []
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def name_cells(app: Sphinx, doctree: nodes.document) -> None:
    """Give every code cell that was read from a notebook its id."""
    cells = notebook_cells(app.env)
    for container in list(doctree.findall(nodes.container)):
        if container.get("nb_element") == "cell_code":
            cell = Cell("", *container.children, **container.attributes)
            cell["cell_id"] = cells[container["cell_index"]].get("id", "")
            container.replace_self(cell)


def open_cell(translator: Any, node: Cell) -> None:
    """Write the start of a cell, as for any container but with its id."""
    attributes = {"CLASS": "docutils container", "data-nn-cell": node["cell_id"]}
    translator.body.append(translator.starttag(node, "div", **attributes))


def close_cell(translator: Any, node: Cell) -> None:
    """Write the end of a cell."""
    translator.body.append("</div>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_node(Cell, html=(open_cell, close_cell))
    app.connect("doctree-read", name_cells)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
