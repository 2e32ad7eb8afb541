"""Which array library an array belongs to, and what its arrays can do. Section 1.5.2.

Arrays decide where the mathematics runs: a function asks its input for its library and uses that,
so the same line works on NumPy, on a GPU through CuPy, and on any other Array API library.
"""

import functools
from types import ModuleType
from typing import Any, TypeAlias

import array_api_compat
import numpy as np

__all__ = [
    "Array",
    "array_namespace",
    "copied",
    "epsilon",
    "from_numpy",
    "is_floating",
    "is_integer",
    "max_over",
    "sum_over",
    "to_numpy",
]

#: An array of any library of the Array API standard; no type says what all of them have in common.
Array: TypeAlias = Any

_ADD: Any = np.add  # NumPy's own types leave out what `reduce` takes
_MAXIMUM: Any = np.maximum


def array_namespace(*arrays: Any) -> ModuleType:
    """Return the one library that arrays belong to, with the functions of the standard."""
    kinds = {*map(type, arrays)}
    if kinds == {np.ndarray}:  # the common case, without a search
        return np
    try:
        if not kinds.isdisjoint({int, float, complex, bool, type(None)}):
            raise TypeError("a number of Python's is no array")
        return array_api_compat.array_namespace(*arrays)
    except TypeError as error:
        names = ", ".join(type(array).__name__ for array in arrays) or "nothing"
        raise TypeError(f"arrays must be of one library (NumPy, CuPy, …); got {names}") from error


def to_numpy(x: Any) -> np.ndarray:
    """Copy an array of any library to NumPy; a NumPy array is returned as it is, not copied."""
    if array_api_compat.is_cupy_array(x):
        return x.get()
    if isinstance(x, np.ndarray):
        return x
    try:
        array = np.asarray(x)
    except ValueError:  # rows of unequal length
        array = np.asarray(None)
    if array.dtype == object:
        raise TypeError(f"x must be an array, or numbers that make one; got {type(x).__name__}")
    return array


def from_numpy(x: np.ndarray, *, dtype: Any, xp: ModuleType) -> Any:
    """Move a NumPy array to the library `xp` and its type `dtype`, such as ``"float32"``.

    Random numbers are drawn on the host and moved: runs on the CPU and on a GPU start equal.
    """
    name = np.dtype(dtype).name
    return xp.asarray(x.astype(name), dtype=getattr(xp, name))


def copied(x: Any, like: Array) -> Any:
    """Copy an array to the library and the type of another."""
    return array_namespace(like).asarray(x, dtype=like.dtype, copy=True)


def sum_over(x: Array, axis: int | None = None, keepdims: bool = False) -> Any:
    """Add up the entries of an array along an axis, or all of them.

    NumPy's ``add.reduce`` is what its ``sum`` calls in the end; for the small arrays of a minibatch
    the way there takes longer than the sum.
    """
    if type(x) is np.ndarray:
        return _ADD.reduce(x, axis=axis, keepdims=keepdims)
    return array_namespace(x).sum(x, axis=axis, keepdims=keepdims)


def max_over(x: Array, axis: int | None = None, keepdims: bool = False) -> Any:
    """Return the largest entries of an array along an axis, or of all; as fast as `sum_over`."""
    if type(x) is np.ndarray:
        return _MAXIMUM.reduce(x, axis=axis, keepdims=keepdims)
    return array_namespace(x).max(x, axis=axis, keepdims=keepdims)


def is_floating(x: Array) -> bool:
    """Tell whether `x` holds floating-point numbers."""
    return _is_kind(array_namespace(x), x.dtype, "real floating")


def is_integer(x: Array) -> bool:
    """Tell whether `x` holds integers (booleans are not integers here)."""
    return _is_kind(array_namespace(x), x.dtype, "integral")


def epsilon(x: Array) -> float:
    """Return the machine epsilon of the floating-point type of `x`."""
    return float(array_namespace(x).finfo(x.dtype).eps)


@functools.cache
def _is_kind(xp: ModuleType, dtype: Any, kind: str) -> bool:
    return bool(xp.isdtype(dtype, kind))
