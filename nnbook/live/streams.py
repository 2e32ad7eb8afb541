"""What a cell prints: sent to the page in pieces, and cut where it would flood it."""

import io
import time
from collections.abc import Callable

__all__ = ["MOST_CHARACTERS", "Stream"]

PAUSE = 0.05  # seconds between two pieces
MOST_CHARACTERS = 100_000  # of one cell


class Stream(io.TextIOBase):
    """A text stream whose pieces go to the page as they come, at most every 50 ms.

    Parameters
    ----------
    name : str
        ``"stdout"`` or ``"stderr"``.
    send : callable
        Gets each message, a dictionary.

    Attributes
    ----------
    beside : Stream or None
        Another stream of the same cell: what was written to it before is sent before.
    """

    def __init__(self, name: str, send: Callable[[dict], object]) -> None:
        self.name = name
        self._send = send
        self.beside: Stream | None = None
        self.begin()

    def begin(self) -> None:
        """Forget what the cell before has printed."""
        self._parts: list[str] = []
        self._sent = 0.0
        self._room = MOST_CHARACTERS

    def writable(self) -> bool:
        """Return whether the stream can be written to: always."""
        return True

    def write(self, text: str) -> int:
        """Take text, and send it if the last piece is old enough."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.beside:
            self.beside.flush()
        if self._room < 0:
            return len(text)
        self._parts.append(text[: self._room])
        self._room -= len(text)
        if self._room < 0:
            self.flush()
            self._send({"type": "cut", "characters": MOST_CHARACTERS})
        elif time.monotonic() - self._sent > PAUSE:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what has not been sent."""
        text, self._parts = "".join(self._parts), []
        if text:
            self._sent = time.monotonic()
            self._send({"type": "stream", "name": self.name, "text": text})
