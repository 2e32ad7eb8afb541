"""The reader's own data for a playground: checked, and as its script reads it."""

from typing import Any

import numpy as np

from nnlib.backend import Array, to_numpy
from nnlib.checks import require, require_data

__all__ = ["own_data", "to_json"]

MOST_CLASSES = 6  # as many markers and colours there are
MOST_SAMPLES = 10_000


def own_data(
    x: Array, t: Array, validation: tuple[Array, Array] | None = None
) -> tuple[Any, Any, Any, Any]:
    """Check points of the plane and their labels, and return them as NumPy arrays.

    Parameters
    ----------
    x : (N, 2) array of floats
    t : (N,) array of integers
        Labels 0 … C − 1, C from 2 to 6.
    validation : tuple of arrays, optional
        ``(x, t)`` of held-out points.

    Returns
    -------
    x, t, held_out_x, held_out_t : arrays
        The last two are None without held-out points.
    """
    training = _checked("x", x, "t", t)
    classes = int(training[1].max()) + 1
    require(classes >= 2, "t", "hold at least two classes", f"labels up to {classes - 1}")
    if validation is None:
        return *training, None, None
    pair = isinstance(validation, tuple | list) and len(validation) == 2
    require(pair, "validation", "be a pair (x, t)", repr(validation), TypeError)
    held_out = _checked("validation x", validation[0], "validation t", validation[1])
    most = int(held_out[1].max())
    require(most < classes, "validation t", f"hold labels below {classes}, as t", most)
    return *training, *held_out


def _checked(x_name: str, x: Any, t_name: str, t: Any) -> tuple[Any, Any]:
    require_data(x_name, x, t_name, t)
    x, t = to_numpy(x).astype(np.float64), to_numpy(t)
    require(x.ndim == 2 and x.shape[1] == 2, x_name, "have shape (N, 2)", x.shape)
    require(len(x) <= MOST_SAMPLES, x_name, f"have at most {MOST_SAMPLES:,} rows", len(x))
    require(t.ndim == 1, t_name, "have shape (N,), one label per point", t.shape)
    require(np.issubdtype(t.dtype, np.integer), t_name, "hold integers", t.dtype)
    inside = t.min() >= 0 and t.max() < MOST_CLASSES
    found = f"{t.min()} to {t.max()}"
    require(inside, t_name, f"hold labels from 0 to {MOST_CLASSES - 1}", found)
    return x, t.astype(np.int64)


def to_json(x: Any, t: Any, held_out_x: Any, held_out_t: Any) -> dict[str, Any]:
    """Return data as the script of a playground reads it."""
    held_out = None
    if held_out_x is not None:
        held_out = {"x": held_out_x.tolist(), "t": held_out_t.tolist()}
    training = {"x": x.tolist(), "t": t.tolist()}
    return {"training": training, "held_out": held_out, "classes": int(t.max()) + 1}
