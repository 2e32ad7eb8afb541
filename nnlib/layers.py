"""Layers: the building blocks of a network, each with parameters, gradients, forward and backward.

The contract is short. `forward` computes and remembers, `backward` fills `grads` **in place** and
returns the gradient of the input, and `grads[i]` always belongs to `params[i]`. Sections 1.2.2 and
1.3.5.
"""

from nnlib.backend import array_namespace, is_floating
from nnlib.functions import relu, sigmoid
from nnlib.graph import Node

__all__ = ["Affine", "Layer", "MatMul", "ReLU", "Sigmoid"]


class Layer(Node):
    """Base of all layers: keeps the parameters and makes a zero gradient for each.

    Parameters
    ----------
    *params : arrays of floats
        Kept, not copied: the optimizer changes them in place.

    Attributes
    ----------
    params, grads : lists of arrays
        ``grads[i]`` has the shape and type of ``params[i]``.

    Raises
    ------
    TypeError
        If a parameter is not floating point; integers would round every update to 0.
    """

    def __init__(self, *params):
        for position, param in enumerate(params):
            if not is_floating(param):
                raise TypeError(
                    f"{type(self).__name__}: parameter {position} must be floating point; "
                    f"got {param.dtype} (write 1.0, or use .astype(float))"
                )
        self.params = list(params)
        self.grads = [array_namespace(param).zeros_like(param) for param in params]

    def _require_columns(self, x, W):
        """Check that `x` is a matrix whose rows fit `W`."""
        if getattr(x, "shape", ())[1:] != W.shape[:1]:
            raise ValueError(
                f"{type(self).__name__}.forward: x must be an array of shape (N, {W.shape[0]}) "
                f"because W has shape {W.shape}; got {_describe(x)}"
            )

    def _require_shape(self, dout, shape):
        if dout.shape != shape:
            raise ValueError(
                f"{type(self).__name__}.backward: dout must have the shape of forward's output, "
                f"{shape}; got {dout.shape}"
            )


class MatMul(Layer):
    """Matrix product with a weight, ``x @ W``.

    Parameters
    ----------
    W : (D, H) array of floats
        Weights.

    References
    ----------
    Section 1.3.4.
    """

    def __init__(self, W):
        super().__init__(W)
        self._require(W.ndim == 2, f"W must have shape (D, H); got {W.shape}")

    def forward(self, x):
        """Multiply a minibatch by the weights.

        Parameters
        ----------
        x : (N, D) array

        Returns
        -------
        (N, H) array
        """
        (W,) = self.params
        self._require_columns(x, W)
        self._save(x)
        return x @ W

    def backward(self, dout):
        """Fill ``grads`` and return the gradient of `x`.

        Parameters
        ----------
        dout : (N, H) array
            Gradient of the loss with respect to the output.

        Returns
        -------
        (N, D) array
        """
        (x,), (W,), (dW,) = self._saved(), self.params, self.grads
        self._require_shape(dout, (x.shape[0], W.shape[1]))
        dW[...] = x.T @ dout
        return dout @ W.T


class Affine(Layer):
    """Fully connected layer, ``x @ W + b``.

    Parameters
    ----------
    W : (D, H) array of floats
        Weights.
    b : (H,) array of floats
        Biases.

    References
    ----------
    Sections 1.2.2 (forward) and 1.3.5 (backward).
    """

    def __init__(self, W, b):
        super().__init__(W, b)
        self._require(
            W.ndim == 2 and b.shape == W.shape[1:],
            f"W must have shape (D, H) and b (H,); got {W.shape} and {b.shape}",
        )

    def forward(self, x):
        """Transform a minibatch, one sample per row.

        Parameters
        ----------
        x : (N, D) array

        Returns
        -------
        (N, H) array
        """
        W, b = self.params
        self._require_columns(x, W)
        self._save(x)
        return x @ W + b

    def backward(self, dout):
        """Fill ``grads`` and return the gradient of `x`.

        Parameters
        ----------
        dout : (N, H) array
            Gradient of the loss with respect to the output.

        Returns
        -------
        (N, D) array
        """
        (x,), (W, b), (dW, db) = self._saved(), self.params, self.grads
        self._require_shape(dout, (x.shape[0], *b.shape))
        dW[...] = x.T @ dout
        db[...] = array_namespace(dout).sum(dout, axis=0)
        return dout @ W.T


class Sigmoid(Layer):
    """The sigmoid function, applied to every entry.

    References
    ----------
    Sections 1.2.2 (forward) and 1.3.5 (backward).
    """

    def __init__(self):
        super().__init__()

    def forward(self, x):
        """Squash every entry into (0, 1).

        Parameters
        ----------
        x : array of floats, any shape

        Returns
        -------
        array
            Same shape as `x`.
        """
        y = sigmoid(x)
        self._save(y)
        return y

    def backward(self, dout):
        """Return the gradient of `x`: ``dout · y · (1 − y)``.

        Parameters
        ----------
        dout : array
            Same shape as the output.
        """
        (y,) = self._saved()
        self._require_shape(dout, y.shape)
        return dout * y * (1 - y)


class ReLU(Layer):
    """The rectified linear unit ``max(x, 0)``, applied to every entry.

    References
    ----------
    Section 1.3.5.
    """

    def __init__(self):
        super().__init__()

    def forward(self, x):
        """Replace negative entries by 0.

        Parameters
        ----------
        x : array of floats, any shape

        Returns
        -------
        array
            Same shape as `x`.
        """
        self._save(x)
        return relu(x)

    def backward(self, dout):
        """Return the gradient of `x`: `dout` where `x` was positive, 0 elsewhere.

        Parameters
        ----------
        dout : array
            Same shape as the output.
        """
        (x,) = self._saved()
        self._require_shape(dout, x.shape)
        xp = array_namespace(dout)
        return xp.where(x > 0, dout, xp.zeros_like(dout))


def _describe(x):
    return f"shape {x.shape}" if hasattr(x, "shape") else f"a {type(x).__name__}"
