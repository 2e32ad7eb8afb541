"""Redraw a picture for the newest values only, so that a fast hand never has to wait."""

import asyncio
from collections.abc import Callable

__all__ = ["Redraw"]

SETTLE_SECONDS = 0.03


class Redraw:
    """Calls `show` soon after a change, once for all changes that arrive meanwhile.

    Parameters
    ----------
    show : callable
        Draws with the values that the controls have when it is called.
    report : callable
        Called with a message as plain text if `show` raises, so that the reader sees it beside the
        controls and can move them back.
    """

    def __init__(self, show: Callable[[], object], report: Callable[[str], object]) -> None:
        self.show = show
        self.report = report
        self.waiting = False

    def now(self) -> None:
        """Draw at once."""
        self.waiting = False
        try:
            self.show()
        except (Exception, KeyboardInterrupt) as error:  # a widget has no cell for a traceback
            self.report(": ".join(filter(None, [type(error).__name__, str(error)])))

    def soon(self, change: object = None) -> None:
        """Draw once the messages that are already on their way have arrived."""
        if self.waiting:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no loop, no messages on their way
            self.now()
            return
        self.waiting = True
        loop.call_later(SETTLE_SECONDS, self.now)
