"""A matplotlib backend: `plt.show` and the end of a cell hand every open figure to the page.

A page names it in ``MPLBACKEND``; `connect` says what shows a figure.
"""

import base64
import io
from collections.abc import Callable
from typing import Any

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase as FigureManager
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas
from matplotlib.figure import Figure

__all__ = ["Figure", "FigureCanvas", "FigureManager", "connect", "described", "show"]

look: dict[str, Any] = {"format": "svg", "bbox_inches": "tight"}
_display: list[Callable[[Figure], object]] = []


def connect(display: Callable[[Figure], object]) -> None:
    """Say what shows a figure."""
    _display[:] = [display]


def show(*_: Any, **__: Any) -> None:
    """Show all open figures, the oldest first, and close them."""
    if not _display:  # they wait for the end of the cell
        return
    figures = [manager.canvas.figure for manager in Gcf.get_all_fig_managers()]
    Gcf.destroy_all()
    for figure in figures:
        if figure.get_children() != [figure.patch]:  # it is not empty
            _display[0](figure)


def set_matplotlib_formats(*formats: str, **settings: Any) -> None:
    """Choose the form of figures, as in a notebook; a page shows one: SVG if it is among them."""
    kind = "svg" if "svg" in formats else "png"
    look.clear()
    look.update({"bbox_inches": "tight"} | settings | {"format": kind})


def bundle(figure: Figure) -> dict[str, Any]:
    """Return a figure as a picture, with an alternative text made from its words."""
    from nnbook.drawing.svg import fit_page  # nnbook.drawing imports this module, in a page

    with io.BytesIO() as file:
        figure.savefig(file, **look)
        raw = file.getvalue()
    words = {"alt": described(figure)}
    if look["format"] == "svg":
        return words | {"image/svg+xml": fit_page(raw.decode())}
    return words | {"image/png": base64.b64encode(raw).decode()}


def described(figure: Figure) -> str:
    """Return the titles and labels of a figure in one line, for readers who can't see it."""
    parts = [figure.get_suptitle()]
    for ax in figure.axes:
        parts += [ax.get_title(), f"{ax.get_xlabel()} – {ax.get_ylabel()}".strip(" –")]
    return "; ".join(part for part in parts if part)
