"""Checks of backward passes: each gradient is compared with central differences."""

import copy
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnbook.exercises.functions import find_changed
from nnbook.exercises.values import find_fault
from nnbook.exercises.verdict import NO_ANSWER, OPEN, Verdict, judged, never_raises
from nnlib.backend import is_floating
from nnlib.gradient_check import Comparison, check_gradients
from nnlib.nodes import as_tuple


@never_raises
def check_backward(
    subject: Any,
    *inputs: Any,
    rng: np.random.Generator,
    reference: Callable[..., Any] | None = None,
    params: Sequence[Any] = (),
    mistakes: Mapping[str, Mapping[str, Callable[..., Any]]] | None = None,
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
    params : sequence of arrays
        What a class is made with; its objects must hold as many parameters.
    mistakes : dict, optional
        Likely wrong gradients, functions of the inputs and `dout`, each under the sentence that
        explains it; all under the name of their gradient, ``"input 0"`` or ``"params[0]"``.

    Returns
    -------
    Verdict
    """
    expected = reference and reference(*inputs)
    inputs = copy.deepcopy(inputs)  # the reader's code may change them
    wanted = len(params) if inspect.isclass(subject) else None
    if inspect.isclass(subject) or inspect.isfunction(subject):
        subject = subject(*map(np.copy, params))
    fault = _find_fault_of_pass(subject, inputs, expected)
    fault = fault or _find_fault_of_lists(subject, wanted) or _find_deaf(subject, inputs)
    if fault:
        return judged(fault)
    with np.errstate(all="ignore"):
        report = check_gradients(subject, *inputs, rng=rng)
        faults = {each.name: _explain(each, report.tolerance) for each in report.comparisons}
        hints = _name_mistakes(subject, inputs, mistakes or {}, rng) if any(faults.values()) else {}
    lines = [
        f"gradient of {name}: {fault + hints.get(name, '') if fault else 'right'}"
        for name, fault in faults.items()
    ]
    return Verdict(not any(faults.values()), "\n".join(lines))


def _find_fault_of_pass(subject: Any, inputs: tuple[Any, ...], expected: Any) -> str | None:
    """Run forward and backward once; return what is wrong before a gradient is measured."""
    if subject is ... or subject is None:
        return NO_ANSWER
    before = copy.deepcopy(inputs)
    output = subject.forward(*inputs)
    if output is None or output is ...:
        return f"{OPEN}: forward returns nothing."
    fault = None if expected is None else find_fault(output, expected, 1e-8)
    if fault:
        return f"forward is not right. {fault}"
    gradients = subject.backward(*map(np.ones_like, as_tuple(output)))
    changed = find_changed(before, inputs)
    if changed is not None:
        return f"forward or backward changed input {changed}."
    return _find_missing(gradients, inputs)


def _find_missing(gradients: Any, inputs: tuple[Any, ...]) -> str | None:
    """Return in a sentence what `backward` did not return, or None."""
    wanted = [is_floating(each) for each in inputs]
    count = f"{sum(wanted)} gradient{'s' * (sum(wanted) != 1)}"
    if isinstance(gradients, list):
        form = "an array" if sum(wanted) == 1 else f"{count} with a comma between them"
        return f"backward must return {form}; it returned a list of {len(gradients)}."
    given = [each is not None and each is not ... for each in as_tuple(gradients)]
    if not any(given):
        return f"{OPEN}: backward returns nothing."
    given += [False] * (len(wanted) - len(given))
    if len(given) == len(wanted) and np.greater_equal(given, wanted).all():
        return None
    return f"backward must return {count}, one for each input; got {sum(given)}."


def _find_fault_of_lists(subject: Any, wanted: int | None) -> str | None:
    params, grads = (list(getattr(subject, name, ())) for name in ("params", "grads"))
    if wanted is not None and len(params) != wanted:
        return f"params must hold {wanted or 'no'} array{'s' * (wanted != 1)}; got {len(params)}."
    if len(params) != len(grads):
        return f"params and grads differ in length: {len(params)} and {len(grads)}."
    if any(param is grad for param, grad in zip(params, grads, strict=True)):
        return "grads must hold arrays of its own, not those of params."
    return None


def _find_deaf(subject: Any, inputs: tuple[Any, ...]) -> str | None:
    """Say so if `backward` gives the same for an upstream gradient and for its double."""
    douts = [np.ones_like(output) for output in as_tuple(subject.forward(*inputs))]
    once = copy.deepcopy(as_tuple(subject.backward(*douts)))
    twice = as_tuple(subject.backward(*(2 * dout for dout in douts)))
    pairs = [
        pair
        for pair in zip(once, twice, strict=True)
        if np.asarray(pair[0]).dtype.kind in "biuf" and np.any(pair[0])
    ]
    if pairs and all(np.array_equal(*pair) for pair in pairs):
        return "backward gives the same for every dout; the upstream gradient is left out."
    return None


def _name_mistakes(
    subject: Any,
    inputs: tuple[Any, ...],
    mistakes: Mapping[str, Mapping[str, Callable[..., Any]]],
    rng: np.random.Generator,
) -> dict[str, str]:
    """Return for each gradient that a mistake gives the sentence that explains it."""
    dout = rng.standard_normal(np.shape(subject.forward(*inputs)))
    given = {f"input {i}": each for i, each in enumerate(as_tuple(subject.backward(dout)))}
    given |= {f"params[{i}]": each for i, each in enumerate(getattr(subject, "grads", ()))}
    return {
        name: f". {sentence}"
        for name, likely in mistakes.items()
        for sentence, wrong in likely.items()
        if not find_fault(given.get(name), wrong(*inputs, dout), 1e-8)
    }


def _explain(comparison: Comparison, tolerance: float) -> str | None:
    """Say in words how a gradient differs from the measured one, or return None."""
    mine, measured = comparison.analytic, comparison.numerical
    if mine.dtype.kind not in "biuf":
        return f"holds {mine.dtype}, not numbers"
    if comparison.relative_error <= tolerance:
        return None
    if comparison.relative_error < 1e-3:
        return f"is almost right: its relative error is {comparison.relative_error:.0e}"
    for fault, mended in _likely_faults(mine.astype(float), measured).items():
        if mended.shape == measured.shape and np.allclose(mended, measured, atol=1e-6):
            return fault
    if mine.shape != measured.shape:
        return f"has shape {mine.shape}; it should have {measured.shape}"
    if not mine.any():
        return "is 0 everywhere; was it written in place, with [...]?"
    wrong = int(np.sum(~np.isclose(mine, measured, rtol=1e-6, atol=1e-8)))
    return f"is wrong in {wrong} of {mine.size} entries"


def _likely_faults(mine: NDArray[Any], measured: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Return a gradient as it would be without each of some likely faults."""
    alike = mine.shape == measured.shape and measured.any()
    factor = np.sum(mine * measured) / np.sum(measured**2) if alike else 1.0
    return {
        "is the transpose of what it should be": mine.T,
        "has the wrong sign": -mine,
        f"is {factor:.4g} times the right one": mine / factor,
    }
