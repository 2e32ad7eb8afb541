"""Gradient checking: compare what `backward` computes with slopes measured by small steps.

The measured slope is slow and a little inexact, but it needs no calculus, so it can witness for or
against every derivative of the library. Section 1.3.2.
"""

from dataclasses import dataclass

import numpy as np

from nnlib.backend import array_namespace, is_floating, require_rng, to_numpy
from nnlib.graph import as_tuple

__all__ = ["Comparison", "GradientReport", "check_gradients", "numerical_gradient"]


def numerical_gradient(f, x, *, h=None, extrapolate=False):
    r"""Measure the gradient of a scalar function by central differences.

    Each entry is :math:`\left(f(x + h) - f(x - h)\right) / 2h`, where only that entry of `x` moves.

    Parameters
    ----------
    f : callable
        Takes `x`, returns a number.
    x : array of floats, any shape
        Where to measure. It is changed in place during the call and restored at its end.
    h : float, optional
        Step, relative to ``max(1, |entry|)``. If not given, the cube root of the type's machine
        epsilon (6.1e-06 for float64): larger steps miss the curve, smaller ones drown in rounding.
        With `extrapolate` it is the fourth root (1.2e-04 for float64).
    extrapolate : bool
        Measure with steps h and 2h and combine the slopes as (4 D(h) − D(2h)) / 3, which cancels
        the leading error (Richardson). Twice the work, about twenty times more exact.

    Returns
    -------
    array
        Same shape and type as `x`.

    Raises
    ------
    TypeError
        If `x` is not an array of floats.
    ValueError
        If `h` is not above 0.

    References
    ----------
    Section 1.3.2.
    """
    xp = array_namespace(x)
    if not is_floating(x):
        raise TypeError(f"x must be floating point; got {x.dtype}")
    if h is None:
        h = float(xp.finfo(x.dtype).eps) ** (1 / 4 if extrapolate else 1 / 3)
    if not h > 0:
        raise ValueError(f"h must be above 0; got {h!r}")
    gradient = xp.zeros_like(x)
    for index in np.ndindex(x.shape):
        slope = _slope(f, x, index, h)
        gradient[index] = (4 * slope - _slope(f, x, index, 2 * h)) / 3 if extrapolate else slope
    return gradient


def _slope(f, x, index, h):
    """Measure the slope of `f` along one entry of `x`."""
    value = float(x[index])
    step = h * max(1.0, abs(value))
    try:
        x[index] = value + step
        above, f_above = float(x[index]), float(f(x))
        x[index] = value - step
        below, f_below = float(x[index]), float(f(x))
    finally:
        x[index] = value
    return (f_above - f_below) / (above - below)  # the step that was really made, after rounding


@dataclass(frozen=True)
class Comparison:
    """One gradient, computed both ways.

    Attributes
    ----------
    name : str
        What the gradient belongs to: ``"input 0"``, ``"params[1]"``, …
    analytic, numerical : numpy.ndarray
        From `backward`, and from central differences.
    floor : float
        Smaller gradients drown in the rounding of the differences; errors are taken relative to it.
    """

    name: str
    analytic: np.ndarray
    numerical: np.ndarray
    floor: float = 0.0

    @property
    def relative_error(self):
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
    """The outcome of a gradient check; prints as a small table.

    Attributes
    ----------
    subject : str
        Name of the class that was checked.
    comparisons : tuple of Comparison
        One for every input with a gradient and every parameter.
    tolerance : float
        Largest relative error that passes.
    """

    subject: str
    comparisons: tuple
    tolerance: float

    @property
    def max_relative_error(self):
        """The worst relative error of all comparisons."""
        return max(comparison.relative_error for comparison in self.comparisons)

    @property
    def ok(self):
        """Whether every gradient agrees within the tolerance."""
        return self.max_relative_error <= self.tolerance

    def __str__(self):
        verdict = "agrees with" if self.ok else "DIFFERS from"
        lines = [f"{self.subject}: backward {verdict} central differences"]
        for each in self.comparisons:
            mark = "ok" if each.relative_error <= self.tolerance else "WRONG"
            shape = str(each.analytic.shape)
            lines.append(
                f"  {each.name:<10} {shape:<12} relative error {each.relative_error:.1e}  {mark}"
            )
        return "\n".join(lines)


