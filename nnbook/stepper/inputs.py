"""The inputs of a graph, described for fields on the page, and read back from them."""

from collections.abc import Mapping
from numbers import Real
from typing import Any

import numpy as np

from nnbook.stepper.cells import is_small, rows_of
from nnlib import backend
from nnlib.backend import Array

__all__ = ["changed_inputs", "describe_inputs"]


def describe_inputs(inputs: Mapping[str, Array]) -> list[dict]:
    """Describe the inputs that a reader can change: small arrays of numbers, in full precision.

    Parameters
    ----------
    inputs : dict
        From name to array.

    Returns
    -------
    list of dict
        With ``name``, ``shape`` and ``rows``, which are lists of texts.
    """
    described = []
    for name, value in inputs.items():
        array = np.asarray(backend.to_numpy(value))
        if is_small(array) and array.dtype.kind in "fiu":
            rows = [[str(each).removesuffix(".0") for each in row] for row in rows_of(array)]
            described.append({"name": name, "shape": list(array.shape), "rows": rows})
    return described


def changed_inputs(inputs: Mapping[str, Array], given: Mapping[str, Any]) -> dict[str, Array]:
    """Return what a reader gave, as arrays of the library, the type and the shape of the inputs.

    Where whole numbers are expected and others are given, the others are returned: the graph says
    itself what it thinks of them.

    Parameters
    ----------
    inputs : dict
        From name to array, as they were.
    given : dict
        From some of the names to a number, or to lists of numbers.

    Raises
    ------
    TypeError
        If something else than numbers is given.
    ValueError
        If a name is not that of an input, or a shape is another.
    """
    for name in given:
        if name not in inputs:
            raise ValueError(f"inputs must be among {list(inputs)}; got {name!r}")
    return {name: _like(name, value, inputs[name]) for name, value in given.items()}


def _like(name, value, before):
    cells = np.array(value, dtype=object)
    if not all(isinstance(each, Real) and not isinstance(each, bool) for each in cells.flat):
        raise TypeError(f"{name} must be numbers, in rows of equal length; got {value!r}")
    if cells.shape != before.shape:
        raise ValueError(f"{name} must have the shape {before.shape}; got {cells.shape}")
    if backend.is_floating(before):
        return backend.copied(cells.astype(float), like=before)
    array = np.asarray(value)
    same = backend.copied(array, like=before)
    return same if np.array_equal(backend.to_numpy(same), array) else array
