"""Runs: trainings of the spiral network, recorded at chosen epochs so that they can be replayed.

The playground shows runs; where they are trained, in a notebook, when the book is made or in a
reader's browser, it is by this file.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nnlib.backend import to_numpy
from nnlib.datasets import make_spiral
from nnlib.models import Sequential, TwoLayerNet
from nnlib.optimizers import SGD
from nnlib.trainer import DivergenceError, Trainer

__all__ = ["SNAPSHOT_EPOCHS", "Run", "answer", "spiral_data", "train_run"]

Floats = npt.NDArray[np.float32]


CLASSES = 3
BATCH_SIZE = 30
DATA_SEED = 1984
SNAPSHOT_EPOCHS = (0, 2, 5, 10, 15, 20, 30, 40, 60, 80, 100, 130, 160, 200, 250, 300)


@dataclass(frozen=True)
class Run:
    """A training of `TwoLayerNet` on the spiral.

    Attributes
    ----------
    learning_rate : float
    hidden_size : int
        H.
    seed : int
        Of the initial weights and the order of the minibatches.
    epochs : tuple of int
        When the parameters were recorded; 0 is before the first update.
    loss : (E,) array of float32
        Mean loss of every epoch.
    weights : (len(epochs), P) array of float32
        W1, b1, W2, b2 in a row, P = 6 H + 3 numbers.
    message : str
        Why the run stopped early; empty if it did not.
    """

    learning_rate: float
    hidden_size: int
    seed: int
    epochs: tuple[int, ...]
    loss: Floats
    weights: Floats
    message: str = ""

    def describe(self) -> dict[str, Any]:
        """Return all but the arrays, as JSON can hold it."""
        return {
            "learning_rate": self.learning_rate,
            "hidden_size": self.hidden_size,
            "seed": self.seed,
            "epochs": list(self.epochs),
            "message": self.message,
        }

    def buffers(self) -> list[bytes]:
        """Return the loss and the weights as little-endian float32."""
        return [array.astype("<f4").tobytes() for array in (self.loss, self.weights)]

    def model(self, place: int) -> Sequential:
        """Return the network as it was at ``epochs[place]``, with the recorded parameters."""
        model = TwoLayerNet(2, self.hidden_size, CLASSES, rng=np.random.default_rng(self.seed))
        ends = np.cumsum([param.size for param in model.params])
        parts = np.split(self.weights[place], ends[:-1])
        for param, part in zip(model.params, parts, strict=True):
            param[...] = part.reshape(param.shape)
        return model


def spiral_data() -> tuple[Any, Any, Any, Any]:
    """Return the playground's data: training and held-out samples from the same spiral.

    Returns
    -------
    x, t, held_out_x, held_out_t : arrays
        Shapes (300, 2), (300,), (300, 2) and (300,).
    """
    rng = np.random.default_rng(DATA_SEED)
    return *make_spiral(rng=rng), *make_spiral(rng=rng)


def train_run(
    learning_rate: float, hidden_size: int, seed: int, *, epochs: Iterable[int] = SNAPSHOT_EPOCHS
) -> Run:
    """Train the network of section 1.4 and record it.

    Parameters
    ----------
    learning_rate : float
    hidden_size : int
    seed : int
    epochs : iterable of int
        When to record the parameters, ascending; the last is the length of the run.

    Returns
    -------
    Run
        A run that diverged keeps the epochs it finished.
    """
    x, t, _, _ = spiral_data()
    epochs = tuple(epochs)
    rng = np.random.default_rng(seed)
    model = TwoLayerNet(2, hidden_size, CLASSES, rng=rng)
    trainer = Trainer(model, SGD(learning_rate), rng=rng)
    recorded = {0: _flat(model)} if 0 in epochs else {}
    message = ""
    try:
        for _ in trainer.epochs(x, t, max_epoch=max(epochs), batch_size=BATCH_SIZE):
            if len(trainer.history) in epochs:
                recorded[len(trainer.history)] = _flat(model)
    except DivergenceError as error:
        message = str(error)
    return Run(
        learning_rate,
        hidden_size,
        seed,
        tuple(recorded),
        np.asarray(trainer.history.loss, dtype=np.float32),
        np.stack(list(recorded.values())),
        message,
    )


def answer(request: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """Answer what the playground's script asks for: with a run, or with the error that it met.

    Parameters
    ----------
    request : dict
        ``number``, which the answer repeats, and ``learning_rate``, ``hidden_size``, ``seed``.

    Returns
    -------
    content : dict
        Of ``type`` "run" with what `Run.describe` says and the ``seconds`` it took, or of
        ``type`` "error" with a ``message``.
    buffers : list of bytes
        Those of the run; none beside an error.
    """
    number = request.get("number")
    started = time.perf_counter()
    try:
        run = train_run(request["learning_rate"], request["hidden_size"], request["seed"])
    except (Exception, KeyboardInterrupt) as error:  # no request stays without an answer
        message = str(error) or type(error).__name__
        return {"type": "error", "number": number, "message": message}, []
    seconds = time.perf_counter() - started
    content = run.describe() | {"type": "run", "number": number, "seconds": seconds}
    return content, run.buffers()


def _flat(model: Sequential) -> Floats:
    return np.concatenate([np.ravel(to_numpy(param)) for param in model.params]).astype(np.float32)
