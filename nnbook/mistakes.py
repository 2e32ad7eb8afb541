"""Planted mistakes: layers and a loss that are wrong in one place, each beside what is right.

None of them raises an error and some of them even learn, so only the gradient check tells them from
the right ones. Section 1.3.5.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np

from nnlib.backend import Array, array_namespace
from nnlib.datasets import make_spiral
from nnlib.layers import Affine, Layer, ReLU
from nnlib.losses import SoftmaxWithLoss
from nnlib.models import Sequential
from nnlib.optimizers import SGD
from nnlib.trainer import Trainer

__all__ = [
    "MISTAKES",
    "FlippedSign",
    "ForgottenMean",
    "ForgottenTranspose",
    "NotInPlace",
    "SlopeFromOutput",
    "WrongAxis",
    "plant",
    "train",
]


class FlippedSign(Affine):
    """Affine whose bias gradient points downhill: the update then climbs."""

    def backward(self, dout: Array) -> Array:
        """Fill ``grads`` and return the gradient of `x`, like `Affine`, but negate ``db``."""
        dx = super().backward(dout)
        self.grads[1][...] = -self.grads[1]  # right: without the minus
        return dx


class ForgottenTranspose(Affine):
    """Affine that reads the columns of W on the way back; it fits only if W is square."""

    def backward(self, dout: Array) -> Array:
        """Fill ``grads`` and return ``dout @ W``."""
        super().backward(dout)
        return dout @ self.params[0]  # right: dout @ W.T


class WrongAxis(Affine):
    """Affine whose bias gradient sums over the neurons; it fits only if N = H."""

    def backward(self, dout: Array) -> Array:
        """Fill ``grads`` and return the gradient of `x`, like `Affine`, but with a wrong ``db``."""
        dx = super().backward(dout)
        self.grads[1][...] = array_namespace(dout).sum(dout, axis=1)  # right: axis=0, the samples
        return dx


class NotInPlace(Affine):
    """Affine that gives its gradients to local names; those in ``grads`` stay 0."""

    def backward(self, dout: Array) -> Array:
        """Return the gradient of `x`, and leave ``grads`` as they are."""
        (x,), (W, _), (dW, db) = self.saved(), self.params, self.grads
        dW = x.T @ dout  # noqa: F841 - right: dW[...] = x.T @ dout
        db = array_namespace(dout).sum(dout, axis=0)  # noqa: F841 - right: db[...] = …
        return dout @ W.T


class SlopeFromOutput(ReLU):
    """ReLU that asks its output where the slope is 1; since no output is negative: everywhere."""

    def forward(self, x: Array) -> Array:
        """Replace negative entries by 0, and keep the result instead of `x`."""
        y = super().forward(x)
        self.save(y)
        return y

    def backward(self, dout: Array) -> Array:
        """Return `dout` where the output is at or above 0."""
        (y,) = self.saved()
        xp = array_namespace(dout)
        return xp.where(y >= 0, dout, xp.zeros_like(dout))  # right: x > 0


class ForgottenMean(SoftmaxWithLoss):
    """Softmax and mean cross-entropy whose gradient is that of the sum: N times too large."""

    def backward(self, dout: float = 1.0) -> Array:
        """Return ``dout · (y − t)``."""
        y, target = self.saved()
        return (y - target) * float(dout)  # right: (y - target) * (dout / N)


Kind = TypeVar("Kind", bound=Layer)

MISTAKES: dict[str, type[Layer]] = {
    "transpose dropped": ForgottenTranspose,
    "sign flipped": FlippedSign,
    "1/N forgotten": ForgottenMean,
    "sum over the wrong axis": WrongAxis,
    "ReLU's slope from its output": SlopeFromOutput,
    "dW = … instead of dW[...] = …": NotInPlace,
}


def plant(
    mistake: type[Layer] | None,
    *,
    rng: np.random.Generator,
    sizes: Sequence[int] = (2, 10, 10, 3),
) -> Sequential:
    """Build a ReLU network with a mistake wherever it raises no error.

    Parameters
    ----------
    mistake : class or None
        One of this module. A mistake that needs a square W is planted in the square layers only;
        `WrongAxis` fits these if a minibatch has as many samples as they have neurons.
    rng : numpy.random.Generator
        Draws the weights; the same state gives the same weights, whatever the mistake.
    sizes : sequence of int
        Inputs, neurons of each hidden layer, classes.

    Returns
    -------
    Sequential
    """
    affine, relu = _planted(mistake, Affine), _planted(mistake, ReLU)
    square_only = mistake in (ForgottenTranspose, WrongAxis)
    layers: list[Layer] = []
    for rows, columns in pairwise(sizes):
        kind = Affine if square_only and rows != columns else affine
        W = rng.standard_normal((rows, columns)) * np.sqrt(2 / rows)
        layers += [kind(W, np.zeros(columns)), relu()]
    return Sequential(layers[:-1], _planted(mistake, SoftmaxWithLoss)())


def train(
    mistake: type[Layer] | None, *, seed: int = 0, max_epoch: int = 60, batch_size: int = 10
) -> Trainer:
    """Train a planted network on the spiral, with a learning rate of 0.05.

    Parameters
    ----------
    mistake : class or None
        See `plant`.
    seed : int
        Of the weights and of the order of the samples.
    max_epoch, batch_size : int
        See `Trainer.fit`.

    Returns
    -------
    Trainer
        With the trained `model` and its `history`.
    """
    model = plant(mistake, rng=np.random.default_rng(seed))
    x, t = make_spiral(rng=np.random.default_rng(1984))
    trainer = Trainer(model, SGD(learning_rate=0.05), rng=np.random.default_rng(seed + 100))
    trainer.fit(x, t, max_epoch=max_epoch, batch_size=batch_size)
    return trainer


def _planted(mistake: type[Layer] | None, kind: type[Kind]) -> type[Kind]:
    """Return the mistake where it is one of a kind of layer, else the right layer."""
    return mistake if mistake is not None and issubclass(mistake, kind) else kind
