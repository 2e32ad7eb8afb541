"""Layers: the building blocks of a network, each with parameters, gradients, forward and backward.

The contract is short. `forward` computes and remembers, `backward` fills `grads` **in place** and
returns the gradient of the input, and `grads[i]` always belongs to `params[i]`. Sections 1.2.2 and
1.3.5.
"""

from nnlib.backend import Array, array_namespace, sum_over
from nnlib.checks import (
    require,
    require_columns,
    require_floating,
    require_param,
    require_real,
    require_upstream,
)
from nnlib.functions import relu, sigmoid
from nnlib.nodes import Node

__all__ = ["Affine", "Layer", "ReLU", "Sigmoid", "Tanh"]


class Layer(Node):
    """Base of all layers: keeps the parameters and makes a zero gradient for each.

    Parameters are floating point, as integers would round every update to 0, and kept, not copied:
    the optimizer changes them in place. ``grads[i]`` has the shape and type of ``params[i]``.
    """

    def __init__(self, *params: Array):
        for position, param in enumerate(params):
            require_param(f"{type(self).__name__}: parameter {position}", param)
        self.params = list(params)
        self.grads = [array_namespace(param).zeros_like(param) for param in params]


class Affine(Layer):
    """Fully connected layer, ``x @ W + b``, with weights `W`, (D, H), and biases `b`, (H,)."""

    def __init__(self, W: Array, b: Array):
        super().__init__(W, b)
        require_real("Affine: W and b", W, b)
        fits = W.ndim == 2 and b.shape == W.shape[1:]
        expected = "have shapes (D, H) and (H,)"
        require(fits, "Affine: W and b", expected, f"{W.shape} and {b.shape}")

    def forward(self, x: Array) -> Array:
        """Transform a minibatch `x`, (N, D), one sample per row, to (N, H)."""
        W, b = self.params
        require_columns(self, x, W)
        self.save(x)
        return x @ W + b

    def backward(self, dout: Array) -> Array:
        """Fill ``grads`` from `dout`, (N, H), and return the gradient of `x`, (N, D)."""
        self.fill_grads(dout)
        W, _ = self.params
        return dout @ W.T

    def fill_grads(self, dout: Array) -> None:
        """Do what `backward` does without the gradient of `x`, which the first layer can spare."""
        (x,), (_, b), (dW, db) = self.saved(), self.params, self.grads
        require_upstream(self, dout, (x.shape[0], b.shape[0]), b)
        dW[...] = x.T @ dout
        db[...] = sum_over(dout, axis=0)


class Sigmoid(Layer):
    """The sigmoid function, applied to every entry of an array of any shape."""

    def __init__(self) -> None:
        super().__init__()

    def forward(self, x: Array) -> Array:
        """Squash every entry of `x` into (0, 1)."""
        y = sigmoid(x)
        self.save(+y)  # a copy: the caller may change what is returned
        return y

    def backward(self, dout: Array) -> Array:
        """Return the gradient of `x`: ``dout · y · (1 − y)``, with `dout` in the shape of `y`."""
        (y,) = self.saved()
        require_upstream(self, dout, y.shape, y)
        return dout * y * (1.0 - y)


class Tanh(Layer):
    """The hyperbolic tangent, applied to every entry of an array of any shape."""

    def __init__(self) -> None:
        super().__init__()

    def forward(self, x: Array) -> Array:
        """Squash every entry of `x` into (−1, 1)."""
        require_floating("x", x)
        y = array_namespace(x).tanh(x)
        self.save(+y)  # a copy: the caller may change what is returned
        return y

    def backward(self, dout: Array) -> Array:
        """Return the gradient of `x`: ``dout · (1 − y²)``, with `dout` in the shape of `y`."""
        (y,) = self.saved()
        require_upstream(self, dout, y.shape, y)
        return dout * (1.0 - y * y)


class ReLU(Layer):
    """The rectified linear unit ``max(x, 0)``, applied to every entry of an array of any shape."""

    def __init__(self) -> None:
        super().__init__()

    def forward(self, x: Array) -> Array:
        """Replace the negative entries of `x` by 0."""
        self.save(x)
        return relu(x)

    def backward(self, dout: Array) -> Array:
        """Return the gradient of `x`: `dout` where `x` was positive, 0 elsewhere."""
        (x,) = self.saved()
        require_upstream(self, dout, x.shape, x)
        xp = array_namespace(dout)
        return xp.where(x > 0, dout, xp.zeros_like(dout))
