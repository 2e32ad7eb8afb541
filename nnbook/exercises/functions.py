"""Checks of functions: called with several inputs, compared with the right function."""

import copy
import dis
import inspect
from collections.abc import Callable, Sequence
from types import CodeType
from typing import Any

import numpy as np

from nnbook.exercises.values import find_fault
from nnbook.exercises.verdict import (
    CAUGHT,
    NO_ANSWER,
    Verdict,
    describe,
    describe_error,
    never_raises,
)

NO_RETURN = "Not answered yet: the function returns nothing. Use return."


@never_raises
def check_function(
    function: object,
    reference: Callable[..., Any],
    cases: Sequence[tuple[Any, ...]],
    *,
    tolerance: float = 1e-8,
    without: Sequence[str] = (),
) -> Verdict:
    """Compare a function with the right one on several inputs.

    Parameters
    ----------
    function : object
        What the reader wrote; returning None counts as not answered yet.
    reference : callable
        The right function.
    cases : sequence of tuples
        Positional arguments, one tuple per case.
    tolerance : float
        See `check_array`.
    without : sequence of str
        Names and operators that the function may not use, such as ``"@"`` and ``"dot"``.

    Returns
    -------
    Verdict
    """
    if function is ... or function is None:
        return Verdict(False, NO_ANSWER)
    if not callable(function):
        return Verdict(False, f"The answer should be a function; it is {describe(function)}.")
    for number, arguments in enumerate(cases, start=1):
        fault = _find_fault_of_call(function, reference, arguments, tolerance)
        if fault == NO_RETURN:
            return Verdict(False, fault)
        if fault:
            described = ", called with " + ", ".join(map(describe, arguments)) if arguments else ""
            return Verdict(False, f"Case {number}{described}: {fault}")
    used = sorted(_words(getattr(function, "__code__", None)).intersection(without))
    if used:
        return Verdict(False, f"The results are right, but you used {' and '.join(used)}.")
    return Verdict(True, "Correct." if len(cases) == 1 else f"Correct on {len(cases)} inputs.")


def _find_fault_of_call(
    function: Callable[..., Any],
    reference: Callable[..., Any],
    arguments: tuple[Any, ...],
    tolerance: float,
) -> str | None:
    expected = reference(*copy.deepcopy(arguments))
    given = copy.deepcopy(arguments)  # what the reader's code changes, later cases don't see
    try:
        answer = function(*given)
        if answer is None or answer is ...:
            return NO_RETURN
        changed = find_changed(arguments, given)
        if changed is not None:
            return f"your function changed its argument {changed}."
        return find_fault(answer, expected, tolerance)
    except CAUGHT as error:
        return f"your function raised {describe_error(error)}"


def find_changed(before: Sequence[Any], after: Sequence[Any]) -> int | None:
    """Return the position of the first array that is no longer what it was, or None."""
    for position, (kept, given) in enumerate(zip(before, after, strict=True)):
        if hasattr(kept, "shape") and not np.array_equal(kept, given, equal_nan=True):
            return position
    return None


def _words(code: CodeType | None) -> set[str]:
    """Return the names and operators in compiled code and in the functions inside it."""
    if code is None:
        return set()
    words = {*code.co_names, *(each.argrepr for each in dis.get_instructions(code))}
    return words.union(*(_words(each) for each in code.co_consts if inspect.iscode(each)))
