"""Every check of an argument, in one form: what must hold of it, and what it was instead.

A check returns nothing. What does not fit raises an error that reads "*name* must *expected*; got
*what it was*", and nothing has been changed by then.
"""

import math
from collections.abc import Mapping, Sequence
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
    "require_gradients",
    "require_inputs",
    "require_kind",
    "require_node",
    "require_number",
    "require_param",
    "require_place",
    "require_probabilities",
    "require_real",
    "require_rng",
    "require_same_shape",
    "require_scalar",
    "require_state",
    "require_target",
    "require_upstream",
    "require_whole",
    "tuple_of",
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
        number = isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:  # an integer of more than 308 digits
        number = False
    start = f"above {above:g}" if least is None else f"at or above {least:g}"
    stop = f" and below {below:g}" if math.isfinite(below) else ""
    holds = number and (value > above if least is None else value >= least) and value < below
    require(holds, name, f"be a finite number {start}{stop}", repr(value))


def require_rng(rng: Any) -> None:
    """Check that `rng` is one of NumPy's random generators."""
    require(
        isinstance(rng, Rng),
        "rng",
        "be a numpy.random.Generator or RandomState, for example np.random.default_rng(1984)",
        repr(rng),
        TypeError,
    )


def require_place(dtype: Any, xp: Any) -> None:
    """Check that `xp` is an array library that has the floating-point type `dtype`."""
    names = [name for name in ("float16", "float32", "float64") if hasattr(xp, name)]
    named = isinstance(dtype, (str, type, np.dtype))
    holds = named and any(np.dtype(name) == dtype for name in names)
    expected = "be a floating-point type and an array library that has it"
    require(holds, "dtype and xp", expected, f"{dtype!r} and {xp!r}", TypeError)


def require_real(names: str, *arrays: Any) -> None:
    """Check that arrays of one library hold real numbers; booleans count as 0 and 1."""
    if all(type(x) is np.ndarray and x.dtype.kind in "fiub" for x in arrays):
        return
    try:
        xp, *_ = [array_namespace(*arrays), *map(array_namespace, arrays)]
        holds = all(xp.isdtype(x.dtype, ("real floating", "integral", "bool")) for x in arrays)
    except TypeError:  # no arrays, or not of one library
        holds = False
    one, several = "be an array of real numbers", "be arrays of real numbers, of one library"
    found = ", ".join(f"{type(x).__name__} {getattr(x, 'dtype', '')}".strip() for x in arrays)
    require(holds, names, one if len(arrays) == 1 else several, found, TypeError)


def require_floating(name: str, x: Array, hint: str = "") -> None:
    """Check that an array holds floating-point numbers."""
    if type(x) is np.ndarray and x.dtype.kind == "f":  # asked at every update
        return
    require_real(name, x)
    require(is_floating(x), name, "be floating point", f"{x.dtype}{hint}", TypeError)


def require_same_shape(names: str, a: Array, b: Array, *, entries: bool = False) -> None:
    """Check that two arrays have the same shape, and that they have `entries` if asked."""
    require_real(names, a, b)
    if a.shape != b.shape or (entries and not a.size):
        expected = "have the same shape" + (" and at least one entry" if entries else "")
        raise argument_error(names, expected, f"{a.shape} and {b.shape}")


def require_node(name: str, value: Any) -> None:
    """Check that a value is an object that can compute forwards and backwards."""
    able = hasattr(value, "forward") and hasattr(value, "backward") and not isinstance(value, type)
    require(able, name, "be an object with forward and backward", repr(value), TypeError)


def require_inputs(node: Any, **inputs: Array) -> None:
    """Check that the inputs of a node are arrays of floats, all of one library."""
    kind = type(node).__name__
    for name, x in inputs.items():
        require_floating(f"{kind}: {name}", x, " (write 1.0, or use .astype(float))")
    require_real(f"{kind}: {' and '.join(inputs)}", *inputs.values())


def require_upstream(layer: Any, dout: Array, shape: tuple[int, ...], *inputs: Array) -> None:
    """Check that an upstream gradient is like what `forward` returned, and fits the `inputs`."""
    if inputs and getattr(dout, "dtype", None) is inputs[0].dtype and dout.shape == shape:
        return  # of the type of inputs that were checked: asked at every update
    name = f"{type(layer).__name__}.backward: dout"
    require_floating(name, dout)
    require_real(f"{name} and what forward took", dout, *inputs)
    expected = f"have the shape of forward's output, {shape}"
    require(dout.shape == shape, name, expected, dout.shape)


