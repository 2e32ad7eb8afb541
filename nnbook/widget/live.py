"""What all widgets share: their script as an anywidget class, and the choice, live or stored."""

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nnbook import palette
from nnbook.stills import stored
from nnbook.widget.in_page import PageWidget
from nnbook.widget.modules import as_module

__all__ = ["live_class", "mimebundle", "module_source"]

SHARED = Path(__file__).parent
PARTS = SHARED.parent  # nnbook, with a folder for each widget


def mimebundle(
    text: str, *, to_html: Callable[[], str], to_widget: Callable[[], Any]
) -> dict[str, Any]:
    """Return what a notebook shows: the live widget, or the figure while outputs are being stored.

    Parameters
    ----------
    text : str
        What is shown where neither can be.
    to_html, to_widget : callables
        Make the one or the other; only the one that is shown is made.

    Returns
    -------
    dict
        From media type to content.
    """
    plain = {"text/plain": text}
    if os.environ.get("NNBOOK_STORE_OUTPUTS"):
        return plain | {"text/html": stored(to_html())}
    bundle = to_widget()._repr_mimebundle_()
    return (bundle[0] if isinstance(bundle, tuple) else bundle) | plain


def module_source(name: str) -> str:
    """Return the text of a widget's script as one module, with all that it imports."""
    return as_module(PARTS / name / f"{name}.js")


def styles_of(name: str) -> list[Path]:
    """Return the stylesheets of a widget: that of all widgets, and its own if it has one."""
    own = PARTS / name / f"{name}.css"
    return [SHARED / "widgets.css", *([own] if own.exists() else [])]


@functools.cache
def live_class(name: str) -> type:
    """Return the class of a widget that Python answers.

    It is an anywidget, made here so that importing needs none. Where Python runs in a page there is
    no anywidget: the page has the script, see `PageWidget`.

    Parameters
    ----------
    name : str
        Of the script, for example ``"playground"``.

    Returns
    -------
    type
        With the traits `settings` and `state`, both dictionaries that the script can read; it can
        `send` messages and hear them, `on_msg`.
    """
    if sys.platform == "emscripten":
        return type("LiveWidget", (PageWidget,), {"kind": name})
    import anywidget
    import traitlets

    class LiveWidget(anywidget.AnyWidget):
        _esm = module_source(name)
        _css = palette.css() + "".join(
            style.read_text(encoding="utf-8") for style in styles_of(name)
        )
        settings = traitlets.Dict().tag(sync=True)
        state = traitlets.Dict().tag(sync=True)

    return LiveWidget
