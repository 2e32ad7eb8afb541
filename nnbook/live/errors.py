"""What a reader is told of an exception: where it happened, line by line, and in which code."""

import linecache
import traceback
from types import TracebackType

__all__ = ["describe_error"]

AROUND = 2  # lines shown before and after the line that raised
MOST_FRAMES = 40  # of a recursion, half from each end


def describe_error(error: BaseException, ours: frozenset[str] = frozenset()) -> dict:
    """Describe an exception for a page.

    Parameters
    ----------
    error : BaseException
    ours : set of str
        Files whose frames are left out: those that run the cells.

    Returns
    -------
    dict
        ``type`` ("error"), ``name``, ``value``, ``causes`` and ``text``, the plain traceback. The
        causes are a list, the exception that came last at its end, each with ``name``, ``value``,
        ``link`` (how it led to the next: "cause", "context" or None) and ``frames``: dictionaries
        of ``file``, ``line`` (from 1), ``function`` and ``code``, pairs of a number and a text.
    """
    chain = _chain(error)
    causes = [
        {
            "name": type(each).__name__,
            "value": _value(each),
            "link": link,
            "frames": _frames(each, ours),
        }
        for each, link in chain
    ]
    text = "".join(traceback.format_exception(type(error), error, _outside(error, ours)))
    return {"type": "error", **{k: causes[-1][k] for k in ("name", "value")}} | {
        "causes": causes,
        "text": text,
    }


def _chain(error):
    """Return an exception and those that led to it, the first one first."""
    found: list = []
    link: str | None = None
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        found.append((error, link))
        if error.__cause__ is not None:
            error, link = error.__cause__, "cause"
        else:
            error, link = (None if error.__suppress_context__ else error.__context__), "context"
    return found[::-1]


def _value(error):
    message = error.msg if isinstance(error, SyntaxError) else error
    return "\n".join(map(_text, [message, *getattr(error, "__notes__", [])]))


def _text(part):
    try:
        return str(part)
    except Exception as fault:  # a reader's own __str__ may raise
        return f"<its message can't be made: {type(fault).__name__}>"


def _outside(error: BaseException, ours: frozenset[str]) -> TracebackType | None:
    """Return the traceback from the first frame on that is not ours."""
    frame = error.__traceback__
    while frame and frame.tb_frame.f_code.co_filename in ours:
        frame = frame.tb_next
    return frame


def _frames(error, ours):
    places = [
        (frame.f_code.co_filename, line, frame.f_code.co_name)
        for frame, line in traceback.walk_tb(_outside(error, ours))
    ]
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        places.append((error.filename, error.lineno, "<module>"))
    if len(places) > MOST_FRAMES:
        places = places[: MOST_FRAMES // 2] + places[-MOST_FRAMES // 2 :]
    return [
        {"file": file, "line": line, "function": name, "code": _code(file, line)}
        for file, line, name in places
    ]


def _code(file, line):
    lines = linecache.getlines(file)
    first, last = max(line - AROUND, 1), min(line + AROUND, len(lines))
    return [[number, lines[number - 1].rstrip("\n")] for number in range(first, last + 1)]
