"""Files of named arrays: written whole or not at all, believed only after a check. Section 1.4.2.

The format is NumPy's ``.npz``, opened without pickle: it holds numbers and text, never code.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from nnlib.backend import copied, to_numpy
from nnlib.checks import argument_error, require, require_finite

__all__ = ["FilePath", "read_state", "write_state"]

FilePath: TypeAlias = str | os.PathLike[str]


def write_state(path: FilePath, state: Mapping[str, Any]) -> None:
    """Write named arrays, numbers and texts to a file.

    They go to a new file beside it, which then takes its place in one step: whatever stops the
    program, either the old file or the new one is there, whole. A name that lacks ``.npz`` gets it.
    """
    path = _npz(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    arrays: dict[str, Any] = {name: to_numpy(value) for name, value in state.items()}
    try:
        with part.open("xb") as file:
            np.savez(file, **arrays)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@np.errstate(over="ignore")  # a number too large for its type is told as not finite
def read_state(path: FilePath, like: Mapping[str, Any]) -> dict[str, Any]:
    """Read what `write_state` wrote, if it is finite and has the names and shapes of another state.

    A file that may not be read is an OSError, one that is broken or does not fit a TypeError or
    ValueError.
    """
    path = _npz(path)
    with path.open("rb") as file:
        try:
            with np.load(file, allow_pickle=False) as arrays:
                found = {name: arrays[name] for name in arrays.files}
        except Exception as error:  # a broken file breaks the reader in many ways
            raise argument_error(str(path), "be a whole .npz file of arrays", error) from error
    shapes = {name: array.shape for name, array in found.items()}
    needed = {name: np.shape(value) for name, value in like.items()}
    require(shapes == needed, str(path), f"hold arrays of these shapes, {needed}", shapes)
    for name, array in found.items():
        needs = to_numpy(like[name])
        expected = f"be of a type like {needs.dtype}"
        fits = array.dtype.kind == needs.dtype.kind
        require(fits, f"{path}: {name}", expected, array.dtype, TypeError)
        if needs.dtype.kind == "f":
            require_finite(f"{path}: {name}", copied(array, like=needs))
    return {name: array if array.shape else array.item() for name, array in found.items()}


def _npz(path: FilePath) -> Path:
    holds = isinstance(path, (str, os.PathLike))
    require(holds, "path", "be a str or a path", repr(path), TypeError)
    require(Path(path).name, "path", "name a file", repr(path))
    path = Path(os.path.realpath(path))  # a link stays a link: the file behind it is replaced
    return path if path.suffix == ".npz" else path.with_name(f"{path.name}.npz")
