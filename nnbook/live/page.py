"""Begins Python in a page: a kernel whose messages are JSON."""

import ast
import json
import time
from collections.abc import Callable
from typing import Any

from nnbook.live.kernel import Kernel
from nnbook.live.needs import needed_by

__all__ = ["PagePython"]

PIECE = 0.05  # seconds
SLEEP = time.sleep
DRAWING = (  # what imports matplotlib
    "matplotlib",
    "mpl_toolkits",
    "pylab",
    "PIL",
    "nnbook.drawing",
    "nnbook.explorer",
    "nnbook.live.figures",
    "nnbook.stepper",
)


class PagePython:
    """What the worker of a page calls: everything goes to and fro as JSON.

    Parameters
    ----------
    post : callable
        Gets the text of each message and a list of buffers.
    """

    def __init__(self, post: Callable[[str, list[bytes]], object]) -> None:
        self.kernel = Kernel(lambda message, buffers: post(json.dumps(message), buffers))
        time.sleep = sleep_in_pieces

    async def run(self, cell: str, source: str) -> None:
        """Run a cell."""
        await self.kernel.run(cell, source)

    def draws(self, source: str) -> bool:
        """Tell whether a cell imports what needs matplotlib."""
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            return False  # it shows its error alone
        names: list[str] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        return any(f"{name}.".startswith(f"{each}.") for name in names for each in DRAWING)

    def needs(self, sources: str) -> str:
        """Return for each of the cells which earlier ones it needs."""
        return json.dumps(needed_by(json.loads(sources)))

    def connect_figures(self) -> None:
        """Import matplotlib, and show its figures in the page."""
        self.kernel.connect_figures()

    def receive(self, number: int, content: str) -> None:
        """Hand a message to a widget."""
        self.kernel.receive(number, json.loads(content))


def sleep_in_pieces(seconds: Any, /) -> None:
    """Do what `time.sleep` does, in short pieces, so that a sleeping cell can be stopped."""
    end = time.monotonic() + seconds
    SLEEP(min(seconds, PIECE))  # a time that is none is refused here
    while (left := end - time.monotonic()) > 0:
        SLEEP(min(left, PIECE))
