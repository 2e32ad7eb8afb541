"""Checks for the exercises: they compare an answer with the right one and say what differs.

A check never raises and never prints the right answer; it says whether shape, type or value is
wrong, and where.
"""

from dataclasses import dataclass

import numpy as np

from nnlib.backend import to_numpy

__all__ = ["Verdict", "check_array", "check_function"]


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

    def __repr__(self):
        return self.message


def check_array(answer, expected, *, tolerance=1e-8):
    """Compare a number, tuple or array with the right one.

    Parameters
    ----------
    answer : object
        What the reader gave; ``...`` counts as not answered yet.
    expected : number, tuple, str or array
        The right answer.
    tolerance : float
        Largest difference that passes, relative to the largest expected number or 1.

    Returns
    -------
    Verdict
    """
    fault = _find_fault(answer, expected, tolerance)
    return Verdict(False, fault) if fault else Verdict(True, "Correct.")


def check_function(function, reference, cases, *, tolerance=1e-8):
    """Compare a function with the right one on several inputs.

    Parameters
    ----------
    function : callable
        What the reader wrote; returning None counts as not answered yet.
    reference : callable
        The right function.
    cases : sequence of tuples
        Positional arguments, one tuple per case.
    tolerance : float
        See `check_array`.

    Returns
    -------
    Verdict
    """
    for number, arguments in enumerate(cases, start=1):
        kept = [np.copy(to_numpy(a)) if hasattr(a, "shape") else a for a in arguments]
        try:
            answer = function(*arguments)
        except Exception as error:  # whatever the reader's code does, the check explains it
            return Verdict(
                False, f"Case {number}: your function raised {type(error).__name__}: {error}"
            )
        if answer is None:
            return Verdict(False, "Not answered yet: the function returns nothing. Use return.")
        for position, (before, after) in enumerate(zip(kept, arguments, strict=True)):
            if hasattr(after, "shape") and not np.array_equal(
                before, to_numpy(after), equal_nan=True
            ):
                return Verdict(
                    False, f"Case {number}: your function changed its argument {position}."
                )
        fault = _find_fault(answer, reference(*arguments), tolerance)
        if fault:
            given = ", ".join(_describe(argument) for argument in arguments)
            return Verdict(False, f"Case {number}, called with {given}: {fault}")
    return Verdict(True, f"Correct on {len(cases)} inputs.")


def _find_fault(answer, expected, tolerance):
    """Return what is wrong in a sentence, or None."""
    if answer is ... or answer is None:
        return "Not answered yet: replace ... with your answer."
    if isinstance(expected, tuple) and not isinstance(answer, tuple):
        return f"The answer should be a tuple such as (3,) or (2, 3); it is {_describe(answer)}."
    if isinstance(expected, (str, tuple)):
        same = type(answer) is type(expected) and answer == expected
        return None if same else f"{answer!r} is not right."
    try:
        answer = np.asarray(to_numpy(answer), dtype=float)
    except (TypeError, ValueError):
        return f"The answer should be a number or an array; it is {_describe(answer)}."
    expected = np.asarray(to_numpy(expected), dtype=float)
    if answer.shape != expected.shape:
        return f"The shape is {answer.shape}, but it should be {expected.shape}."
    wrong = ~np.isclose(answer, expected, rtol=0, atol=tolerance * max(1.0, np.abs(expected).max()))
    if not wrong.any():
        return None
    if answer.ndim == 0:
        return f"The value {float(answer):.6g} is not right."
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = f"row {place[0]}, column {place[1]}" if answer.ndim == 2 else f"index {place}"
    return (
        f"The shape is right, but {int(wrong.sum())} of {wrong.size} values are not; "
        f"the first is at {where}: {answer[place]:.6g}."
    )


def _describe(value):
    if hasattr(value, "shape"):
        return f"an array of shape {tuple(value.shape)}"
    if isinstance(value, (int, float, str)):
        return repr(value)
    return f"a {type(value).__name__}"
