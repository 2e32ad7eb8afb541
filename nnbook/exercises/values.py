"""Checks of values: numbers, arrays, tuples and texts."""

import reprlib
from collections.abc import Mapping
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnbook.exercises.verdict import NO_ANSWER, Verdict, describe, never_raises
from nnlib.backend import to_numpy

Numbers = NDArray[Any]


@never_raises
def check_array(
    answer: object, expected: ArrayLike | tuple[Any, ...] | str, *, tolerance: float = 1e-8
) -> Verdict:
    """Compare a number, array, tuple or text with the right one.

    Parameters
    ----------
    answer : object
        What the reader gave; ``...`` counts as not answered yet.
    expected : real number, array, tuple or str
        The right answer. NaN and infinity are right where they are expected. The entries of a tuple
        are compared one by one. Upper and lower case of a text are the same.
    tolerance : float
        Largest difference that passes, relative to the largest finite expected number or 1.

    Returns
    -------
    Verdict
    """
    fault = find_fault(answer, expected, tolerance)
    return Verdict(not fault, fault or "Correct.")


@never_raises
def check_each(answers: object, expected: Mapping[str, Any]) -> Verdict:
    """Compare several named answers with the right ones; the verdict has a line for each.

    Parameters
    ----------
    answers : object
        What the reader gave, a dict; a name that is missing counts as not answered yet.
    expected : dict
        The right answer under each name; see `check_array`.

    Returns
    -------
    Verdict
    """
    if answers is ... or answers is None:
        return Verdict(False, NO_ANSWER)
    if not isinstance(answers, dict):
        return Verdict(False, f"The answer should be a dict; it is {describe(answers)}.")
    verdicts = {name: check_array(answers.get(name), right) for name, right in expected.items()}
    lines = [f"{name}: {verdict}" for name, verdict in verdicts.items()]
    return Verdict(all(verdict.ok for verdict in verdicts.values()), "\n".join(lines))


def find_fault(answer: object, expected: Any, tolerance: float) -> str | None:
    """Return what is wrong in a sentence, or None."""
    if answer is ... or answer is None:
        return NO_ANSWER
    if isinstance(expected, str):
        same = isinstance(answer, str) and answer.strip().casefold() == expected.casefold()
        return None if same else f"{reprlib.repr(answer)} is not right."
    if not isinstance(expected, tuple):
        return _find_fault_of_numbers(answer, to_numpy(expected), tolerance)
    if not isinstance(answer, tuple):
        return f"The answer should be a tuple such as (3,) or (2, 3); it is {describe(answer)}."
    pairs = zip(answer, expected, strict=False)
    same = len(answer) == len(expected) and not any(find_fault(*p, tolerance) for p in pairs)
    return None if same else f"{reprlib.repr(answer)} is not right."


def _find_fault_of_numbers(answer: object, right: Numbers, tolerance: float) -> str | None:
    given = _as_floats(answer, kinds="b" if right.dtype == bool else "iuf")
    if given is None:
        return f"The answer should be a number or an array of numbers; it is {describe(answer)}."
    if given.shape != right.shape:
        return f"The shape is {given.shape}, but it should be {right.shape}."
    right = right.astype(float)
    largest = np.max(np.abs(right), initial=1.0, where=np.isfinite(right))
    with np.errstate(over="ignore"):
        near = np.isclose(given, right, rtol=0, atol=tolerance * largest, equal_nan=True)
    return None if near.all() else _locate(given, right, ~near)


def _as_floats(answer: Any, kinds: str) -> Numbers | None:
    """Return an array of floats, or None where the answer holds something else."""
    try:
        array = to_numpy(answer) if hasattr(answer, "shape") else np.asarray(answer)
    except ValueError:  # rows of different lengths
        return None
    if array.dtype == object and all(isinstance(entry, Real) for entry in array.flat):
        array = array.astype(float)  # fractions and very large integers
    return array.astype(float) if array.dtype.kind in kinds else None


def _locate(given: Numbers, right: Numbers, wrong: Numbers) -> str:
    """Say how many values are wrong, where the first one stands, and what it is."""
    place = tuple(map(int, np.argwhere(wrong)[0]))
    written = ([f"{array[place]:.{n}g}" for array in (given, right)] for n in (6, 12, 17))
    value = next(mine for mine, rights in written if mine != rights)
    if given.ndim == 0:
        return f"The value {value} is not right."
    where = f"row {place[0]}, column {place[1]}" if given.ndim == 2 else f"index {place}"
    return (
        f"The shape is right, but {int(wrong.sum())} of {wrong.size} values are not; "
        f"the first is at {where}: {value}."
    )
