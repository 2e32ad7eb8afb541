"""Losses: the last step of a network, from scores and targets to one number to make small.

Each joins a function and its loss in one layer, because the gradient of the pair is simple:
prediction minus target. Sections 1.3.1 and 1.3.5.
"""

from nnlib.backend import Array, array_namespace
from nnlib.checks import argument_error, require_same_shape
from nnlib.functions import (
    difference,
    fraction_right,
    is_one_hot,
    log_softmax,
    sigmoid,
    target_distribution,
)
from nnlib.layers import Layer

__all__ = ["Loss", "MeanSquaredError", "SigmoidWithLoss", "SoftmaxWithLoss"]


class Loss(Layer):
    """Base of the losses: layers without parameters that give one number.

    A loss has two steps, `target` and `compare`. Training takes the first once for all its data and
    the second at every update.
    """

    def __init__(self) -> None:
        super().__init__()

    def forward(self, x: Array, t: Array) -> float:
        """Compute the mean loss of scores or predictions `x` for targets `t`; see `target`."""
        return self.compare(x, self.target(t, x))

    def target(self, t: Array, x: Array) -> Array:
        """Check the targets `t` of the scores `x`; return them as `compare` needs them."""
        raise NotImplementedError(f"{type(self).__name__} must define target")

    def compare(self, x: Array, target: Array) -> float:
        """Compute the mean loss of scores, and of targets that `target` has returned."""
        raise NotImplementedError(f"{type(self).__name__} must define compare")

    def score(self, x: Array, target: Array) -> float | None:
        """Return the fraction of right answers, or None where there is no right and wrong."""
        return None


class SoftmaxWithLoss(Loss):
    """Softmax followed by the mean cross-entropy, for classes that exclude each other.

    The loss, in nats per sample, is computed from the logarithm of softmax, so it is exact for any
    finite scores, never below 0 and never capped.
    """

    def target(self, t: Array, x: Array) -> Array:
        """Return the targets as one probability distribution per sample.

        Parameters
        ----------
        t : (N,) array of integers, or (N, C) array
            Labels from 0 to C − 1, or one-hot or soft rows.
        x : (N, C) array of floats
            Scores.

        Returns
        -------
        (N, C) array

        Raises
        ------
        TypeError, ValueError
            If the shapes do not fit or a label is out of range.
        """
        return target_distribution(t, x)

    def compare(self, x: Array, target: Array) -> float:
        """Compute the mean loss of scores and distributions, both (N, C)."""
        xp = array_namespace(x, target)
        log_y = log_softmax(x)
        self.save(xp.exp(log_y), target)
        return (0.0 - float(xp.sum(target * log_y))) / x.shape[0]

    def backward(self, dout: float = 1.0) -> Array:
        """Return the gradient of the scores, ``dout · (y − t) / N``, shape (N, C)."""
        y, target = self.saved()
        return (y - target) * (float(dout) / y.shape[0])

    def score(self, x: Array, target: Array) -> float:
        """Return the fraction of samples whose largest score is that of the right class."""
        return fraction_right(x, target)


class SigmoidWithLoss(Loss):
    """Sigmoid followed by the mean binary cross-entropy, for questions answered yes or no.

    The loss is in nats per entry.
    """

    def target(self, t: Array, x: Array) -> Array:
        """Return the targets in the type of the scores.

        Parameters
        ----------
        t : array, same shape as `x`
            1 for yes, 0 for no, or a probability between.
        x : array of floats, any shape
            Scores.

        Raises
        ------
        ValueError
            If the shapes differ, or a target is outside 0 … 1.
        """
        require_same_shape("SigmoidWithLoss.forward: x and t", x, t, entries=True)
        xp = array_namespace(x, t)
        t = xp.astype(t, x.dtype)
        if not xp.all((t >= 0) & (t <= 1)):
            found = f"numbers from {float(xp.min(t)):g} to {float(xp.max(t)):g}"
            raise argument_error("SigmoidWithLoss.forward: t", "lie between 0 and 1", found)
        return t

    def compare(self, x: Array, target: Array) -> float:
        """Compute the mean loss over all entries of two arrays of one shape."""
        xp = array_namespace(x, target)
        self.save(sigmoid(x), target)
        # -t·log(y) - (1-t)·log(1-y) with y = sigmoid(x), rearranged so that nothing can overflow.
        losses = xp.log1p(xp.exp(-xp.abs(x))) + xp.maximum(x, xp.zeros_like(x)) - target * x
        return float(xp.mean(losses))

    def backward(self, dout: float = 1.0) -> Array:
        """Return the gradient of the scores, ``dout · (y − t) / size``, in the shape of `x`."""
        y, target = self.saved()
        return (y - target) * (float(dout) / y.size)

    def score(self, x: Array, target: Array) -> float:
        """Return the fraction of entries whose more likely answer, yes or no, is the right one."""
        xp = array_namespace(x, target)
        return int(xp.count_nonzero((x > 0) == (target > 0.5))) / x.size


class MeanSquaredError(Loss):
    """The mean of the squared differences, for predicting numbers."""

    def target(self, t: Array, x: Array) -> Array:
        """Return the targets `t`, numbers in the shape of the predictions `x`, in their type.

        Raises
        ------
        ValueError
            If the shapes differ or there are no entries.
        """
        require_same_shape("MeanSquaredError.forward: x and t", x, t, entries=True)
        return array_namespace(x, t).astype(t, x.dtype)

    def compare(self, x: Array, target: Array) -> float:
        """Compute the mean of ``(x − t)²`` over all entries."""
        error = difference(x, target)
        self.save(error)
        return float(array_namespace(error).mean(error**2))

    def backward(self, dout: float = 1.0) -> Array:
        """Return the gradient of `x`, ``dout · 2 (x − t) / size``, in its shape."""
        (error,) = self.saved()
        return error * (2 * float(dout) / error.size)

    def score(self, x: Array, target: Array) -> float | None:
        """Return the fraction of right answers if the targets are one-hot rows, else None."""
        return fraction_right(x, target) if is_one_hot(target) else None
