"""The kernel of a page: runs cells as a notebook does and hands on what they show.

It is plain Python, without IPython and without a browser: `send` gets a dictionary for every
output. In a page that is the worker's ``postMessage``; in a test it is the ``append`` of a list.
"""

import ast
import builtins
import inspect
import io
import linecache
import sys
import time
import tokenize
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nnbook.live.bundles import Formatter, bundle_of
from nnbook.live.errors import describe_error
from nnbook.live.streams import Stream
from nnbook.widget.in_page import MEDIA, PageWidget

__all__ = ["Kernel", "NoInputError"]

FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
OURS = frozenset(map(str, Path(__file__).parent.glob("*.py")))  # not shown in a traceback
NOT_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER}

Message = dict[str, Any]


class NoInputError(RuntimeError):
    """A cell asks for typed input, which a page can't wait for."""


class Kernel:
    """The names of one page and the way to run its cells in them.

    Parameters
    ----------
    send : callable
        Gets each message and a list of buffers. Messages of a cell carry its name as ``cell``.

    Attributes
    ----------
    names : dict
        The global names of the cells.
    """

    def __init__(self, send: Callable[[Message, list[bytes]], object]) -> None:
        self._send = send
        self._cell = ""
        self._formatters: dict[type, Formatter] = {}
        self._widgets: dict[int, tuple[str, PageWidget]] = {}
        self._made = 0
        self._streams = {name: Stream(name, self._output) for name in ("stdout", "stderr")}
        self._streams["stdout"].beside = self._streams["stderr"]
        self._streams["stderr"].beside = self._streams["stdout"]
        module = types.ModuleType("__main__")
        self.names = module.__dict__
        self.names["__builtins__"] = builtins
        self.names["display"] = self.display
        self.names["input"] = _no_input
        self.names["get_ipython"] = lambda: None
        sys.modules["__main__"] = module

    # ---------------------------------------------------------------- running

    async def run(self, cell: str, source: str) -> bool:
        """Run a cell; return whether it came to its end.

        The last message is of type "done", with ``ok`` and the ``seconds`` that it took.
        """
        self._begin(cell)
        outside = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self._streams["stdout"], self._streams["stderr"]
        started = time.perf_counter()
        ok = False
        try:
            await self._run(f"<cell {cell}>", source)
            self._show_figures()
            ok = True
        except BaseException as error:  # of whatever kind: the reader sees it below the cell
            self._flush()
            self._close_figures()
            self._output(describe_error(error, OURS))
        finally:
            self._flush()
            sys.stdout, sys.stderr = outside
        seconds = time.perf_counter() - started
        self._output({"type": "done", "ok": ok, "seconds": seconds})
        return ok

    def _begin(self, cell):
        self._cell = cell
        self._widgets = {n: pair for n, pair in self._widgets.items() if pair[0] != cell}
        for stream in self._streams.values():
            stream.begin()

    async def _run(self, filename, source):
        lines = list(io.StringIO(source))
        linecache.cache[filename] = (len(source), None, lines, filename)
        self.names["__file__"] = filename  # where `inspect` looks for the classes of this cell
        tree = compile(source, filename, "exec", FLAGS | ast.PyCF_ONLY_AST, dont_inherit=True)
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr) and not _is_silent(source):
            last = ast.Expression(tree.body.pop().value)
        await self._execute(compile(tree, filename, "exec", FLAGS, True))
        if last is not None:
            value = await self._execute(compile(last, filename, "eval", FLAGS, True))
            if value is not None:
                self.names["_"] = value
                self._show("result", value)

    async def _execute(self, code):
        value = eval(code, self.names)
        return await value if code.co_flags & inspect.CO_COROUTINE else value

    # ---------------------------------------------------------------- showing

    def display(self, *values: Any, **_: Any) -> None:
        """Show values in the cell that runs."""
        for value in values:
            self._show("display", value)

    def format(self, kind: type, formatter: Formatter) -> None:
        """Show values of a type in the forms that a function makes of them."""
        self._formatters[kind] = formatter

    def _show(self, kind, value):
        data = bundle_of(value, self._formatters)
        if widget := data.pop(MEDIA, None):
            data[MEDIA] = self._adopt(widget)
        self._flush()
        self._output({"type": kind, "data": data})

    def _flush(self):
        for stream in self._streams.values():
            stream.flush()

    def _output(self, message, buffers=()):
        self._send(message | {"cell": self._cell}, list(buffers))

    def connect_figures(self) -> None:
        """Show matplotlib's figures in the page from now on; this imports matplotlib."""
        from nnbook.live import figures

        figures.connect(self.display)
        self.format(figures.Figure, figures.bundle)

    def _show_figures(self):
        if "matplotlib.pyplot" in sys.modules:
            self.connect_figures()
            sys.modules["nnbook.live.figures"].show()

    def _close_figures(self):
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")

    # ---------------------------------------------------------------- widgets

    def _adopt(self, widget):
        """Give a widget a number and a way to the page; describe it for the page."""
        self._made += 1
        number = self._made
        self._widgets[number] = self._cell, widget
        widget.post = lambda content, buffers: self._send(
            {"type": "widget", "number": number, "content": content}, list(buffers)
        )
        return {"number": number, "kind": widget.kind, "settings": widget.settings}

    def receive(self, number: int, content: Any) -> None:
        """Hand a message of the page to a widget; one that is gone hears nothing."""
        _, widget = self._widgets.get(number, ("", None))
        if widget is None:
            return
        try:
            widget.receive(content)
        except BaseException as error:  # a widget has no cell for a traceback
            described = describe_error(error, OURS)
            message = f"{described['name']}: {described['value']}"
            self._send({"type": "widget-error", "number": number, "message": message}, [])


def _is_silent(source):
    """Tell whether a cell ends with a semicolon, which hides its value."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    code = [token.string for token in tokens if token.type not in NOT_CODE and token.string]
    return code[-1] == ";"


def _no_input(prompt: str = "") -> str:
    raise NoInputError("input() can't wait for a reader in this page: write the value in the cell")
