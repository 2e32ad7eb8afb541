"""Sphinx extension: names of the library lead to their places on the reference page.

A text writes `Affine`, `Trainer.fit` or `layers.Affine` as code, and nothing else; the first of
each name in a section becomes a link.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode

LIBRARY, REFERENCE = "nnlib", "notebooks/api"
KINDS = {"class", "exception", "function", "method", "module"}


def names_of(objects: Mapping[str, Any]) -> dict[str, str]:
    """Return full names by what a text may call them.

    `nnlib.trainer.Trainer.fit` is called so, `trainer.Trainer.fit` or `Trainer.fit`; what is in a
    module, such as `nnlib.layers.Affine`, also `nnlib.Affine`.
    """
    names = {}
    for full, entry in objects.items():
        library, *path = full.split(".")
        if library != LIBRARY or entry.objtype not in KINDS or len(path) < 2:
            continue
        for short in (full, ".".join(path), ".".join(path[1:]), ".".join([library, *path[1:]])):
            names[short] = full
    return names


def link_names(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make links of the names of a page."""
    objects = app.env.domaindata["py"]["objects"]
    if docname == REFERENCE:
        return
    names = names_of(objects)
    for section in doctree.findall(nodes.section):
        linked = set()
        for literal in list(own_literals(section)):
            full = names.get(literal.astext().removesuffix("()"))
            if full and full not in linked:
                linked.add(full)
                entry = objects[full]
                literal.replace_self(
                    make_refnode(
                        app.builder, docname, entry.docname, entry.node_id, literal.deepcopy(), full
                    )
                )


def own_literals(section: nodes.Element) -> Iterable[nodes.literal]:
    """Yield the code in the sentences of a section, without titles, links and sections inside."""
    for child in section.children:
        if isinstance(child, nodes.literal):
            yield child
        elif not isinstance(child, nodes.section | nodes.title | nodes.rubric | nodes.reference):
            yield from own_literals(child) if isinstance(child, nodes.Element) else ()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("doctree-resolved", link_names)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
