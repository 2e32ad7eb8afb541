"""Models: layers in a row with a loss at the end, and the two-layer network of the book.

A model owns no arrays of its own; it collects those of its layers each time it is asked.
Sections 1.2.2 and 1.4.2.
"""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from nnlib.backend import Array, copied, from_numpy
from nnlib.checks import (
    Rng,
    require,
    require_kind,
    require_number,
    require_place,
    require_rng,
    require_state,
    require_whole,
    tuple_of,
)
from nnlib.files import FilePath, read_state, write_state
from nnlib.layers import Affine, Layer, Sigmoid
from nnlib.losses import Loss, SoftmaxWithLoss

__all__ = ["Sequential", "TwoLayerNet"]


class Sequential:
    """Layers that pass their output to the next, and a loss that judges the last one.

    There is at least one layer, and each object stands only once: its second `forward` would
    overwrite what its first `backward` needs.
    """

    def __init__(self, layers: Iterable[Layer], loss_layer: Loss):
        layers = tuple_of("layers", layers, "layers")
        require(layers, "layers", "hold at least one layer", "none")
        require_kind("loss_layer", loss_layer, Loss)
        for position, layer in enumerate(layers):
            require_kind(f"layers[{position}]", layer, Layer)
            last = not isinstance(layer, Loss)
            require(last, f"layers[{position}]", "be no loss, which is loss_layer", repr(layer))
            new = not any(layer is earlier for earlier in layers[:position])
            found = f"the same {type(layer).__name__} object as an earlier one"
            require(new, f"layers[{position}]", "be a layer of its own", found)
        self.layers = layers
        self.loss_layer = loss_layer

    @property
    def params(self) -> list[Array]:
        """The parameters of all layers, first layer first (list of arrays)."""
        return [param for layer in self.layers for param in layer.params]

    @property
    def grads(self) -> list[Array]:
        """The gradients that belong to `params`, in the same order (list of arrays)."""
        return [grad for layer in self.layers for grad in layer.grads]

    def predict(self, x: Array) -> Array:
        """Compute the scores, (N, C), of a minibatch `x`, (N, D), one sample per row."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def forward(self, x: Array, t: Array) -> float:
        """Compute the loss of a minibatch `x`, (N, D), for the targets `t` of its loss layer."""
        return self.loss_layer.forward(self.predict(x), t)

    def backward(self, dout: float = 1.0) -> Array:
        """Fill the gradients of all layers and return that of the input, (N, D).

        `dout` is the gradient, with respect to the loss, of what is to be lowered.
        """
        gradient = self.loss_layer.backward(dout)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return gradient

    def fill_grads(self, dout: float = 1.0) -> None:
        """Do what `backward` does without the gradient of the input, which training can spare."""
        gradient, first = self.loss_layer.backward(dout), self.layers[0]
        for layer in self.layers[:0:-1]:  # all but the first, last layer first
            gradient = layer.backward(gradient)
        if type(first) is Affine:  # a class made from it may have a backward of its own
            first.fill_grads(gradient)
        else:
            first.backward(gradient)

    def state(self) -> dict[str, Array]:
        """Return a copy of every parameter by name, ``param_0`` being the first."""
        return {f"param_{i}": +param for i, param in enumerate(self.params)}  # + makes a copy

    def restore(self, state: Mapping[str, Any]) -> None:
        """Put the parameters of a `state` into the arrays that the model has."""
        require_state(state, like=self.state())
        for i, param in enumerate(self.params):
            param[...] = copied(state[f"param_{i}"], like=param)

    def save_params(self, path: FilePath) -> None:
        """Write the parameters to an ``.npz`` file, which holds numbers only and is safe to open.

        ``.npz`` is added to a name that lacks it, here and in every other method that takes a path;
        a file of this name is replaced in one step.
        """
        write_state(path, self.state())

    def load_params(self, path: FilePath) -> None:
        """Read what `save_params` wrote into the arrays the model has; all of it, or nothing."""
        self.restore(read_state(path, like=self.state()))


class TwoLayerNet(Sequential):
    """Affine, sigmoid, affine: the network that learns the spiral.

    The sizes are D, H and C. `rng` draws the weights W1, (D, H), then W2, (H, C), with standard
    deviation `weight_scale`; biases start at 0. All are of the array library `xp` and its `dtype`.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        *,
        weight_scale: float = 0.01,
        rng: Rng,
        dtype: Any = np.float64,
        xp: ModuleType = np,
    ):
        require_rng(rng)
        require_whole("input_size", input_size)
        require_whole("hidden_size", hidden_size)
        require_whole("output_size", output_size)
        require_number("weight_scale", weight_scale, least=0)
        require_place(dtype, xp)

        def affine(rows: int, columns: int) -> Affine:
            W = weight_scale * rng.standard_normal((rows, columns))
            b = np.zeros(columns)
            return Affine(from_numpy(W, dtype=dtype, xp=xp), from_numpy(b, dtype=dtype, xp=xp))

        layers = [affine(input_size, hidden_size), Sigmoid(), affine(hidden_size, output_size)]
        super().__init__(layers, SoftmaxWithLoss())
