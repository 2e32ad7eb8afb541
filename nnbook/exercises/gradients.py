"""Checks of backward passes: each gradient is compared with central differences."""

import copy
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnbook.exercises.functions import find_changed
from nnbook.exercises.values import find_fault
from nnbook.exercises.verdict import NO_ANSWER, Verdict, never_raises
from nnlib.backend import is_floating
from nnlib.gradient_check import Comparison, check_gradients
from nnlib.nodes import as_tuple


@never_raises
def check_backward(
    subject: Any,
    *inputs: Any,
    rng: np.random.Generator,
    reference: Callable[..., Any] | None = None,
) -> Verdict:
    """Check a node, layer or loss against central differences; name each wrong gradient.

    Parameters
    ----------
    subject : object, class or function
        What the reader wrote, with ``forward(*inputs)`` and ``backward(dout)``, or what makes it.
        If one of them returns None or ``...``, it counts as not answered yet.
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
    expected = reference and reference(*inputs)
    inputs = copy.deepcopy(inputs)  # the reader's code may change them
    if inspect.isclass(subject) or inspect.isfunction(subject):
        subject = subject()
    fault = _find_fault_of_pass(subject, inputs, expected)
    if fault:
        return Verdict(False, fault)
    with np.errstate(all="ignore"):
        report = check_gradients(subject, *inputs, rng=rng)
        faults = {each.name: _explain(each, report.tolerance) for each in report.comparisons}
    lines = [f"gradient of {name}: {fault or 'right'}" for name, fault in faults.items()]
    return Verdict(not any(faults.values()), "\n".join(lines))


def _find_fault_of_pass(subject: Any, inputs: tuple[Any, ...], expected: Any) -> str | None:
    """Run forward and backward once; return what is wrong before a gradient is measured."""
    if subject is ... or subject is None:
        return NO_ANSWER
    before = copy.deepcopy(inputs)
    output = subject.forward(*inputs)
    if output is None or output is ...:
        return "Not answered yet: forward returns nothing."
    fault = None if expected is None else find_fault(output, expected, 1e-8)
    if fault:
        return f"forward is not right. {fault}"
    gradients = subject.backward(*map(np.ones_like, as_tuple(output)))
    changed = find_changed(before, inputs)
    if changed is not None:
        return f"forward or backward changed input {changed}."
    return _find_missing(gradients, inputs) or _find_fault_of_lists(subject)


def _find_missing(gradients: Any, inputs: tuple[Any, ...]) -> str | None:
    """Return in a sentence what `backward` did not return, or None."""
    if isinstance(gradients, list):
        return "backward must return arrays, with commas between them; it returned a list."
    given = [each is not None and each is not ... for each in as_tuple(gradients)]
    if not any(given):
        return "Not answered yet: backward returns nothing."
    wanted = [is_floating(each) for each in inputs]
    given += [False] * (len(wanted) - len(given))
    if len(given) == len(wanted) and np.greater_equal(given, wanted).all():
        return None
    return f"backward must return {sum(wanted)} gradients, one for each input; got {sum(given)}."


def _find_fault_of_lists(subject: Any) -> str | None:
    params, grads = (list(getattr(subject, name, ())) for name in ("params", "grads"))
    if len(params) != len(grads):
        return f"params and grads differ in length: {len(params)} and {len(grads)}."
    if any(param is grad for param, grad in zip(params, grads, strict=True)):
        return "grads must hold arrays of its own, not those of params."
    return None


def _explain(comparison: Comparison, tolerance: float) -> str | None:
    """Say in words how a gradient differs from the measured one, or return None."""
    mine, measured = comparison.analytic, comparison.numerical
    if mine.dtype.kind not in "biuf":
        return f"holds {mine.dtype}, not numbers"
    if comparison.relative_error <= tolerance:
        return None
    for fault, mended in _likely_faults(comparison).items():
        if mended.shape == measured.shape and np.allclose(mended, measured, atol=1e-6):
            return fault
    if mine.shape != measured.shape:
        return f"has shape {mine.shape}; it should have {measured.shape}"
    if not mine.any():
        return "is 0 everywhere; was it written in place, with [...]?"
    wrong = int(np.sum(~np.isclose(mine, measured, rtol=1e-6, atol=1e-8)))
    return f"is wrong in {wrong} of {mine.size} entries"


def _likely_faults(comparison: Comparison) -> dict[str, NDArray[Any]]:
    """Return the gradient as it is without each of some likely faults."""
    mine, measured = comparison.analytic.astype(float), comparison.numerical
    alike = mine.shape == measured.shape and measured.any()
    factor = np.sum(mine * measured) / np.sum(measured**2) if alike else 1.0
    return {
        f"is almost right: its relative error is {comparison.relative_error:.0e}": mine,
        "is the transpose of what it should be": mine.T,
        "has the wrong sign": -mine,
        f"is {factor:.4g} times the right one": mine / factor,
    }
