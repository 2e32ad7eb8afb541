"""Checks for the exercises: they compare an answer with the right one and say what differs.

A check never raises and never prints the right answer; it says whether shape, type or value is
wrong, and where.
"""

import copy
from dataclasses import dataclass

import numpy as np

from nnlib.backend import is_floating, to_numpy
from nnlib.gradient_check import check_gradients
from nnlib.nodes import as_tuple

__all__ = ["Verdict", "check_array", "check_backward", "check_function"]


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
        given = copy.deepcopy(arguments)  # what the reader's code changes, later cases don't see
        try:
            answer = function(*given)
        except Exception as error:  # whatever the reader's code does, the check explains it
            return Verdict(
                False, f"Case {number}: your function raised {type(error).__name__}: {error}"
            )
        if answer is None:
            return Verdict(False, "Not answered yet: the function returns nothing. Use return.")
        for position, (before, after) in enumerate(zip(arguments, given, strict=True)):
            if hasattr(after, "shape") and not np.array_equal(before, after, equal_nan=True):
                return Verdict(
                    False, f"Case {number}: your function changed its argument {position}."
                )
        fault = _find_fault(answer, reference(*arguments), tolerance)
        if fault:
            described = ", ".join(_describe(argument) for argument in arguments)
            return Verdict(False, f"Case {number}, called with {described}: {fault}")
    return Verdict(True, f"Correct on {len(cases)} inputs.")


def check_backward(subject, *inputs, rng, reference=None):
    """Check a node, layer or loss against central differences; name each wrong gradient.

    Parameters
    ----------
    subject : object
        What the reader wrote, with ``forward(*inputs)`` and ``backward(dout)``. If one of them
        returns None or ``...``, it counts as not answered yet.
    *inputs : arrays
        What `forward` takes; `backward` must return a gradient for each that is floating point.
    rng : numpy.random.Generator
        Draws the upstream gradient.
    reference : callable, optional
        The right forward function; without it only `backward` is checked.

    Returns
    -------
    Verdict
    """
    try:
        output = subject.forward(*inputs)
        if output is None or output is ...:
            return Verdict(False, "Not answered yet: forward returns nothing.")
        fault = reference and _find_fault(output, reference(*inputs), 1e-8)
        if fault:
            return Verdict(False, f"forward is not right. {fault}")
        fault = _find_missing(subject.backward(np.ones_like(output)), inputs)
        if fault:
            return Verdict(False, fault)
        report = check_gradients(subject, *inputs, rng=rng)
    except Exception as error:  # whatever the reader's code does, the check explains it
        return Verdict(False, f"Your code raised {type(error).__name__}: {error}")
    lines = [
        f"gradient of {each.name}: "
        + ("right" if each.relative_error <= report.tolerance else _explain_gradient(each))
        for each in report.comparisons
    ]
    return Verdict(report.ok, "\n".join(lines))


def _find_missing(gradients, inputs):
    """Return in a sentence what `backward` did not return, or None."""
    if gradients is None or gradients is ...:
        return "Not answered yet: backward returns nothing."
    returned, wanted = len(as_tuple(gradients)), sum(is_floating(each) for each in inputs)
    if returned < wanted:
        return f"backward must return {wanted} gradients, one for each input; got {returned}."
    return None


def _explain_gradient(comparison):
    """Say in words how a gradient differs from the measured one."""
    mine, measured = comparison.analytic.astype(float), comparison.numerical
    if _alike(mine.T, measured):
        return "is the transpose of what it should be"
    if mine.shape != measured.shape:
        return f"has shape {mine.shape}; it should have {measured.shape}"
    if not mine.any():
        return "is 0 everywhere; was it written in place, with [...]?"
    if _alike(-mine, measured):
        return "has the wrong sign"
    factor = np.sum(mine * measured) / np.sum(measured**2) if measured.any() else 0.0
    if _alike(mine, factor * measured):
        return f"is {factor:.4g} times the right one"
    wrong = int(np.sum(~np.isclose(mine, measured, rtol=1e-6, atol=1e-8)))
    return f"is wrong in {wrong} of {mine.size} entries"


def _alike(a, b):
    return a.shape == b.shape and np.allclose(a, b, atol=1e-6)


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
