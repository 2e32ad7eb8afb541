"""The outcome of a check: right, wrong or open, as words and as a box in a page.

All checks share these words, and none of them raises, whatever an answer does.
"""

import functools
import html
import re
import reprlib
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnbook.palette import paint
from nnlib.backend import to_numpy

CAUGHT = (Exception, SystemExit)  # but a KeyboardInterrupt stops the check
CORRECT = "Correct."
OPEN = "Not answered yet"
NO_ANSWER = f"{OPEN}: replace ... with your answer."

MARKS = {"right": "✓ Right", "wrong": "✗ Not right yet", "open": f"○ {OPEN}"}
BORDERS = {"right": paint("class-2"), "wrong": paint("class-1"), "open": paint("line")}
BOX = "border-left: 0.3em solid {}; margin: 0.3em 0; padding: 0.2em 0.9em"
CLOSE = "margin: 0.2em 0"  # the distance of one line from the next


@dataclass(frozen=True)
class Verdict:
    """The outcome of a check; a notebook shows its message, in a box where it can.

    Attributes
    ----------
    ok : bool
    message : str
        One or several lines: what is right, and what is wrong.
    open : bool
        Whether an answer is missing and nothing else is wrong.
    hint : str
        What helps a reader to begin, with code in backticks. The box folds it away, and a right
        answer has no need of it.
    """

    ok: bool
    message: str
    open: bool = False
    hint: str = ""

    @property
    def state(self) -> str:
        """``"right"``, ``"wrong"`` or ``"open"``."""
        return "right" if self.ok else "open" if self.open else "wrong"

    def __repr__(self) -> str:
        return self.message

    def _repr_html_(self) -> str:
        """Return the box, which a notebook shows in place of the bare words."""
        hint = "" if self.ok or not self.hint else _folded(self.hint)
        return (
            f'<div class="nn-verdict" data-nn-verdict="{self.state}" '
            f'style="{BOX.format(BORDERS[self.state])}">'
            f"<strong>{MARKS[self.state]}</strong>{_as_html(_beside_mark(self.message))}{hint}</div>"
        )


def _beside_mark(message: str) -> list[str]:
    """Return the lines of a message, without what the mark above them says already."""
    if message == CORRECT:
        return []
    lines = [line.replace(f": {NO_ANSWER}", ": not answered yet") for line in message.splitlines()]
    if len(lines) == 1 and message.startswith(f"{OPEN}: "):
        rest = message.removeprefix(f"{OPEN}: ")
        return [rest[0].upper() + rest[1:]]
    return lines


def _as_html(lines: list[str]) -> str:
    """Return lines as a sentence, or as a list if there are several."""
    escaped = [html.escape(line) for line in lines]
    if len(escaped) > 1:
        items = "".join(f"<li>{line}</li>" for line in escaped)
        return f'<ul style="{CLOSE}">{items}</ul>'
    return "".join(f'<p style="{CLOSE}">{line}</p>' for line in escaped)


def _folded(hint: str) -> str:
    """Return a hint that a reader opens, with what stands in backticks as code."""
    words = re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(hint))
    summary = '<summary style="cursor: pointer">Hint</summary>'
    return f'<details>{summary}<p style="{CLOSE}">{words}</p></details>'


def judged(fault: str | None, praise: str = CORRECT) -> Verdict:
    """Return the verdict on an answer with this fault, or with none."""
    return Verdict(not fault, fault or praise, open=(fault or "").startswith(OPEN))


def joined(verdicts: dict[str, Verdict]) -> Verdict:
    """Return one verdict over several parts, with a line for each."""
    parts = verdicts.values()
    return Verdict(
        ok=all(part.ok for part in parts),
        message="\n".join(f"{name}: {verdict}" for name, verdict in verdicts.items()),
        open=not any(part.state == "wrong" for part in parts) and any(part.open for part in parts),
    )


def never_raises(check: Callable[..., Verdict]) -> Callable[..., Verdict]:
    """Turn what an answer raises, wherever the check meets it, into a verdict."""

    @functools.wraps(check)
    def guarded(*arguments: Any, **options: Any) -> Verdict:
        try:
            return check(*arguments, **options)
        except CAUGHT as error:
            return Verdict(False, f"Your code raised {describe_error(error)}")

    return guarded


def describe(value: Any) -> str:
    """Return in a few words what a value is."""
    if isinstance(value, (int, float, complex, str)):
        return reprlib.repr(value)
    if isinstance(getattr(value, "shape", None), tuple):
        kind = "" if to_numpy(value).dtype.kind in "iuf" else f" and type {value.dtype}"
        return f"an array of shape {value.shape}{kind}"
    return f"a {type(value).__name__}"


def describe_error(error: BaseException) -> str:
    """Return an error's type and message, even if making the message raises."""
    return "".join(traceback.format_exception_only(error)).strip()
