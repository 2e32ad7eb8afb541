"""The functions of a network: activations, measures of error, accuracy. Sections 1.2.1 and 1.3.1.

All are pure: arrays in, a new array or a number out, and the input is never changed.
"""

from typing import Any

import numpy as np

from nnlib.backend import (
    Array,
    array_namespace,
    epsilon,
    is_floating,
    is_integer,
    max_over,
    sum_over,
    to_numpy,
)
from nnlib.checks import (
    argument_error,
    require,
    require_floating,
    require_probabilities,
    require_real,
    require_same_shape,
    require_whole,
)

__all__ = [
    "accuracy",
    "binary_cross_entropy",
    "cross_entropy",
    "entropy",
    "log_softmax",
    "mean_absolute_error",
    "mean_squared_error",
    "one_hot",
    "relu",
    "sigmoid",
    "softmax",
]


@np.errstate(over="ignore")  # where it happens, 1 / ∞ = 0 is the right answer
def sigmoid(x: Array) -> Array:
    r"""Squash every number into (0, 1): :math:`\sigma(x) = 1 / (1 + e^{-x})`, in any shape."""
    require_floating("x", x)
    return 1.0 / (1.0 + array_namespace(x).exp(-x))


def relu(x: Array) -> Array:
    """Keep positive numbers and replace the others by 0: ``max(x, 0)``, in any shape."""
    require_floating("x", x)
    xp = array_namespace(x)
    return xp.maximum(x, xp.zeros_like(x))


def softmax(x: Array) -> Array:
    r"""Turn scores into probabilities along the last axis: :math:`y_k = e^{x_k} / \sum_i e^{x_i}`.

    Both are (..., C). The largest score is subtracted first; this changes nothing in the result and
    keeps every exponent at or below 0.
    """
    _require_scores(x)
    e = array_namespace(x).exp(x - max_over(x, axis=-1, keepdims=True))
    return e / sum_over(e, axis=-1, keepdims=True)


def log_softmax(x: Array) -> Array:
    """Return the logarithm of `softmax`, exact also where the probability rounds to 0."""
    _require_scores(x)
    xp = array_namespace(x)
    shifted = x - max_over(x, axis=-1, keepdims=True)
    return shifted - xp.log(sum_over(xp.exp(shifted), axis=-1, keepdims=True))


def _require_scores(x: Array) -> None:
    require_floating("x", x)
    if not x.ndim or not x.shape[-1]:
        raise argument_error("x", "have at least one score along its last axis", f"shape {x.shape}")


def one_hot(t: Array, num_classes: int, *, dtype: Any = None) -> Array:
    """Write labels `t`, (N,) integers in ``0 … C − 1``, as rows with a single 1, (N, C).

    `num_classes` is C. The result is of the array library of `t`, and of its default float if no
    `dtype` is given.
    """
    require_real("t", t)
    require_whole("num_classes", num_classes)
    xp, num_classes = array_namespace(t), int(num_classes)
    dtype = xp.asarray(0.0).dtype if dtype is None else dtype
    expected = "hold one integer label per sample, shape (N,)"
    require(t.ndim == 1, "t", expected, f"shape {t.shape}")
    require(is_integer(t), "t", "hold integer class labels", t.dtype, TypeError)
    # Column numbers need a type that holds them: in int8, column 128 would be -128.
    ones = xp.astype(t, xp.int64)[:, None] == xp.arange(num_classes, dtype=xp.int64)
    if xp.count_nonzero(ones) != t.shape[0]:  # a label out of range equals no column's number
        expected = f"hold labels from 0 to {num_classes - 1} for {num_classes} classes"
        found = f"labels from {int(xp.min(t))} to {int(xp.max(t))}"
        raise argument_error("t", expected, found)
    try:
        return xp.asarray(ones, dtype=dtype)
    except TypeError as error:
        raise argument_error("dtype", "be a data type", repr(dtype), TypeError) from error


def is_one_hot(t: Array) -> bool:
    """Tell whether `t` holds rows of two or more entries with a single 1 and 0 elsewhere."""
    xp = array_namespace(t)
    if t.ndim != 2 or t.shape[1] < 2:
        return False
    return bool(xp.all((t == 0) | (t == 1)) and xp.all(xp.count_nonzero(t, axis=1) == 1))


def target_distribution(t: Array, scores: Array, *, name: str = "scores") -> Array:
    """Return the targets of a classification as one probability distribution per sample, (N, C).

    `t` holds labels, (N,), or rows, (N, C), one-hot or soft: at or above 0, adding up to 1. What
    they are compared with, `scores`, (N, C), fixes N, C and the type; errors call it `name`.
    """
    require_real(f"{name} and t", scores, t)
    require_floating(name, scores)
    xp, shape = array_namespace(scores), scores.shape
    expected = "have shape (N, C) with at least one sample and one class"
    require(scores.ndim == 2 and scores.size > 0, name, expected, f"shape {shape}")
    if t.ndim == 1 and t.shape[0] == shape[0]:
        return one_hot(t, shape[1], dtype=scores.dtype)
    expected = (
        f"have shape {shape[:1]} (integer labels) or {shape} (one row per sample) "
        f"to match {name} of shape {shape}"
    )
    require(t.shape == shape, "t", expected, f"shape {t.shape}")
    t = xp.astype(t, scores.dtype)
    _require_distributions("t", t)
    return t


