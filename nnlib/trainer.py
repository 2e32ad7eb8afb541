"""Training: the loop of section 1.4.3, once and for all.

A generator does the work, an epoch at a time; `fit` runs it to the end with an optional progress
bar. What has been reached is kept, however the run ends.
"""

import math
import time
from dataclasses import asdict, dataclass, field

import numpy as np

from nnlib.backend import array_namespace, is_floating, require_rng, require_whole, to_numpy
from nnlib.functions import accuracy

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
        Fraction of the training data classified correctly after the epoch; None if the targets are
        no classes, as in regression.
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

    loss: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    validation_loss: list = field(default_factory=list)
    validation_accuracy: list = field(default_factory=list)
    seconds: list = field(default_factory=list)

    def append(self, result):
        """Add the result of an epoch."""
        for name, value in asdict(result).items():
            getattr(self, name).append(value)

    def __len__(self):
        return len(self.loss)


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

    def __init__(self, model, optimizer, *, rng):
        self.model = model
        self.optimizer = optimizer
        self.rng = require_rng(rng)
        self.history = History()
        self._order = np.arange(0)

    def fit(self, x, t, *, max_epoch=10, batch_size=32, validation=None, progress=False):
        """Train for some epochs; a second call goes on where the first ended.

        Parameters
        ----------
        x : (N, D) array of floats
            Training samples, one per row.
        t : (N,) array of integers, or (N, C) array
            Their labels, or one-hot or soft rows.
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
            At the first loss that is not finite. `history` and the parameters stay as they were.
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

    def epochs(self, x, t, *, max_epoch=10, batch_size=32, validation=None):
        """Train one epoch at a time: a generator that yields an `EpochResult` after each.

        Takes and raises what `fit` does; the data is checked at the call, before the first epoch.
        """
        _require_data("x", x, "t", t)
        require_whole("max_epoch", max_epoch)
        require_whole("batch_size", batch_size)
        if batch_size > x.shape[0]:
            raise ValueError(
                f"batch_size must be at most {x.shape[0]}, the number of samples; got {batch_size}"
            )
        if validation is not None:
            _require_data("validation x", validation[0], "validation t", validation[1])
        return self._epochs(x, t, max_epoch, batch_size, validation)

    def _epochs(self, x, t, max_epoch, batch_size, validation):
        if len(self._order) != x.shape[0]:
            self._order = np.arange(x.shape[0])
        for _ in range(max_epoch):
            # The last epoch's order, shuffled again.
            self._order = self._order[self.rng.permutation(x.shape[0])]
            result = self._run_epoch(x, t, batch_size, validation)
            self.history.append(result)
            yield result

    @np.errstate(over="ignore", invalid="ignore")  # the loss is checked instead
    def _run_epoch(self, x, t, batch_size, validation):
        started = time.perf_counter()
        loss = self._train(x, t, batch_size)
        reached = _accuracy(self.model.predict(x), t)
        held_out = self._measure(*validation) if validation else (None, None)
        return EpochResult(loss, reached, *held_out, time.perf_counter() - started)

    def _train(self, x, t, batch_size):
        """Use every sample once, in the trainer's order; return their mean loss."""
        xp, samples = array_namespace(x, t), x.shape[0]
        x, t = (xp.take(a, xp.asarray(self._order), axis=0) for a in (x, t))
        total = 0.0
        for start in range(0, samples, batch_size):
            stop = min(start + batch_size, samples)  # the tail of the data makes a smaller batch
            loss = self._update(x[start:stop, ...], t[start:stop, ...])
            total += loss * (stop - start)
        return total / samples

    def _update(self, x, t):
        loss = self.model.forward(x, t)
        if not math.isfinite(loss):
            raise DivergenceError(self._explain(loss, x))
        self.model.backward()
        self.optimizer.update(self.model.params, self.model.grads)
        return loss

    def _measure(self, x, t):
        scores = self.model.predict(x)
        return self.model.loss_layer.forward(scores, t), _accuracy(scores, t)

    def _explain(self, loss, x):
        return (
            f"the loss became {loss} in epoch {len(self.history) + 1}: {self._first_fault(x)}. "
            f"Try a learning rate below {self.optimizer.learning_rate:g}, for example "
            f"{self.optimizer.learning_rate / 10:g}, and a new model. "
            f"The {len(self.history)} finished epochs are in trainer.history."
        )

    def _first_fault(self, x):
        for position, layer in enumerate(self.model.layers):
            name = f"layer {position} ({type(layer).__name__})"
            if not all(_is_finite(param) for param in layer.params):
                return f"the parameters of {name} are no longer finite"
            x = layer.forward(x)
            if not _is_finite(x):
                return f"the output of {name} is the first that is not finite"
        return "the scores are finite, the loss itself is too large for its type"


def _accuracy(scores, t):
    try:
        return accuracy(scores, t)
    except (TypeError, ValueError):  # the targets are no classes
        return None


def _is_finite(x):
    return bool(np.all(np.isfinite(to_numpy(x))))


def _require_data(x_name, x, t_name, t):
    array_namespace(x, t)
    if x.ndim != 2 or x.shape[0] == 0:
        raise ValueError(
            f"{x_name} must have shape (N, D) with at least one sample; got shape {x.shape}"
        )
    if t.shape[:1] != x.shape[:1]:
        raise ValueError(
            f"{t_name} must have one entry per sample, {x.shape[0]}; got shape {t.shape}"
        )
    if not is_floating(x):
        raise TypeError(f"{x_name} must be floating point; got {x.dtype}")
    finite_rows = np.isfinite(to_numpy(x)).all(axis=1)
    if not finite_rows.all():
        raise ValueError(
            f"{x_name} must be finite; {np.sum(~finite_rows)} of {len(finite_rows)} rows are not, "
            f"the first is row {np.argmin(finite_rows)}: {to_numpy(x)[np.argmin(finite_rows)]}"
        )
