"""Losses: the last step of a network, from scores and targets to one number to make small.

Each joins a function and its loss in one layer, because the gradient of the pair is simple:
prediction minus target. Sections 1.3.1 and 1.3.5.
"""

from typing import Any

from nnlib.backend import Array, array_namespace, sum_over
from nnlib.checks import (
    require_finite,
    require_floating,
    require_probabilities,
    require_same_shape,
    require_scalar,
    require_target,
)
from nnlib.functions import (
    fraction_true,
    is_one_hot,
    largest,
    sigmoid,
    target_distribution,
    unchecked_log_softmax,
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
        return float(self.compare(x, self.target(t, x)))

    def target(self, t: Array, x: Array) -> Array:
        """Check the targets `t` of the scores `x`; return them as `compare` needs them."""
        raise NotImplementedError(f"{type(self).__name__} must define target")

    def compare(self, x: Array, target: Array) -> Any:
        """Compute the mean loss of scores, and of targets that `target` has returned.

        The result is an array of no axes, still on the device; `forward` makes it a float.
        """
        raise NotImplementedError(f"{type(self).__name__} must define compare")

    def answers(self, target: Array) -> Array | None:
        """Return the right answers, or None if such targets know no right and wrong."""
        return None

    def decide(self, x: Array) -> Array:
        """Return the answers that scores or predictions stand for."""
        raise NotImplementedError(f"{type(self).__name__} must define decide")

    def score(self, x: Array, target: Array) -> float | None:
        """Return the fraction of right answers, or None where there is no right and wrong."""
        require_target(self, x, target)
        answers = self.answers(target)
        return None if answers is None else fraction_true(self.decide(x) == answers)


class SoftmaxWithLoss(Loss):
    """Softmax followed by the mean cross-entropy, for classes that exclude each other.

    The loss, in nats per sample, is computed from the logarithm of softmax, so it is exact for any
    finite scores, never below 0 and never capped.
    """

    def target(self, t: Array, x: Array) -> Array:
        """Return labels, (N,), or one-hot or soft rows as one distribution per sample, (N, C)."""
        return target_distribution(t, x)

    def compare(self, x: Array, target: Array) -> Any:
        """Compute the mean loss of scores and distributions, both (N, C)."""
        require_target(self, x, target)
        log_y = unchecked_log_softmax(x)
        self.save(array_namespace(x).exp(log_y), target)
        return (0.0 - sum_over(target * log_y)) / x.shape[0]

    def backward(self, dout: float = 1.0) -> Array:
        """Return the gradient of the scores, ``dout · (y − t) / N``, shape (N, C)."""
        y, target = self.saved()
        require_scalar(self, dout)
        return (y - target) * (float(dout) / y.shape[0])

    def answers(self, target: Array) -> Array:
        """Return the most probable class of each sample, (N,)."""
        return largest(target)

    def decide(self, x: Array) -> Array:
        """Return the class of the largest score of each sample, (N,)."""
        return largest(x)


class SigmoidWithLoss(Loss):
    """Sigmoid followed by the mean binary cross-entropy, for questions answered yes or no.

    Scores and targets have one shape, any; the loss is in nats per entry.
    """

    def target(self, t: Array, x: Array) -> Array:
        """Return the targets in the type of the scores: 1 for yes, 0 for no, or between."""
        require_same_shape("SigmoidWithLoss.forward: x and t", x, t, entries=True)
        require_floating("SigmoidWithLoss.forward: x", x)
        t = array_namespace(x, t).astype(t, x.dtype)
        require_probabilities("SigmoidWithLoss.forward: t", t)
        return t

    def compare(self, x: Array, target: Array) -> Any:
        """Compute the mean loss over all entries of two arrays of one shape."""
        require_target(self, x, target)
        xp = array_namespace(x, target)
        self.save(sigmoid(x), target)
        # -t·log(y) - (1-t)·log(1-y) with y = sigmoid(x), rearranged so that nothing can overflow.
        losses = xp.log1p(xp.exp(-xp.abs(x))) + xp.maximum(x, xp.zeros_like(x)) - target * x
        return xp.mean(losses)

    def backward(self, dout: float = 1.0) -> Array:
        """Return the gradient of the scores, ``dout · (y − t) / size``, in the shape of `x`."""
        y, target = self.saved()
        require_scalar(self, dout)
        return (y - target) * (float(dout) / y.size)

    def answers(self, target: Array) -> Array:
        """Return, for each entry, whether yes is right."""
        return target > 0.5

    def decide(self, x: Array) -> Array:
        """Return, for each entry, whether yes is more likely than no."""
        return x > 0


class MeanSquaredError(Loss):
    """The mean of the squared differences, for predicting numbers."""

    def target(self, t: Array, x: Array) -> Array:
        """Return the targets, finite numbers in the shape of the predictions, in their type."""
        require_same_shape("MeanSquaredError.forward: x and t", x, t, entries=True)
        require_floating("MeanSquaredError.forward: x", x)
        require_finite("MeanSquaredError.forward: t", t)
        return array_namespace(x, t).astype(t, x.dtype)

    def compare(self, x: Array, target: Array) -> Any:
        """Compute the mean of ``(x − t)²`` over all entries."""
        require_target(self, x, target)
        error = x - target
        self.save(error)
        return array_namespace(error).mean(error**2)

    def backward(self, dout: float = 1.0) -> Array:
        """Return the gradient of `x`, ``dout · 2 (x − t) / size``, in its shape."""
        (error,) = self.saved()
        require_scalar(self, dout)
        return error * (2 * float(dout) / error.size)

    def answers(self, target: Array) -> Array | None:
        """Return the classes, (N,), if the targets are one-hot rows, else None."""
        return largest(target) if is_one_hot(target) else None

    def decide(self, x: Array) -> Array:
        """Return the column of the largest prediction of each sample, (N,)."""
        return largest(x)
