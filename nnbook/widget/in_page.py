"""A widget where Python runs in a page: the page has its script, Python its settings."""

from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["MEDIA", "PageWidget"]

MEDIA = "application/vnd.nnbook.widget"


class PageWidget:
    """Stands in for an anywidget: it has settings, and messages go to and fro.

    Parameters
    ----------
    settings : dict
        What the script needs at once; anything that JSON can write.

    Attributes
    ----------
    kind : str
        Which script renders it.
    post : callable or None
        Takes a message and its buffers to the page; None before the widget is shown.
    """

    kind = ""
    post: Callable[[Any, Iterable[bytes]], object] | None = None

    def __init__(self, *, settings: dict[str, Any]) -> None:
        self.settings = settings
        self._hearers: list[Callable[..., object]] = []

    def on_msg(self, hear: Callable[..., object]) -> None:
        """Call a function with the widget, the message and no buffers whenever one arrives."""
        self._hearers.append(hear)

    def send(self, content: Any, buffers: Iterable[bytes] = ()) -> None:
        """Send a message; before the widget is shown it reaches nobody."""
        if self.post:
            self.post(content, buffers)

    def receive(self, content: Any) -> None:
        """Take a message of the page."""
        for hear in self._hearers:
            hear(self, content, [])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Return the widget itself: the kernel of a page describes it for the page."""
        return {MEDIA: self}
