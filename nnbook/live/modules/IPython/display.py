"""In a page: `display`, and what says in which form a text is to be shown."""

from __main__ import display  # the kernel's: a cell that imports it must not call itself

__all__ = ["HTML", "SVG", "Markdown", "display"]


class _Shown:
    media = "text/plain"

    def __init__(self, data):
        self.data = data

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {self.media: self.data}


class HTML(_Shown):
    """A text that is HTML."""

    media = "text/html"


class SVG(_Shown):
    """A text that is a drawing."""

    media = "image/svg+xml"


class Markdown(_Shown):
    """A text that is Markdown; a page shows it as it is."""

    media = "text/markdown"
