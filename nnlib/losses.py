"""Losses: the last step of a network, from scores and targets to one number to make small.

Each joins a function and its loss in one layer, because the gradient of the pair is simple:
prediction minus target. Sections 1.3.1 and 1.3.5.
"""

from nnlib.backend import array_namespace
from nnlib.functions import log_softmax, mean_squared_error, sigmoid, target_distribution
from nnlib.layers import Layer

__all__ = ["Loss", "MeanSquaredError", "SigmoidWithLoss", "SoftmaxWithLoss"]


class Loss(Layer):
    """Base of the losses: layers without parameters; ``forward(x, t)`` gives a float."""

    def __init__(self):
        super().__init__()

    def _require_same_shape(self, x, t):
        if x.shape != t.shape or x.size == 0:
            raise ValueError(
                f"{type(self).__name__}.forward: x and t must have the same shape and at least one "
                f"entry; got {x.shape} and {t.shape}"
            )


class SoftmaxWithLoss(Loss):
    """Softmax followed by the mean cross-entropy, for classes that exclude each other.

    The loss is computed from the logarithm of softmax, so it is exact for any finite scores, never
    below 0 and never capped.

    References
    ----------
    Section 1.3.5.
    """

    def forward(self, x, t):
        """Compute the mean loss of a minibatch.

        Parameters
        ----------
        x : (N, C) array of floats
            Scores.
        t : (N,) array of integers, or (N, C) array
            Labels from 0 to C − 1, or one-hot or soft rows.

        Returns
        -------
        float
            In nats per sample.

        Raises
        ------
        TypeError, ValueError
            If the shapes do not fit or a label is out of range.
        """
        xp = array_namespace(x, t)
        target = target_distribution(t, x)
        log_y = log_softmax(x)
        self._save(xp.exp(log_y), target)
        return (0.0 - float(xp.sum(target * log_y))) / x.shape[0]

    def backward(self, dout=1.0):
        """Return the gradient of the scores, ``dout · (y − t) / N``, shape (N, C)."""
        y, target = self._saved()
        return (y - target) * (float(dout) / y.shape[0])


class SigmoidWithLoss(Loss):
    """Sigmoid followed by the mean binary cross-entropy, for questions answered yes or no.

    References
    ----------
    Sections 1.3.1 and 1.3.5.
    """

    def forward(self, x, t):
        """Compute the mean loss over all entries.

        Parameters
        ----------
        x : array of floats, any shape
            Scores.
        t : array, same shape
            1 for yes, 0 for no, or a probability between.

        Returns
        -------
        float
            In nats per entry.

        Raises
        ------
        ValueError
            If the shapes differ, or a target is outside 0 … 1.
        """
        self._require_same_shape(x, t)
        xp = array_namespace(x, t)
        t = xp.astype(t, x.dtype)
        if not xp.all((t >= 0) & (t <= 1)):
            raise ValueError("SigmoidWithLoss.forward: t must lie between 0 and 1")
        self._save(sigmoid(x), t)
        # -t·log(y) - (1-t)·log(1-y) with y = sigmoid(x), rearranged so that nothing can overflow.
        losses = xp.log1p(xp.exp(-xp.abs(x))) + xp.maximum(x, xp.zeros_like(x)) - t * x
        return float(xp.mean(losses))

    def backward(self, dout=1.0):
        """Return the gradient of the scores, ``dout · (y − t) / size``, in the shape of `x`."""
        y, t = self._saved()
        return (y - t) * (float(dout) / y.size)


class MeanSquaredError(Loss):
    """The mean squared difference, for predicting numbers.

    References
    ----------
    Section 1.3.1.
    """

    def forward(self, x, t):
        """Compute the mean of ``(x − t)²`` over all entries.

        Parameters
        ----------
        x, t : arrays of floats, same shape
            Predictions and targets.

        Returns
        -------
        float

        Raises
        ------
        ValueError
            If the shapes differ or there are no entries.
        """
        self._require_same_shape(x, t)
        self._save(x - t)
        return mean_squared_error(x, t)

    def backward(self, dout=1.0):
        """Return the gradient of `x`, ``dout · 2 (x − t) / size``, in its shape."""
        (difference,) = self._saved()
        return difference * (2 * float(dout) / difference.size)
