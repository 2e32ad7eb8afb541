"""Every check of an argument, in one form: what must hold of it, and what it was instead.

A check returns nothing. What does not fit raises an error that reads "*name* must *expected*; got
*what it was*", and nothing has been changed by then.
"""

import math
from numbers import Integral, Real
from typing import Any, TypeAlias

import numpy as np

from nnlib.backend import Array, array_namespace, is_floating, to_numpy

__all__ = [
    "Rng",
    "argument_error",
    "require",
    "require_columns",
    "require_data",
    "require_finite",
    "require_floating",
    "require_kind",
    "require_number",
    "require_rng",
    "require_same_shape",
    "require_upstream",
    "require_whole",
]

# What draws random numbers in nnlib: NumPy's generators, the new one and the old one.
Rng: TypeAlias = np.random.Generator | np.random.RandomState


def argument_error(
    name: str, expected: str, got: Any, error: type[Exception] = ValueError
) -> Exception:
    """Return the error that says what an argument must do, and what it was instead."""
    return error(f"{name} must {expected}; got {got}")


def require(
    holds: Any, name: str, expected: str, got: Any, error: type[Exception] = ValueError
) -> None:
    """Raise the `argument_error` of these words unless a condition holds."""
    if not holds:
        raise argument_error(name, expected, got, error)


def require_kind(name: str, value: Any, kind: type) -> None:
    """Check that a value is an object of a class, or of one made from it."""
    found = f"the class {value.__name__}" if isinstance(value, type) else repr(value)
    expected = f"be an object of a class made from {kind.__name__}"
    require(isinstance(value, kind), name, expected, found, TypeError)


def require_whole(name: str, value: Any, least: int = 1) -> None:
    """Check that a count is a whole number of at least `least` that fits 64 bits."""
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    expected = f"be a whole number of at least {least}"
    require(whole and value >= least, name, expected, repr(value))
    require(value < 2**63, name, f"{expected} and below 2**63", repr(value))


def require_number(
    name: str, value: Any, *, least: float | None = None, above: float = -math.inf,
    below: float = math.inf,
) -> None:  # fmt: skip
    """Check that a number is finite, at least `least` or above `above`, and below `below`."""
    try:
        real = isinstance(value, Real) and not isinstance(value, bool)
        number = float(value) if real else math.nan
    except OverflowError:  # an integer of more than 308 digits
        number = math.nan
    start = f"above {above:g}" if least is None else f"at or above {least:g}"
    start = "" if least is None and above == -math.inf else f" {start}"
    stop = f" and below {below:g}" if math.isfinite(below) else ""
    holds = math.isfinite(number) and (number > above if least is None else number >= least)
    require(holds and number < below, name, f"be a finite number{start}{stop}", repr(value))


def require_rng(rng: Any) -> None:
    """Check that `rng` is one of NumPy's random generators."""
    require(
        isinstance(rng, Rng),
        "rng",
        "be a numpy.random.Generator or RandomState, for example np.random.default_rng(1984)",
        repr(rng),
        TypeError,
    )


def require_floating(name: str, x: Array, hint: str = "") -> None:
    """Check that an array holds floating-point numbers."""
    require(is_floating(x), name, "be floating point", f"{x.dtype}{hint}", TypeError)


def require_same_shape(names: str, a: Array, b: Array, *, entries: bool = False) -> None:
    """Check that two arrays have the same shape, and that they have `entries` if asked."""
    holds = a.shape == b.shape and (a.size > 0 or not entries)
    expected = "have the same shape" + (" and at least one entry" if entries else "")
    require(holds, names, expected, f"{a.shape} and {b.shape}")


def require_upstream(layer: Any, dout: Array, shape: tuple[int, ...]) -> None:
    """Check that an upstream gradient has the shape of what `forward` returned."""
    if dout.shape != shape:  # asked at every update, so the text is only made when it is needed
        name = f"{type(layer).__name__}.backward: dout"
        raise argument_error(name, f"have the shape of forward's output, {shape}", dout.shape)


def require_columns(layer: Any, x: Array, W: Array) -> None:
    """Check that the rows of a matrix `x` fit the weights `W`, (D, H)."""
    if not hasattr(x, "shape") or x.shape[1:] != W.shape[:1]:
        found = f"shape {x.shape}" if hasattr(x, "shape") else f"a {type(x).__name__}"
        expected = f"be an array of shape (N, {W.shape[0]}) because W has shape {W.shape}"
        raise argument_error(f"{type(layer).__name__}.forward: x", expected, found)


def require_finite(name: str, x: Array) -> None:
    """Check that no entry of an array is infinite or not a number; each row is told of."""
    rows = np.atleast_1d(to_numpy(x))
    finite = np.isfinite(rows).reshape(len(rows), -1).all(axis=1)
    if not finite.all():
        row = int(np.argmin(finite))
        found = f"{np.sum(~finite)} of {len(rows)} rows that are not, first row {row}"
        raise argument_error(name, "be finite", f"{found}: {rows[row]}")


def require_data(x_name: str, x: Array, t_name: str, t: Array) -> None:
    """Check samples, (N, D), finite and floating point, and that each has a target."""
    array_namespace(x, t)
    expected = "have shape (N, D) with at least one sample"
    require(x.ndim == 2 and x.shape[0] > 0, x_name, expected, f"shape {x.shape}")
    expected = f"have one entry per sample, {x.shape[0]}"
    require(t.shape[:1] == x.shape[:1], t_name, expected, f"shape {t.shape}")
    require_floating(x_name, x)
    require_finite(x_name, x)
