"""Gradient checking: compare what `backward` computes with slopes measured by small steps.

The measured slope is slow and a little inexact, but it needs no calculus, so it can witness for or
against every derivative of the library. Sections 1.3.2 and 1.3.5.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from nnlib.backend import Array, array_namespace, epsilon, to_numpy
from nnlib.checks import Rng, require, require_floating, require_node, require_number, require_rng
from nnlib.nodes import as_tuple

__all__ = ["Comparison", "GradientReport", "check_gradients", "numerical_gradient"]


def numerical_gradient(
    f: Callable[[Any], float], x: Array, *, h: float | None = None, extrapolate: bool = False
) -> Array:
    r"""Measure the gradient of a scalar function by central differences.

    Each entry is :math:`\left(f(x + h) - f(x - h)\right) / 2h`, where only that entry of `x` moves:
    it is changed in place during the call and restored at its end.

    Parameters
    ----------
    f : callable
        Takes `x`, returns a number.
    x : array of floats, any shape
        Where to measure.
    h : float, optional
        Step, relative to ``max(1, |entry|)``. If not given, the cube root of the type's machine
        epsilon (6.1e-06 for float64): larger steps miss the curve, smaller ones drown in rounding.
        With `extrapolate` it is the fourth root (1.2e-04 for float64).
    extrapolate : bool
        Measure with steps h and 2h and combine the slopes as (4 D(h) − D(2h)) / 3, which cancels
        the leading error (Richardson). Twice the work, about twenty times more exact.
    """
    require_floating("x", x)
    writable = getattr(getattr(x, "flags", None), "writeable", True)
    require(writable, "x", "be an array that may be changed", "a read-only one")
    require(callable(f), "f", "be a function of x", repr(f), TypeError)
    h = _step(h, x, 4 if extrapolate else 3)
    gradient = array_namespace(x).zeros_like(x)
    for index in np.ndindex(x.shape):
        slope = _slope(f, x, index, h)
        gradient[index] = (4 * slope - _slope(f, x, index, 2 * h)) / 3 if extrapolate else slope
    return gradient


def _step(h: Any, x: Array, order: int) -> float:
    """Return the step that is given, or else the root of the machine epsilon of this order."""
    eps = epsilon(x)
    if h is None:
        return eps ** (1 / order)
    require_number("h", h, least=eps, below=1 / eps)
    return float(h)


def _value(f: Callable[[Any], float], x: Any) -> float:
    value: Any = f(x)
    number = isinstance(value, Real) or getattr(value, "shape", None) == ()
    require(number, "f", "return a single number", f"a {type(value).__name__}", TypeError)
    return float(value)


def _slope(f: Callable[[Any], float], x: Any, index: tuple[int, ...], h: float) -> float:
    """Measure the slope of `f` along one entry of `x`."""
    value = float(x[index])
    step = h * max(1.0, abs(value))
    try:
        x[index] = value + step
        above, f_above = float(x[index]), _value(f, x)
        x[index] = value - step
        below, f_below = float(x[index]), _value(f, x)
    finally:
        x[index] = value
    return (f_above - f_below) / (above - below)  # the step that was really made, after rounding


@dataclass(frozen=True)
class Comparison:
    """One gradient, computed both ways: `analytic` by `backward`, `numerical` by differences.

    It belongs to what is called `name`: ``"input 0"``, ``"params[1]"``, … Gradients smaller than
    `floor` drown in the rounding of the differences, so that errors are taken relative to it.
    """

    name: str
    analytic: np.ndarray
    numerical: np.ndarray
    floor: float = 0.0

    @property
    def relative_error(self) -> float:
        """Largest difference over the largest entry (or `floor`); infinite if shapes differ."""
        if self.analytic.shape != self.numerical.shape:
            return float("inf")
        scale = max(np.max(np.abs(self.analytic)), np.max(np.abs(self.numerical)), self.floor)
        difference = float(np.max(np.abs(self.analytic - self.numerical)))
        if not np.isfinite(difference):
            return float("inf")
        return difference / float(scale) if scale > 0 else 0.0


@dataclass(frozen=True)
class GradientReport:
    """The outcome of a gradient check of the class `subject`; prints as a small table.

    There is a comparison for every input with a gradient and every parameter; relative errors up to
    the `tolerance` pass.
    """

    subject: str
    comparisons: tuple[Comparison, ...]
    tolerance: float

    @property
    def max_relative_error(self) -> float:
        """The worst relative error of all comparisons; infinite if there are none."""
        return max((each.relative_error for each in self.comparisons), default=float("inf"))

    @property
    def ok(self) -> bool:
        """Whether every gradient agrees within the tolerance."""
        return self.max_relative_error <= self.tolerance

    def __str__(self) -> str:
        verdict = "agrees with" if self.ok else "DIFFERS from"
        lines = [f"{self.subject}: backward {verdict} central differences"]
        for each in self.comparisons:
            mark = "ok" if each.relative_error <= self.tolerance else "WRONG"
            shape = str(each.analytic.shape)
            lines.append(
                f"  {each.name:<10} {shape:<12} relative error {each.relative_error:.1e}  {mark}"
            )
        return "\n".join(lines)


def check_gradients(
    subject: Any, *inputs: Any, rng: Rng, tolerance: float | None = None, h: float | None = None
) -> GradientReport:
    """Check every gradient of a node, layer, loss or model against central differences.

    The output is contracted with a random upstream gradient, so that no error can hide by symmetry.

    Parameters
    ----------
    subject : object
        Anything with ``forward(*inputs)`` and ``backward(dout)``; `params` and `grads`, if it has
        them, are checked too. Its parameters are moved during the call and restored.
    *inputs : arrays
        What `forward` takes. An input is checked if `backward` returns a gradient for it.
    rng : numpy.random.Generator or RandomState
        Draws the upstream gradient.
    tolerance : float, optional
        Largest relative error that passes: 1e-8 for float64 and 7e-3 for float32 if not given.
    h : float, optional
        Step of the differences, which are extrapolated; see `numerical_gradient`.

    Examples
    --------
    >>> from nnlib import Sigmoid
    >>> rng = np.random.default_rng(0)
    >>> check_gradients(Sigmoid(), rng.standard_normal((5, 3)), rng=rng).ok
    True
    """
    require_rng(rng)
    require_node("subject", subject)
    expected = "be what forward takes, check_gradients(subject, x, …)"
    require(inputs, "inputs", expected, "none", TypeError)
    require_floating("the first input", inputs[0])
    require(inputs[0].size, "the first input", "have at least one entry", "none")
    inputs = copy.deepcopy(inputs)  # they are moved
    step = _step(h, inputs[0], 4)
    if tolerance is None:
        tolerance = _default_tolerance(inputs[0])
    require_number("tolerance", tolerance, least=0)
    outputs = as_tuple(subject.forward(*inputs))
    douts = tuple(_random_like(output, inputs[0], rng) for output in outputs)
    floor = _slope_rounding(douts, outputs, inputs[0], step) / tolerance if tolerance else 0.0

    def contracted(_: Any) -> float:
        pairs = zip(douts, as_tuple(subject.forward(*inputs)), strict=True)
        return sum(float((to_numpy(dout) * to_numpy(output)).sum()) for dout, output in pairs)

    def measured(moved: Any) -> np.ndarray:
        return to_numpy(numerical_gradient(contracted, moved, h=h, extrapolate=True))

    gradients = _analytic(subject, inputs, as_tuple(subject.backward(*douts)))
    comparisons = tuple(
        Comparison(name, analytic, measured(moved), floor) for name, moved, analytic in gradients
    )
    return GradientReport(type(subject).__name__, comparisons, tolerance)


def _analytic(subject: Any, inputs: Any, gradients: Any) -> list[tuple[str, Any, np.ndarray]]:
    """List what `backward` gave: the name, the array to move, and a copy of its gradient."""
    name = f"{type(subject).__name__}.backward"
    require(gradients[0] is not None, name, "return the gradient of its input", "None", TypeError)
    named = [(f"input {i}", inputs[i], g) for i, g in enumerate(gradients) if g is not None]
    params = zip(getattr(subject, "params", ()), getattr(subject, "grads", ()), strict=True)
    named += [(f"params[{i}]", param, grad) for i, (param, grad) in enumerate(params)]
    return [(name, moved, to_numpy(gradient).copy()) for name, moved, gradient in named]


def _default_tolerance(x: Array) -> float:
    """1e-8 for float64; a coarser type gets a looser bound, up to 0.1 for float16."""
    return min(0.1, 1e-8 * (epsilon(x) / 2**-52) ** (2 / 3))  # 2**-52 is that of float64


def _slope_rounding(douts: tuple[Any, ...], outputs: tuple[Any, ...], x: Array, h: float) -> float:
    """Return how far rounding alone can move a slope of the contracted outputs."""
    pairs = zip(douts, outputs, strict=True)
    size = sum(float(np.sum(np.abs(to_numpy(dout) * to_numpy(output)))) for dout, output in pairs)
    return 4 * epsilon(x) * size / h


def _random_like(output: Any, x: Array, rng: Rng) -> Any:
    if type(output) is float:  # a loss; NumPy's own numbers are arrays without axes
        return float(rng.standard_normal())
    xp = array_namespace(x)
    return xp.asarray(rng.standard_normal(output.shape), dtype=output.dtype)
