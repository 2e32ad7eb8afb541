"""The outcome of a check, and the words that all checks share."""

import functools
import reprlib
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnlib.backend import to_numpy

CAUGHT = (Exception, SystemExit)  # but a KeyboardInterrupt stops the check
NO_ANSWER = "Not answered yet: replace ... with your answer."


@dataclass(frozen=True)
class Verdict:
    """The outcome of a check; a notebook shows its message.

    Attributes
    ----------
    ok : bool
    message : str
    """

    ok: bool
    message: str

    def __repr__(self) -> str:
        return self.message


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
