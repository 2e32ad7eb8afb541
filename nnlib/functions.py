"""The functions of sections 1.2 and 1.3: activations, losses and accuracy.

All are pure: arrays in, a new array or a number out, and the input is never changed.
"""

import numpy as np

from nnlib.backend import array_namespace, is_floating, is_integer

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


def sigmoid(x):
    r"""Squash every number into (0, 1): :math:`\sigma(x) = 1 / (1 + e^{-x})`.

    Where :math:`e^{-x}` is too large for its type it becomes infinite. Then :math:`1 / \infty = 0`
    is the right answer, so the overflow needs no warning.

    Parameters
    ----------
    x : array of floats, any shape

    Returns
    -------
    array
        Same shape and type as `x`.

    References
    ----------
    Section 1.2.1.
    """
    xp = array_namespace(x)
    with np.errstate(over="ignore"):
        return 1 / (1 + xp.exp(-x))


def relu(x):
    """Keep positive numbers and replace the others by 0: ``max(x, 0)``.

    Parameters
    ----------
    x : array of floats, any shape

    Returns
    -------
    array
        Same shape and type as `x`.

    References
    ----------
    Section 1.2.1.
    """
    xp = array_namespace(x)
    return xp.maximum(x, xp.zeros_like(x))


def softmax(x):
    r"""Turn scores into probabilities along the last axis.

    :math:`y_k = e^{x_k} / \sum_i e^{x_i}`. The largest score is subtracted first; this changes
    nothing in the result and keeps every exponent at or below 0.

    Parameters
    ----------
    x : (..., C) array of floats
        Scores; any number of axes before the last.

    Returns
    -------
    (..., C) array
        Positive numbers that add up to 1 along the last axis.

    References
    ----------
    Section 1.3.1.
    """
    xp = array_namespace(x)
    e = xp.exp(x - xp.max(x, axis=-1, keepdims=True))
    return e / xp.sum(e, axis=-1, keepdims=True)


def log_softmax(x):
    """Return the logarithm of `softmax`, exact also where the probability rounds to 0.

    Parameters
    ----------
    x : (..., C) array of floats
        Scores; any number of axes before the last.

    Returns
    -------
    (..., C) array
        Numbers at or below 0.

    References
    ----------
    Section 1.3.1.
    """
    xp = array_namespace(x)
    shifted = x - xp.max(x, axis=-1, keepdims=True)
    return shifted - xp.log(xp.sum(xp.exp(shifted), axis=-1, keepdims=True))


def one_hot(t, num_classes, *, dtype=None):
    """Write integer labels as rows with a single 1.

    Parameters
    ----------
    t : (N,) array of integers
        Class labels in ``0 … num_classes − 1``.
    num_classes : int
        Number of classes, C.
    dtype : data type of `t`'s array library, optional
        Type of the result; that library's default float if not given.

    Returns
    -------
    (N, C) array
        Row n has a 1 in column ``t[n]`` and 0 elsewhere.

    Raises
    ------
    TypeError
        If the labels are not integers.
    ValueError
        If `t` is not one-dimensional, or a label is outside the range.

    References
    ----------
    Section 1.4.1.
    """
    xp = array_namespace(t)
    if t.ndim != 1:
        raise ValueError(
            f"t must hold one integer label per sample, shape (N,); got shape {t.shape}"
        )
    if not is_integer(t):
        raise TypeError(f"t must hold integer class labels; got {t.dtype}")
    ones = t[:, None] == xp.arange(num_classes, dtype=t.dtype)
    if xp.count_nonzero(ones) != t.shape[0]:  # a label out of range equals no column's number
        raise ValueError(
            f"t must hold labels from 0 to {num_classes - 1} for {num_classes} classes; "
            f"got labels from {int(xp.min(t))} to {int(xp.max(t))}"
        )
    return xp.asarray(ones, dtype=dtype or xp.asarray(0.0).dtype)


def target_distribution(t, scores):
    """Return the targets of a classification as one probability distribution per sample.

    Parameters
    ----------
    t : (N,) array of integers, or (N, C) array
        Labels, or rows that are one-hot or soft (at or above 0, adding up to 1).
    scores : (N, C) array of floats
        What the targets are compared with; it fixes N, C and the type.

    Returns
    -------
    (N, C) array
        Of the same type as `scores`.

    Raises
    ------
    TypeError, ValueError
        If `scores` or `t` has another shape, type or range than described.
    """
    xp = array_namespace(scores, t)
    if scores.ndim != 2 or scores.shape[0] == 0:
        raise ValueError(
            f"scores must have shape (N, C) with at least one sample; got shape {scores.shape}"
        )
    if t.ndim == 1 and t.shape[0] == scores.shape[0]:
        return one_hot(t, scores.shape[1], dtype=scores.dtype)
    if t.shape != scores.shape:
        raise ValueError(
            f"t must have shape {scores.shape[:1]} (integer labels) or {scores.shape} (one row per "
            f"sample) to match scores of shape {scores.shape}; got shape {t.shape}"
        )
    t = xp.astype(t, scores.dtype)
    tolerance = 8 * float(xp.finfo(scores.dtype).eps) * scores.shape[1]
    if not xp.all(t >= 0) or not xp.all(xp.abs(xp.sum(t, axis=1) - 1) <= tolerance):
        raise ValueError("t must have rows of numbers at or above 0 that add up to 1")
    return t


