"""Arrays as rows of cells, where they are small enough to be shown."""

import numpy as np

__all__ = ["is_small", "rows_of"]

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 5, 5, 20


def rows_of(array: np.ndarray) -> np.ndarray:
    """Return an array with two axes: a vector is one row, a number one cell."""
    return array.reshape(-1, array.shape[-1]) if array.ndim else array.reshape(1, 1)


def is_small(array: np.ndarray) -> bool:
    """Tell whether all cells of an array are shown."""
    if array.ndim > 2 or not array.size:
        return False
    rows, columns = rows_of(array).shape
    return rows <= MOST_ROWS and columns <= MOST_COLUMNS and array.size <= MOST_CELLS
