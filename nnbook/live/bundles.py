"""In which forms a value can be shown: as text, as HTML, as a picture."""

import base64
from collections.abc import Callable
from typing import Any

__all__ = ["bundle_of"]

METHODS = {  # from the method to the media type
    "_repr_html_": "text/html",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
}

Formatter = Callable[[Any], dict[str, Any]]


def bundle_of(value: Any, formatters: dict[type, Formatter]) -> dict[str, Any]:
    """Return all forms in which a value can be shown, from media type to content.

    Parameters
    ----------
    value : object
    formatters : dict
        From a type to the function that makes the forms of its values.
    """
    data = {"text/plain": repr(value)}
    for kind in type(value).__mro__:
        if kind in formatters:
            return data | formatters[kind](value)
    # Methods of the type: those of a class are for its instances, and a value may make up an
    # attribute for every name that it is asked for.
    if method := getattr(type(value), "_repr_mimebundle_", None):
        bundle = method(value)
        return data | (bundle[0] if isinstance(bundle, tuple) else bundle)
    for name, media in METHODS.items():
        method = getattr(type(value), name, None)
        shown = method(value) if method else None
        if isinstance(shown, bytes):
            shown = base64.b64encode(shown).decode()
        if shown is not None:
            data[media] = shown
    return data
