"""Checks of values: numbers, arrays, tuples, texts and choices.

A check may know likely mistakes: where an answer is what one of them gives, it says which.
"""

import reprlib
from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnbook.exercises.verdict import NO_ANSWER, Verdict, describe, joined, judged, never_raises
from nnlib.backend import to_numpy

Numbers = NDArray[Any]
Mistakes = Mapping[str, Any]  # from a sentence that says what went wrong to what it gives

ROUNDED = 5e-3  # a mistake is known again by its first digits; whole numbers are compared exactly


@never_raises
def check_array(
    answer: object,
    expected: ArrayLike | tuple[Any, ...] | str,
    *,
    tolerance: float = 1e-8,
    mistakes: Mistakes | None = None,
) -> Verdict:
    """Compare a number, array, tuple or text with the right one.

    Parameters
    ----------
    answer : object
        What the reader gave; ``...`` counts as not answered yet.
    expected : real number, array, tuple or str
        The right answer. NaN and infinity are right where they are expected. The entries of a tuple
        are compared one by one. Case, blanks, quotes and brackets of a text don't matter.
    tolerance : float
        Largest difference that passes, relative to the largest finite expected number or 1.
    mistakes : dict, optional
        Likely wrong answers, each under the sentence that explains it.

    Returns
    -------
    Verdict
    """
    return judged(explained(find_fault(answer, expected, tolerance), answer, mistakes))


@never_raises
def check_number(
    answer: object, expected: float, *, decimals: int, mistakes: Mistakes | None = None
) -> Verdict:
    """Compare a number with the right one, to as many decimals as the exercise asks for.

    Parameters
    ----------
    answer : object
        What the reader gave. It passes if it is off by at most half a unit of the last decimal.
    expected : float
        The right number, exactly.
    decimals : int
        How many decimals must be right; more are welcome.
    mistakes : dict, optional
        See `check_array`.

    Returns
    -------
    Verdict
    """
    given = _as_floats(answer, kinds="iuf")
    fault = find_fault(answer, expected, 1e-8)
    if not fault or given is None or given.shape != ():
        return judged(explained(fault, answer, mistakes))
    unit, distance = 10.0**-decimals, abs(float(given) - expected)
    if distance <= unit * (0.5 + 1e-9):
        return judged(None)
    if distance <= min(10 * unit, abs(expected) / 2):
        words = "1 decimal" if decimals == 1 else f"{decimals} decimals"
        return judged(f"The value {float(given):.6g} is close, but not right to {words}.")
    return judged(explained(fault, answer, mistakes))


@never_raises
def check_choice(
    answer: object, expected: str, options: Sequence[str], *, mistakes: Mistakes | None = None
) -> Verdict:
    """Compare one of several options, a letter or a word, with the right one.

    Parameters
    ----------
    answer : object
        What the reader gave, a text; ``"b"``, ``" B "``, ``"(b)"`` and ``"b."`` are the same.
    expected : str
        The right option.
    options : sequence of str
        All options.
    mistakes : dict, optional
        See `check_array`.

    Returns
    -------
    Verdict
    """
    fault = find_fault(answer, expected, 0)
    if fault and fault != NO_ANSWER and plain(answer) not in map(plain, options):
        return judged(f"The answer should be one of {', '.join(options)}, in quotes; it is "
                      f"{describe(answer)}.")  # fmt: skip
    return judged(explained(fault, answer, mistakes))


@never_raises
def check_each(
    answers: object, expected: Mapping[str, Any], *, mistakes: Mapping[str, Mistakes] | None = None
) -> Verdict:
    """Compare several named answers with the right ones; the verdict has a line for each.

    Parameters
    ----------
    answers : object
        What the reader gave, a dict; a name that is missing counts as not answered yet.
    expected : dict
        The right answer under each name; see `check_array`.
    mistakes : dict, optional
        Likely wrong answers under some of the names; see `check_array`.

    Returns
    -------
    Verdict
    """
    if answers is ... or answers is None:
        return judged(NO_ANSWER)
    if not isinstance(answers, dict):
        return judged(f"The answer should be a dict; it is {describe(answers)}.")
    known = mistakes or {}
    return joined(
        {
            name: check_array(answers.get(name), right, mistakes=known.get(name))
            for name, right in expected.items()
        }
    )


def explained(fault: str | None, answer: object, mistakes: Mistakes | None) -> str | None:
    """Add to a fault the sentence of the mistake that gives this answer, if there is one."""
    if not fault or fault == NO_ANSWER:
        return fault
    for sentence, wrong in (mistakes or {}).items():
        if not find_fault(answer, wrong, _likeness(wrong)):
            return f"{fault} {sentence}"
    return fault


def _likeness(wrong: Any) -> float:
    """Return the tolerance within which an answer is taken for this wrong one."""
    if isinstance(wrong, (str, tuple)):
        return 0.0
    numbers = np.abs(np.asarray(wrong, float))
    return 1e-8 if (numbers % 1 == 0).all() else ROUNDED * min(1.0, float(numbers.max()))


def plain(text: object) -> str | None:
    """Return a text without what surrounds it, in lower case; None where there is no text."""
    return text.strip(" \t\n\"'“”‘’()[]{}.,:").casefold() if isinstance(text, str) else None


def find_fault(answer: object, expected: Any, tolerance: float) -> str | None:
    """Return what is wrong in a sentence, or None."""
    if answer is ... or answer is None or (isinstance(answer, str) and answer.strip() == "..."):
        return NO_ANSWER
    if isinstance(expected, str):
        same = plain(answer) == plain(expected)
        return None if same else f"{reprlib.repr(answer)} is not right."
    if not isinstance(expected, tuple):
        return _find_fault_of_numbers(answer, to_numpy(expected), tolerance)
    if not isinstance(answer, tuple):
        return f"The answer should be a tuple such as (7,) or (8, 9); it is {describe(answer)}."
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