def check_gradients(subject, *inputs, rng, tolerance=None, h=None):
    """Check every gradient of a node, layer, loss or model against central differences.

    The output is contracted with a random upstream gradient, so that no error can hide by symmetry.

    Parameters
    ----------
    subject : object
        Anything with ``forward(*inputs)`` and ``backward(dout)``; `params` and `grads`, if it has
        them, are checked too. Its parameters and `inputs` are moved during the call and restored.
    *inputs : arrays
        What `forward` takes. An input is checked if `backward` returns a gradient for it.
    rng : numpy.random.Generator or RandomState
        Draws the upstream gradient.
    tolerance : float, optional
        Largest relative error that passes: 1e-8 for float64 and 7e-3 for float32 if not given.
    h : float, optional
        Step of the differences, which are extrapolated; see `numerical_gradient`.

    Returns
    -------
    GradientReport

    Raises
    ------
    TypeError
        If the first input is not floating point, `rng` is no generator, or `backward` returns None.

    References
    ----------
    Section 1.3.5.

    Examples
    --------
    >>> from nnlib import Sigmoid
    >>> rng = np.random.default_rng(0)
    >>> check_gradients(Sigmoid(), rng.standard_normal((5, 3)), rng=rng).ok
    True
    """
    require_rng(rng)
    if not inputs:
        raise TypeError("check_gradients needs what forward takes: check_gradients(subject, x, …)")
    if not is_floating(inputs[0]):
        raise TypeError(f"the first input must be floating point; got {inputs[0].dtype}")
    params = list(getattr(subject, "params", ()))
    outputs = as_tuple(subject.forward(*inputs))
    douts = tuple(_random_like(output, inputs[0], rng) for output in outputs)

    if tolerance is None:
        tolerance = _default_tolerance(inputs[0])
    floor = _slope_rounding(douts, outputs, inputs[0], h) / tolerance if tolerance > 0 else 0.0

    def contracted(_):
        outputs = as_tuple(subject.forward(*inputs))
        pairs = zip(douts, outputs, strict=True)
        return sum(float((to_numpy(dout) * to_numpy(output)).sum()) for dout, output in pairs)

    gradients = as_tuple(subject.backward(*douts))
    if gradients[0] is None:
        raise TypeError(f"{type(subject).__name__}.backward must return the gradient of its input")
    named = [(f"input {i}", inputs[i], g) for i, g in enumerate(gradients) if g is not None]
    named += [
        (f"params[{i}]", param, grad)
        for i, (param, grad) in enumerate(zip(params, getattr(subject, "grads", ()), strict=True))
    ]
    analytic = [to_numpy(gradient).copy() for _, _, gradient in named]
    numerical = [
        to_numpy(numerical_gradient(contracted, moved, h=h, extrapolate=True))
        for _, moved, _ in named
    ]
    comparisons = tuple(
        Comparison(name, *gradients, floor)
        for (name, _, _), *gradients in zip(named, analytic, numerical, strict=True)
    )
    return GradientReport(type(subject).__name__, comparisons, tolerance)


def _default_tolerance(x):
    """1e-8 for float64; a coarser type gets a looser bound, up to 0.1 for float16."""
    eps = float(array_namespace(x).finfo(x.dtype).eps)
    return min(0.1, 1e-8 * (eps / np.finfo(np.float64).eps) ** (2 / 3))


def _slope_rounding(douts, outputs, x, h):
    """Return how far rounding alone can move a slope of the contracted outputs."""
    eps = float(array_namespace(x).finfo(x.dtype).eps)
    pairs = zip(douts, outputs, strict=True)
    size = sum(float(np.sum(np.abs(to_numpy(dout) * to_numpy(output)))) for dout, output in pairs)
    return 4 * eps * size / (h or eps ** (1 / 4))


def _random_like(output, x, rng):
    if type(output) is float:  # a loss; NumPy's own numbers are arrays without axes
        return float(rng.standard_normal())
    xp = array_namespace(x)
    return xp.asarray(rng.standard_normal(output.shape), dtype=output.dtype)
