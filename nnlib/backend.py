"""Which array library an array belongs to, and the way back to NumPy.

Arrays decide where the mathematics runs: a function asks its input for its library and uses that,
so the same line works on NumPy, on a GPU through CuPy, and on any other Array API library.
"""

import functools
from numbers import Integral

import array_api_compat
import numpy as np

__all__ = [
    "array_namespace",
    "from_numpy",
    "is_floating",
    "is_integer",
    "require_rng",
    "require_whole",
    "to_numpy",
]


def array_namespace(*arrays):
    """Return the library that the arrays belong to, as an Array API namespace.

    Parameters
    ----------
    *arrays : arrays
        All of one library.

    Returns
    -------
    module
        With the functions of the Array API standard: ``exp``, ``sum``, ``where``, …

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


def to_numpy(x):
    """Copy an array of any backend to a NumPy array in main memory.

    Parameters
    ----------
    x : array
        An array of NumPy, CuPy or another Array API library.

    Returns
    -------
    numpy.ndarray
        The same values, shape and type. A NumPy array is returned as it is, not copied.
    """
    if array_api_compat.is_cupy_array(x):
        return x.get()
    return np.asarray(x)


def from_numpy(x, *, dtype, xp):
    """Move a NumPy array to a backend.

    Random numbers are drawn on the host and moved: runs on the CPU and on a GPU start equal.

    Parameters
    ----------
    x : numpy.ndarray
    dtype : data type or str
        For example ``np.float32`` or ``"float32"``.
    xp : module
        The array library that shall hold the result: ``numpy``, ``cupy``, …

    Returns
    -------
    array
        An array of `xp` with the values of `x`.
    """
    name = np.dtype(dtype).name
    return xp.asarray(x.astype(name), dtype=getattr(xp, name))


def is_floating(x):
    """Tell whether `x` holds floating-point numbers."""
    return _is_kind(array_namespace(x), x.dtype, "real floating")


def is_integer(x):
    """Tell whether `x` holds integers (booleans are not integers here)."""
    return _is_kind(array_namespace(x), x.dtype, "integral")


@functools.cache
def _is_kind(xp, dtype, kind):
    return xp.isdtype(dtype, kind)


def require_whole(name, value):
    """Check that a count is a whole number above 0.

    Raises
    ------
    ValueError
        If it is not, with its name and its value.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1; got {value!r}")


def require_rng(rng):
    """Return `rng` if it can draw what nnlib needs, else say what to pass.

    Raises
    ------
    TypeError
        If `rng` is not a NumPy random generator.
    """
    if not isinstance(rng, (np.random.Generator, np.random.RandomState)):
        raise TypeError(
            "rng must be a numpy.random.Generator or RandomState, for example "
            f"np.random.default_rng(1984); got {rng!r}"
        )
    return rng
