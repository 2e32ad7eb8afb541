"""Numbers and arrays as text."""

import numpy as np

__all__ = ["number_text"]


def number_text(value):
    """Write a number with at most four significant digits.

    Examples
    --------
    >>> [number_text(value) for value in (2.0, -0.123456, 1234567.0, -0.0, 7)]
    ['2', '-0.1235', '1.235e+06', '0', '7']
    """
    text = f"{value:.4g}" if isinstance(value, (float, np.floating)) else str(value)
    return "0" if text == "-0" else text
