"""Models: layers in a row with a loss at the end, and the two-layer network of the book.

A model owns no arrays of its own; it collects those of its layers each time it is asked.
Sections 1.2.2 and 1.4.2.
"""

import numpy as np

from nnlib.backend import array_namespace, from_numpy, require_rng, require_whole, to_numpy
from nnlib.layers import Affine, Sigmoid
from nnlib.losses import SoftmaxWithLoss

__all__ = ["Sequential", "TwoLayerNet"]


class Sequential:
    """Layers that pass their output to the next, and a loss that judges the last one.

    Parameters
    ----------
    layers : sequence of Layer
        In the order of the forward pass, at least one. Each layer object may stand only once.
    loss_layer : Loss
        What compares scores and targets.

    Raises
    ------
    ValueError
        If there is no layer, or one object stands twice: its second `forward` would overwrite what
        its first `backward` needs.
    """

    def __init__(self, layers, loss_layer):
        layers = tuple(layers)
        if not layers:
            raise ValueError("layers must hold at least one layer; got none")
        for position, layer in enumerate(layers):
            if any(layer is earlier for earlier in layers[:position]):
                raise ValueError(
                    f"layers[{position}] is the same {type(layer).__name__} object as an earlier "
                    "one: make a new layer for each place"
                )
        self.layers = layers
        self.loss_layer = loss_layer

    @property
    def params(self):
        """The parameters of all layers, first layer first (list of arrays)."""
        return [param for layer in self.layers for param in layer.params]

    @property
    def grads(self):
        """The gradients that belong to `params`, in the same order (list of arrays)."""
        return [grad for layer in self.layers for grad in layer.grads]

    def predict(self, x):
        """Compute the scores of a minibatch.

        Parameters
        ----------
        x : (N, D) array
            One sample per row.

        Returns
        -------
        (N, C) array
            Scores; the class with the largest is the prediction.
        """
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def forward(self, x, t):
        """Compute the loss of a minibatch.

        Parameters
        ----------
        x : (N, D) array
            One sample per row.
        t : array
            Targets, as the loss layer takes them: for classes (N,) integers, or (N, C) rows.

        Returns
        -------
        float
        """
        return self.loss_layer.forward(self.predict(x), t)

    def backward(self, dout=1.0):
        """Fill the gradients of all layers and return that of the input.

        Parameters
        ----------
        dout : float
            Gradient of what is to be lowered with respect to the loss.

        Returns
        -------
        (N, D) array
        """
        dout = self.loss_layer.backward(dout)
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    def save_params(self, path):
        """Write the parameters to an ``.npz`` file, which holds numbers only and is safe to open.

        Parameters
        ----------
        path : str or path
            Where to write; NumPy adds ``.npz`` if the name lacks it.
        """
        arrays = {f"param_{i}": to_numpy(param) for i, param in enumerate(self.params)}
        np.savez(path, **arrays)

    def load_params(self, path):
        """Read parameters written by `save_params` into the arrays the model has.

        Parameters
        ----------
        path : str or path

        Raises
        ------
        ValueError
            If the file's arrays don't fit; the model is then unchanged.
        """
        with np.load(path, allow_pickle=False) as file:
            arrays = [file[f"param_{i}"] for i in range(len(file.files))]
        found, expected = [a.shape for a in arrays], [p.shape for p in self.params]
        if found != expected:
            raise ValueError(f"{path} holds arrays of shapes {found}; this model needs {expected}")
        for param, array in zip(self.params, arrays, strict=True):
            param[...] = array_namespace(param).asarray(array, dtype=param.dtype)


class TwoLayerNet(Sequential):
    """Affine, sigmoid, affine: the network that learns the spiral.

    Parameters
    ----------
    input_size, hidden_size, output_size : int
        Numbers of inputs D, hidden neurons H and classes C, each at least 1.
    weight_scale : float
        Standard deviation of the initial weights; biases start at 0.
    rng : numpy.random.Generator or RandomState
        Draws W1, (D, H), then W2, (H, C).
    dtype : data type
        Type of the parameters.
    xp : module
        Array library of the parameters.

    Raises
    ------
    TypeError, ValueError
        If `rng` is no generator, a size is not a whole number above 0, or `weight_scale` is
        negative.

    References
    ----------
    Section 1.4.2.
    """

    def __init__(
        self,
        input_size,
        hidden_size,
        output_size,
        *,
        weight_scale=0.01,
        rng,
        dtype=np.float64,
        xp=np,
    ):
        require_rng(rng)
        require_whole("input_size", input_size)
        require_whole("hidden_size", hidden_size)
        require_whole("output_size", output_size)
        if not (weight_scale >= 0 and np.isfinite(weight_scale)):
            raise ValueError(
                f"weight_scale must be a finite number at or above 0; got {weight_scale!r}"
            )

        def affine(rows, columns):
            W = weight_scale * rng.standard_normal((rows, columns))
            b = np.zeros(columns)
            return Affine(from_numpy(W, dtype=dtype, xp=xp), from_numpy(b, dtype=dtype, xp=xp))

        layers = [affine(input_size, hidden_size), Sigmoid(), affine(hidden_size, output_size)]
        super().__init__(layers, SoftmaxWithLoss())
