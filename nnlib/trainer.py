"""Training: the loop of section 1.4.3, once and for all. Section 1.4.4.

A generator does the work, an epoch at a time; `fit` runs it to the end with an optional progress
bar. What has been reached is kept, however the run ends.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import numpy as np

from nnlib.backend import Array, array_namespace, to_numpy
from nnlib.checks import Rng, require, require_data, require_rng, require_whole
from nnlib.models import Sequential
from nnlib.optimizers import Optimizer

__all__ = ["DivergenceError", "EpochResult", "History", "Trainer"]


class DivergenceError(ArithmeticError):
    """Training met a loss that is no finite number; the message says where and what to try."""


@dataclass(frozen=True)
class EpochResult:
    """What one epoch gave.

    Attributes
    ----------
    loss : float
        Mean loss of the epoch's samples, each taken before the update it led to.
    accuracy : float or None
        Fraction of right answers on the training data after the epoch; None if the loss knows no
        right and wrong, as in regression.
    validation_loss, validation_accuracy : float or None
        The same after the epoch for data that was not trained on; None if there is none.
    seconds : float
        Time the epoch took.
    """

    loss: float
    accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    seconds: float


@dataclass
class History:
    """One value per epoch, oldest first; see `EpochResult` for each."""

    loss: list[float] = field(default_factory=list)
    accuracy: list[float | None] = field(default_factory=list)
    validation_loss: list[float | None] = field(default_factory=list)
    validation_accuracy: list[float | None] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def append(self, result: EpochResult) -> None:
        """Add the result of an epoch."""
        for name, value in asdict(result).items():
            getattr(self, name).append(value)

    def __len__(self) -> int:
        return len(self.loss)


class _Data(NamedTuple):
    """Samples, (N, D), and their targets, which the loss has checked."""

    x: Any
    target: Any


class Trainer:
    """Trains a model with an optimizer on minibatches in random order.

    Parameters
    ----------
    model : Sequential
        What is trained.
    optimizer : Optimizer
        What moves the parameters.
    rng : numpy.random.Generator or RandomState
        Draws one permutation of the samples per epoch.

    Attributes
    ----------
    history : History
        Every finished epoch of every `fit`, also of one that was interrupted or diverged.
    """

    def __init__(self, model: Sequential, optimizer: Optimizer, *, rng: Rng):
        require_rng(rng)
        self.model = model
        self.optimizer = optimizer
        self.rng = rng
        self.history = History()
        self._order = np.arange(0)

    def fit(
        self,
        x: Array,
        t: Array,
        *,
        max_epoch: int = 10,
        batch_size: int = 32,
        validation: tuple[Array, Array] | None = None,
        progress: bool = False,
    ) -> History:
        """Train for some epochs; a second call goes on where the first ended.

        Parameters
        ----------
        x : (N, D) array of floats
            Training samples, one per row.
        t : (N,) array of integers, or (N, C) array
            Their labels, or one-hot or soft rows; for another loss what that takes.
        max_epoch : int
            How many times every sample is used.
        batch_size : int
            Samples per update, from 1 to N. If N is no multiple of it, the last batch of an epoch
            is smaller.
        validation : tuple of arrays, optional
            ``(x, t)`` that is only measured, never trained on.
        progress : bool
            Whether to show a progress bar (needs tqdm).

        Returns
        -------
        History
            The trainer's own: all epochs so far.

        Raises
        ------
        TypeError, ValueError
            If the data is empty, not finite or of unequal length, or a size is out of range.
        DivergenceError
            At the first loss that is not finite. `history` keeps the finished epochs; the
            parameters are those that gave this loss.
        """
        epochs = self.epochs(
            x, t, max_epoch=max_epoch, batch_size=batch_size, validation=validation
        )
        if not progress:
            for _ in epochs:
                pass
            return self.history
        from tqdm import tqdm  # here, so that nnlib itself needs no tqdm

        with tqdm(epochs, total=max_epoch, unit="epoch") as bar:
            for result in bar:
                bar.set_postfix(loss=f"{result.loss:.4f}", accuracy=result.accuracy, refresh=False)
        return self.history

    def epochs(
        self,
        x: Array,
        t: Array,
        *,
        max_epoch: int = 10,
        batch_size: int = 32,
        validation: tuple[Array, Array] | None = None,
    ) -> Iterator[EpochResult]:
        """Train one epoch at a time: a generator that yields an `EpochResult` after each.

        Takes and raises what `fit` does; the data is checked at the call, before the first epoch.
        """
        require_data("x", x, "t", t)
        require_whole("max_epoch", max_epoch)
        require_whole("batch_size", batch_size)
        expected = f"be at most {x.shape[0]}, the number of samples"
        require(batch_size <= x.shape[0], "batch_size", expected, batch_size)
        if validation is not None:
            require_data("validation x", validation[0], "validation t", validation[1])
        held_out = None if validation is None else self._checked(*validation)
        return self._epochs(self._checked(x, t), max_epoch, batch_size, held_out)

    @np.errstate(over="ignore", invalid="ignore")  # a loss that is not finite is told later
    def _checked(self, x: Array, t: Array) -> _Data:
        """Let the loss check the targets, once for all updates."""
        return _Data(x, self.model.loss_layer.target(t, self.model.predict(x)))

    def _epochs(
        self, data: _Data, max_epoch: int, batch_size: int, held_out: _Data | None
    ) -> Iterator[EpochResult]:
        samples = data.x.shape[0]
        if len(self._order) != samples:
            self._order = np.arange(samples)
        for _ in range(max_epoch):
            self._order = self._order[self.rng.permutation(samples)]  # the last order, shuffled
            result = self._run_epoch(data, batch_size, held_out)
            self.history.append(result)
            yield result

    @np.errstate(over="ignore", invalid="ignore")  # the loss is checked instead
    def _run_epoch(self, data: _Data, batch_size: int, held_out: _Data | None) -> EpochResult:
        started = time.perf_counter()
        loss = self._train(data, batch_size)
        reached = self.model.loss_layer.score(self.model.predict(data.x), data.target)
        validation_loss, validation_accuracy = self._measure(held_out)
        seconds = time.perf_counter() - started
        return EpochResult(loss, reached, validation_loss, validation_accuracy, seconds)

    def _train(self, data: _Data, batch_size: int) -> float:
        """Use every sample once, in the trainer's order; return their mean loss."""
        xp, samples = array_namespace(*data), data.x.shape[0]
        order = xp.asarray(self._order)
        x, target = (xp.take(each, order, axis=0) for each in data)
        total = 0.0
        for start in range(0, samples, batch_size):
            stop = min(start + batch_size, samples)  # the tail of the data makes a smaller batch
            loss = self._update(x[start:stop, ...], target[start:stop, ...])
            total += loss * (stop - start)
        return total / samples

    def _update(self, x: Array, target: Array) -> float:
        loss = self.model.loss_layer.compare(self.model.predict(x), target)
        if not math.isfinite(loss):
            raise DivergenceError(self._explain(loss, x))
        self.model.backward()
        self.optimizer.update(self.model.params, self.model.grads)
        return loss

    def _measure(self, data: _Data | None) -> tuple[float | None, float | None]:
        if data is None:
            return None, None
        loss_layer, scores = self.model.loss_layer, self.model.predict(data.x)
        return loss_layer.compare(scores, data.target), loss_layer.score(scores, data.target)

    def _explain(self, loss: float, x: Array) -> str:
        return (
            f"the loss became {loss} in epoch {len(self.history) + 1}: {self._first_fault(x)}. "
            f"Try a learning rate below {self.optimizer.learning_rate:g}, for example "
            f"{self.optimizer.learning_rate / 10:g}, and a new model. "
            f"The {len(self.history)} finished epochs are in trainer.history."
        )

    def _first_fault(self, x: Array) -> str:
        for position, layer in enumerate(self.model.layers):
            name = f"layer {position} ({type(layer).__name__})"
            if not all(_is_finite(param) for param in layer.params):
                return f"the parameters of {name} are no longer finite"
            x = layer.forward(x)
            if not _is_finite(x):
                return f"the output of {name} is the first that is not finite"
        return "the scores are finite, the loss itself is too large for its type"


def _is_finite(x: Array) -> bool:
    return bool(np.all(np.isfinite(to_numpy(x))))