def cross_entropy(y, t):
    r"""Mean cross-entropy of predicted probabilities.

    :math:`L = -\frac{1}{N} \sum_n \sum_k t_{nk} \log y_{nk}`. For scores use
    `nnlib.SoftmaxWithLoss`, which never takes the logarithm of a rounded 0.

    Parameters
    ----------
    y : (N, C) array of floats
        Predicted probabilities.
    t : (N,) array of integers, or (N, C) array
        Labels, or one-hot or soft rows.

    Returns
    -------
    float
        In nats, at or above 0; infinite if a class that occurs was given probability 0.

    References
    ----------
    Section 1.3.1.
    """
    xp = array_namespace(y, t)
    return _surprise(target_distribution(t, y), y, xp) / y.shape[0]


def entropy(p):
    r"""Entropy of a probability distribution: :math:`H(p) = -\sum_k p_k \log p_k`.

    Parameters
    ----------
    p : array of floats, any shape
        Probabilities that add up to 1; :math:`0 \log 0` counts as 0.

    Returns
    -------
    float
        In nats, at or above 0.

    References
    ----------
    Section 1.3.1.
    """
    return _surprise(p, p, array_namespace(p))


def binary_cross_entropy(y, t):
    r"""Mean binary cross-entropy of predicted probabilities.

    :math:`L = -\frac{1}{N} \sum_n \left(t_n \log y_n + (1 - t_n) \log(1 - y_n)\right)`.

    Parameters
    ----------
    y : array of floats, any shape
        Predicted probability that the answer is yes.
    t : array, same shape as `y`
        1 for yes, 0 for no, or a probability between.

    Returns
    -------
    float
        In nats, at or above 0.

    References
    ----------
    Section 1.3.1.
    """
    xp = _require_same_shape(y, t)
    t = xp.astype(t, y.dtype)
    return (_surprise(t, y, xp) + _surprise(1 - t, 1 - y, xp)) / y.size


def mean_squared_error(y, t):
    r"""Mean of the squared differences: :math:`L = \frac{1}{n} \sum_i (y_i - t_i)^2`.

    Parameters
    ----------
    y, t : arrays of floats, same shape
        Predictions and targets; the mean is over all their entries.

    Returns
    -------
    float

    References
    ----------
    Section 1.3.1.
    """
    xp = _require_same_shape(y, t)
    return float(xp.mean((y - t) ** 2))


def mean_absolute_error(y, t):
    r"""Mean of the absolute differences: :math:`L = \frac{1}{n} \sum_i |y_i - t_i|`.

    Parameters
    ----------
    y, t : arrays of floats, same shape
        Predictions and targets; the mean is over all their entries.

    Returns
    -------
    float

    References
    ----------
    Section 1.3.1.
    """
    xp = _require_same_shape(y, t)
    return float(xp.mean(xp.abs(y - t)))


def accuracy(scores, t):
    """Fraction of samples whose largest score belongs to the right class.

    Parameters
    ----------
    scores : (N, C) array of floats
        Scores or probabilities. Of equal largest scores the first counts.
    t : (N,) array of integers, or (N, C) array
        Labels, or one-hot or soft rows, whose largest entry counts.

    Returns
    -------
    float
        Between 0 and 1.

    References
    ----------
    Section 1.4.3.
    """
    xp = array_namespace(scores, t)
    target_distribution(t, scores)
    labels = t if t.ndim == 1 else xp.argmax(t, axis=1)
    return int(xp.count_nonzero(xp.argmax(scores, axis=1) == labels)) / scores.shape[0]


def _surprise(weights, y, xp):
    """Sum of ``-weights * log(y)``, where a weight of 0 counts as 0 whatever `y` is."""
    if not is_floating(y):
        raise TypeError(f"probabilities must be floating point; got {y.dtype}")
    if not xp.all((y >= 0) & (y <= 1)):
        raise ValueError("probabilities must lie between 0 and 1")
    counted_y = xp.where(weights > 0, y, xp.ones_like(y))
    if xp.any(counted_y == 0):
        return float("inf")
    return 0.0 - float(xp.sum(weights * xp.log(counted_y)))


def _require_same_shape(y, t):
    xp = array_namespace(y, t)
    if y.shape != t.shape or y.size == 0:
        raise ValueError(
            f"y and t must have the same shape and at least one entry; got {y.shape} and {t.shape}"
        )
    return xp
