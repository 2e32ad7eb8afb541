"""Which array library an array belongs to, and the way back to NumPy. Section 1.5.2.

Arrays decide where the mathematics runs: a function asks its input for its library and uses that,
so the same line works on NumPy, on a GPU through CuPy, and on any other Array API library.
"""

import functools
from types import ModuleType
from typing import Any, Protocol

import array_api_compat
import numpy as np

__all__ = ["Array", "array_namespace", "from_numpy", "is_floating", "is_integer", "to_numpy"]


class Array(Protocol):
    """What nnlib asks of an array: attributes and operators of the Array API standard."""

    @property
    def shape(self) -> tuple[int, ...]: ...
    @property
    def dtype(self) -> Any: ...
    @property
    def ndim(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def T(self) -> Any: ...
    def __getitem__(self, key: Any, /) -> Any: ...
    def __setitem__(self, key: Any, value: Any, /) -> None: ...
    def __neg__(self) -> Any: ...
    def __add__(self, other: Any, /) -> Any: ...
    def __sub__(self, other: Any, /) -> Any: ...
    def __rsub__(self, other: Any, /) -> Any: ...
    def __mul__(self, other: Any, /) -> Any: ...
    def __rmul__(self, other: Any, /) -> Any: ...
    def __matmul__(self, other: Any, /) -> Any: ...
    def __truediv__(self, other: Any, /) -> Any: ...
    def __pow__(self, other: Any, /) -> Any: ...
    def __eq__(self, other: Any, /) -> Any: ...
    def __lt__(self, other: Any, /) -> Any: ...
    def __le__(self, other: Any, /) -> Any: ...
    def __gt__(self, other: Any, /) -> Any: ...
    def __ge__(self, other: Any, /) -> Any: ...


def array_namespace(*arrays: Array) -> ModuleType:
    """Return the library that the arrays belong to, with the functions of the Array API standard.

    Raises
    ------
    TypeError
        If something is not an array, or the arrays belong to different libraries.
    """
    if set(map(type, arrays)) == {np.ndarray}:  # the common case, without a search
        return np
    try:
        return array_api_compat.array_namespace(*arrays)
    except TypeError as error:
        kinds = ", ".join(type(array).__name__ for array in arrays)
        raise TypeError(f"expected arrays of one library (NumPy, CuPy, …); got {kinds}") from error


def to_numpy(x: Any) -> np.ndarray:
    """Copy an array of any library to NumPy; a NumPy array is returned as it is, not copied."""
    return x.get() if array_api_compat.is_cupy_array(x) else np.asarray(x)


def from_numpy(x: np.ndarray, *, dtype: Any, xp: ModuleType) -> Any:
    """Move a NumPy array to a library.

    Random numbers are drawn on the host and moved: runs on the CPU and on a GPU start equal.

    Parameters
    ----------
    x : numpy.ndarray
    dtype : data type or str
        Of the result, for example ``np.float32`` or ``"float32"``.
    xp : module
        The array library of the result: ``numpy``, ``cupy``, …
    """
    name = np.dtype(dtype).name
    return xp.asarray(x.astype(name), dtype=getattr(xp, name))


def is_floating(x: Array) -> bool:
    """Tell whether `x` holds floating-point numbers."""
    return _is_kind(array_namespace(x), x.dtype, "real floating")


def is_integer(x: Array) -> bool:
    """Tell whether `x` holds integers (booleans are not integers here)."""
    return _is_kind(array_namespace(x), x.dtype, "integral")


@functools.cache
def _is_kind(xp: ModuleType, dtype: Any, kind: str) -> bool:
    return bool(xp.isdtype(dtype, kind))
