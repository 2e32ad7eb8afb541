"""Runs: trainings of the playground's network, as its page makes them, with nnlib.

The script of the playground gives the same numbers for the same settings; tests compare the two.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlib.checks import Rng, require, require_number, require_whole
from nnlib.datasets import make_spiral
from nnlib.layers import Affine, Layer, ReLU, Sigmoid, Tanh
from nnlib.losses import SoftmaxWithLoss
from nnlib.models import Sequential
from nnlib.optimizers import SGD, AdaGrad, Adam, Momentum, Optimizer, RMSprop
from nnlib.trainer import DivergenceError, History, Trainer

__all__ = ["ACTIVATIONS", "OPTIMIZERS", "Run", "spiral_data", "train_run"]

DATA_SEED = 1984
OPTIMIZERS: dict[str, type[Optimizer]] = {
    "SGD": SGD,
    "Momentum": Momentum,
    "AdaGrad": AdaGrad,
    "RMSprop": RMSprop,
    "Adam": Adam,
}
ACTIVATIONS: dict[str, type[Layer]] = {"sigmoid": Sigmoid, "tanh": Tanh, "relu": ReLU}
Data = tuple[Any, Any, Any, Any]


@dataclass(frozen=True)
class Run:
    """A training that has ended.

    Attributes
    ----------
    model : Sequential
        The network as it was then: affine, activation, affine.
    history : History
        Of every finished epoch.
    message : str
        Why it ended early; empty if it did not.
    """

    model: Sequential
    history: History
    message: str = ""


def spiral_data(noise: float = 0.2) -> Data:
    """Return the playground's data: training and held-out samples from the same spiral.

    Returns
    -------
    x, t, held_out_x, held_out_t : arrays
        Shapes (300, 2), (300,), (300, 2) and (300,).
    """
    rng = np.random.default_rng(DATA_SEED)
    return *make_spiral(noise=noise, rng=rng), *make_spiral(noise=noise, rng=rng)


def train_run(
    learning_rate: float = 1.0,
    hidden_size: int = 10,
    seed: int = 0,
    *,
    epochs: int = 300,
    update: int = 0,
    batch_size: int = 30,
    weight_scale: float = 0.01,
    noise: float = 0.2,
    optimizer: str = "SGD",
    activation: str = "sigmoid",
    data: Data | None = None,
) -> Run:
    """Train the network of section 1.4 as the playground does.

    Parameters
    ----------
    learning_rate : float
    hidden_size : int
        H.
    seed : int
        Of the initial weights and the order of the samples.
    epochs : int
        How many; 0 leaves the network as it starts.
    update : int
        So many updates of one more epoch are made, which the history does not count.
    batch_size : int
        Samples per update; more than there are count as all.
    weight_scale : float
        Standard deviation of the initial weights.
    noise : float
        Of the spiral.
    optimizer : {"SGD", "Momentum", "AdaGrad", "RMSprop", "Adam"}
    activation : {"sigmoid", "tanh", "relu"}
    data : tuple of arrays, optional
        In place of the spiral: ``(x, t, held_out_x, held_out_t)``, the last two may be None.

    Returns
    -------
    Run
        One that diverged is as it was after its last finished epoch.
    """
    require_whole("epochs", epochs, least=0)
    require_whole("update", update, least=0)
    require_whole("batch_size", batch_size)
    known, layers = ", ".join(OPTIMIZERS), ", ".join(ACTIVATIONS)
    require(optimizer in OPTIMIZERS, "optimizer", f"be one of {known}", repr(optimizer))
    require(activation in ACTIVATIONS, "activation", f"be one of {layers}", repr(activation))
    x, t, *held_out = spiral_data(noise) if data is None else data
    rng = np.random.default_rng(seed)
    model = _network(hidden_size, int(max(t)) + 1, ACTIVATIONS[activation], weight_scale, rng)
    trainer = Trainer(model, OPTIMIZERS[optimizer](learning_rate), rng=rng)
    validation = None if held_out[0] is None else (held_out[0], held_out[1])
    size = min(batch_size, len(x))
    try:
        if epochs:
            trainer.fit(x, t, max_epoch=epochs, batch_size=size, validation=validation)
    except DivergenceError as error:
        return Run(model, trainer.history, str(error))
    _begin_epoch(trainer, x, t, size, update)
    return Run(model, trainer.history)


def _network(
    hidden_size: int, classes: int, activation: type[Layer], weight_scale: float, rng: Rng
) -> Sequential:
    """Make what `TwoLayerNet` is, with any activation: the same draws in the same order."""
    require_whole("hidden_size", hidden_size)
    require_number("weight_scale", weight_scale, least=0)

    def affine(rows: int, columns: int) -> Affine:
        return Affine(weight_scale * rng.standard_normal((rows, columns)), np.zeros(columns))

    layers = [affine(2, hidden_size), activation(), affine(hidden_size, classes)]
    return Sequential(layers, SoftmaxWithLoss())


def _begin_epoch(trainer: Trainer, x: Any, t: Any, batch_size: int, updates: int) -> None:
    """Make the first updates of an epoch: the samples in the order that the trainer would take."""
    if not updates:
        return
    order = trainer._order if len(trainer._order) else np.arange(len(x))
    order = order[trainer.rng.permutation(len(x))]
    for start in range(0, len(x), batch_size)[:updates]:
        rows = order[start : start + batch_size]
        trainer.model.forward(x[rows], t[rows])
        trainer.model.fill_grads()
        trainer.optimizer.update(tuple(trainer.model.params), tuple(trainer.model.grads))