def require_columns(layer: Any, x: Array, W: Array) -> None:
    """Check that the rows of a matrix `x` fit the weights `W`, (D, H)."""
    if getattr(x, "dtype", None) is W.dtype and x.shape[1:] == W.shape[:1]:
        return  # of the type of weights that were checked: asked at every update
    name = f"{type(layer).__name__}.forward: x"
    require_real(name, x)
    require_real(f"{name} and W", x, W)
    expected = f"be an array of shape (N, {W.shape[0]}) because W has shape {W.shape}"
    require(x.shape[1:] == W.shape[:1], name, expected, f"shape {x.shape}")


def require_scalar(layer: Any, dout: Any) -> None:
    """Check that the upstream gradient of a loss is one finite number."""
    if type(dout) is float and math.isfinite(dout):
        return
    try:
        number = math.nan if isinstance(dout, str) else float(dout)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        expected, found = "be one finite number", repr(dout)
        raise argument_error(f"{type(layer).__name__}.backward: dout", expected, found)


def require_target(layer: Any, x: Array, target: Array) -> None:
    """Check that a loss is given targets in the shape of the scores."""
    if x.shape != target.shape:
        name = f"{type(layer).__name__}: target"
        raise argument_error(name, f"have the shape of the scores, {x.shape}", target.shape)


def require_param(name: str, x: Array) -> None:
    """Check that an array can be a parameter: floating point, and open to change."""
    require_floating(name, x, " (write 1.0, or use .astype(float))")
    writable = getattr(getattr(x, "flags", None), "writeable", True)
    require(writable, name, "be writable, as it is changed in place", "a read-only array")


def tuple_of(name: str, values: Any, what: str = "arrays") -> tuple[Any, ...]:
    """Return a sequence as a tuple."""
    try:
        return tuple(values)
    except TypeError:
        found = type(values).__name__
        raise argument_error(name, f"be a sequence of {what}", found, TypeError) from None


def require_gradients(params: Sequence[Any], grads: Sequence[Any]) -> None:
    """Check that arrays are parameters, and that others can be their gradients."""
    for i, param in enumerate(params):
        require_param(f"params[{i}]", param)
    for i, grad in enumerate(grads):
        require_floating(f"grads[{i}]", grad)
    require_real("params and grads", *params, *grads)
    shapes, expected = [grad.shape for grad in grads], [param.shape for param in params]
    require(shapes == expected, "grads", f"have the shapes of params, {expected}", shapes)


def require_state(state: Mapping[str, Any], like: Mapping[str, Any]) -> None:
    """Check that a state holds what another one does, in the same shapes."""
    shapes = {name: np.shape(state[name]) for name in like if name in state}
    needed = {name: np.shape(value) for name, value in like.items()}
    require(shapes == needed, "state", f"hold values of these shapes, {needed}", shapes)


def require_finite(name: str, x: Array) -> None:
    """Check that no entry of an array is infinite or not a number; each row is told of."""
    rows = np.atleast_1d(to_numpy(x))
    finite = np.isfinite(rows).all(axis=tuple(range(1, rows.ndim)))
    if not finite.all():
        row = int(np.argmin(finite))
        found = f"{np.sum(~finite)} of {len(rows)} rows that are not, first row {row}"
        raise argument_error(name, "be finite", f"{found}: {rows[row]}")


def require_probabilities(name: str, p: Array) -> None:
    """Check that every entry of an array is a probability."""
    xp = array_namespace(p)
    if not xp.all((p >= 0) & (p <= 1)):
        found = f"numbers from {float(xp.min(p)):g} to {float(xp.max(p)):g}"
        raise argument_error(name, "lie between 0 and 1", found)


def require_data(x_name: str, x: Array, t_name: str, t: Array) -> None:
    """Check samples, (N, D), finite and floating point, and that each has a target."""
    require_real(f"{x_name} and {t_name}", x, t)
    expected = "have shape (N, D) with at least one sample"
    require(x.ndim == 2 and x.shape[0] > 0, x_name, expected, f"shape {x.shape}")
    expected = f"have one entry per sample, {x.shape[0]}"
    require(t.shape[:1] == x.shape[:1], t_name, expected, f"shape {t.shape}")
    require_floating(x_name, x)
    require_finite(x_name, x)