def _require_distributions(name: str, rows: Array) -> None:
    xp = array_namespace(rows)
    tolerance = 8 * epsilon(rows) * rows.shape[1]
    right = xp.all(rows >= 0, axis=1) & (xp.abs(xp.sum(rows, axis=1) - 1) <= tolerance)
    if not xp.all(right):
        row = int(np.argmin(to_numpy(right)))
        expected = "have rows of numbers at or above 0 that add up to 1"
        raise argument_error(name, expected, f"row {row}: {to_numpy(rows)[row]}")


def cross_entropy(y: Array, t: Array) -> float:
    r"""Mean cross-entropy of predicted probabilities `y`, (N, C), in nats.

    :math:`L = -\frac{1}{N} \sum_n \sum_k t_{nk} \log y_{nk}` is infinite if a class that occurs was
    given probability 0. The targets `t` are labels, (N,), or one-hot or soft rows, (N, C).
    For scores use `nnlib.SoftmaxWithLoss`, which never takes the logarithm of a rounded 0.
    """
    t = target_distribution(t, y, name="y")
    _require_distributions("y", y)
    return _surprise(t, y) / y.shape[0]


def entropy(p: Array) -> float:
    r"""Entropy of a probability distribution, in nats: :math:`H(p) = -\sum_k p_k \log p_k`.

    `p` has any shape, and all its entries add up to 1; :math:`0 \log 0` counts as 0.
    """
    require_floating("p", p)
    _require_distributions("p", array_namespace(p).reshape(p, (1, -1)))
    return _surprise(p, p)


def binary_cross_entropy(y: Array, t: Array) -> float:
    r"""Mean binary cross-entropy of predicted probabilities `y` of yes, any shape, in nats.

    :math:`L = -\frac{1}{n} \sum_i \left(t_i \log y_i + (1 - t_i) \log(1 - y_i)\right)`, where a
    target is 1 for yes, 0 for no, or a probability between.
    """
    require_same_shape("y and t", y, t, entries=True)
    require_floating("y", y)
    xp = array_namespace(y)
    y, t = xp.astype(y, xp.float64), xp.astype(t, xp.float64)
    require_probabilities("y", y)
    require_probabilities("t", t)
    return (_surprise(t, y) + _surprise(1 - t, 1 - y)) / y.size


def mean_squared_error(y: Array, t: Array) -> float:
    r"""Mean of the squared differences :math:`(y_i - t_i)^2` over arrays of one shape."""
    error = difference(y, t)
    xp = array_namespace(error)
    return float(xp.mean(xp.astype(error, xp.float64) ** 2))  # a float16 holds no 256²


def mean_absolute_error(y: Array, t: Array) -> float:
    r"""Mean of the absolute differences :math:`|y_i - t_i|` over arrays of one shape."""
    error = difference(y, t)
    return float(array_namespace(error).mean(abs(error)))


def difference(y: Array, t: Array) -> Array:
    """Return ``y − t`` in floating point; unsigned integers would wrap around below 0."""
    require_same_shape("y and t", y, t, entries=True)
    xp = array_namespace(y)
    dtype = y.dtype if is_floating(y) else xp.float64
    return xp.astype(y, dtype) - xp.astype(t, dtype)


def accuracy(scores: Array, t: Array) -> float:
    """Fraction of samples whose largest score belongs to the right class, between 0 and 1.

    Of `scores` or probabilities, (N, C), the first of equal largest ones counts. The targets `t`
    are labels, (N,), or one-hot or soft rows, whose largest entry counts.
    """
    target = target_distribution(t, scores)
    some_nan = array_namespace(scores).any(scores != scores)
    require(not some_nan, "scores", "be numbers, of which one is the largest", "NaN")
    return fraction_true(largest(scores) == largest(target))


def largest(x: Array) -> Array:
    """Return the column of the largest entry of each row, (N,); of equal ones the first."""
    return array_namespace(x).argmax(x, axis=1)


def fraction_true(x: Array) -> float:
    """Return which part of the entries of a boolean array is true."""
    return int(array_namespace(x).count_nonzero(x)) / x.size


def _surprise(weights: Array, y: Array) -> float:
    """Sum of ``-weights * log(y)``, where a weight of 0 counts as 0 whatever `y` is."""
    xp = array_namespace(y)
    weights, y = xp.astype(weights, xp.float64), xp.astype(y, xp.float64)
    counted_y = xp.where(weights > 0, y, xp.ones_like(y))
    if xp.any(counted_y == 0):
        return float("inf")
    return 0.0 - float(xp.sum(weights * xp.log(counted_y)))
