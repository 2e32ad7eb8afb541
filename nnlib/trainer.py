"""Training: the loop of section 1.4.3, once and for all. Section 1.4.4.

A generator does the work, an epoch at a time; `fit` runs it to the end with an optional progress
bar. An epoch counts wholly or not at all: whatever ends a run, an interrupt in the middle of an
update too, leaves everything as the last finished epoch left it.
"""

import copy
import itertools
import json
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from nnlib.backend import Array, array_namespace, sum_over, to_numpy
from nnlib.checks import (
    Rng,
    argument_error,
    require,
    require_data,
    require_kind,
    require_rng,
    require_whole,
)
from nnlib.files import FilePath, read_state, write_state
from nnlib.models import Sequential
from nnlib.optimizers import Optimizer

__all__ = ["DivergenceError", "EpochResult", "History", "Trainer"]

PIECE = 4096  # samples that are copied or measured at once: memory for large data, speed for small


class DivergenceError(ArithmeticError):
    """Training met a loss that is no finite number; the message says where and what to try."""


@dataclass(frozen=True)
class EpochResult:
    """What one epoch gave, which took so many `seconds`.

    `loss` is the mean over the samples, each taken before the update it led to; `accuracy` is the
    fraction of right answers on the same data after the epoch, or None if the loss knows no right
    and wrong. Data that was not trained on is measured after the epoch; without it there is None.
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
        require_kind("result", result, EpochResult)
        for name, value in vars(result).items():
            getattr(self, name).append(value)

    def shorten(self, epochs: int) -> None:
        """Keep the first epochs alone."""
        for column in vars(self).values():
            del column[epochs:]

    def __len__(self) -> int:
        return len(self.loss)


class _Data(NamedTuple):
    """Samples, (N, D), their targets, which the loss has checked, and the answers among them."""

    x: Any
    target: Any
    answers: Any


class Trainer:
    """Trains a model with an optimizer on minibatches in random order.

    `rng` draws one permutation of the samples per epoch. `history` has every finished epoch of
    every `fit`, also of one that was interrupted or diverged.
    """

    def __init__(self, model: Sequential, optimizer: Optimizer, *, rng: Rng):
        require_kind("model", model, Sequential)
        require_kind("optimizer", optimizer, Optimizer)
        require_rng(rng)
        self.model = model
        self.optimizer = optimizer
        self.rng = rng
        self.history = History()
        self._order = np.arange(0)
        self._start: dict[str, Any] | None = None  # of the epoch that is running

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
            Samples per update, up to N; the last batch of an epoch may be smaller.
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
        DivergenceError
            If a loss was not finite, in an epoch or after its last update. All is then as it was
            before that epoch.
        """
        require_kind("progress", progress, bool)
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
            pair = isinstance(validation, tuple | list) and len(validation) == 2
            require(pair, "validation", "be a pair (x, t)", repr(validation), TypeError)
            require_data("validation x", validation[0], "validation t", validation[1])
        held_out = None if validation is None else self._checked(*validation)
        return self._epochs(self._checked(x, t), int(max_epoch), int(batch_size), held_out)

    @np.errstate(over="ignore", invalid="ignore")  # a loss that is not finite is told later
    def _checked(self, x: Array, t: Array) -> _Data:
        """Let the loss check the targets, once for all updates."""
        loss_layer = self.model.loss_layer
        scores = self.model.predict(x[:1, ...])  # of one sample: their shape and type are enough
        shape = (x.shape[0], *scores.shape[1:])
        target = loss_layer.target(t, array_namespace(x).broadcast_to(scores, shape))
        return _Data(x, target, loss_layer.answers(target))

    def save(self, path: FilePath) -> None:
        """Write all that a run needs to go on elsewhere: model, optimizer, generator, history."""
        run = {"rng": _rng_state(self.rng), "order": self._order, "history": vars(self.history)}
        write_state(path, self._arrays() | {"run": json.dumps(run, default=np.ndarray.tolist)})

    def load(self, path: FilePath) -> None:
        """Read what `save` wrote into a trainer made alike; all of it, or nothing.

        After that `fit` goes on as if never stopped.
        """
        state = read_state(path, like=self._arrays() | {"run": ""})
        try:
            run = json.loads(state["run"])
            history, order = History(**run["history"]), np.array(run["order"], dtype=np.int64)
            _set_rng_state(copy.deepcopy(self.rng), run["rng"])
            require(set(order) == set(range(order.size)), "order", "be a permutation", order)
            shapes = {np.array(column, dtype=float).shape for column in vars(history).values()}
            require(shapes == {(len(history),)}, "history", "have equal columns", shapes)
        except (KeyError, TypeError, ValueError) as error:
            expected = f"hold a run with a {type(self.rng).__name__} like the trainer's"
            raise argument_error(str(path), expected, error) from error
        self._restore(state | {"rng": run["rng"], "order": order, "epochs": len(history)})
        for name, column in vars(history).items():
            getattr(self.history, name)[:] = column

    def _arrays(self) -> dict[str, Any]:
        return self.model.state() | self.optimizer.state(self.model.params)

    def _state(self) -> dict[str, Any]:
        """Return a copy of all that an epoch changes."""
        own = {"rng": _rng_state(self.rng), "order": self._order, "epochs": len(self.history)}
        return self._arrays() | own

    def _restore(self, state: Mapping[str, Any]) -> None:
        self.optimizer.restore(state, self.model.params)  # first: it looks at its numbers
        self.model.restore(state)
        _set_rng_state(self.rng, state["rng"])
        self._order = state["order"]
        self.history.shorten(state["epochs"])

    def _go_back(self) -> None:
        """Undo an epoch that has not ended; an undoing that is interrupted is made again later."""
        if self._start is not None:
            self._restore(self._start)
            self._start = None

    def _epochs(
        self, data: _Data, max_epoch: int, batch_size: int, held_out: _Data | None
    ) -> Iterator[EpochResult]:
        for _ in range(max_epoch):
            self._go_back()
            try:
                self._start = self._state()
                result = self._run_epoch(data, batch_size, held_out)
                self.history.append(result)
                self._start = None  # from here on the epoch counts
            except BaseException:
                self._go_back()
                raise
            yield result

    @np.errstate(over="ignore", invalid="ignore")  # the losses are looked at instead
    def _run_epoch(self, data: _Data, batch_size: int, held_out: _Data | None) -> EpochResult:
        started, samples = time.perf_counter(), data.x.shape[0]
        updates = math.ceil(samples / batch_size)
        on_device = self._train(self._batches(data, batch_size), updates, data.x)
        # A sum is finite only if all scores are: the cheapest look at a model.
        scores, accuracy = self._measure(data, lambda scores, _: sum_over(scores))
        after: tuple[float | None, float | None] = (None, None)
        if held_out is not None:
            after = self._measure(held_out, self.model.loss_layer.compare)
        losses = to_numpy(on_device).tolist()
        unsound = not math.isfinite(scores) and self._fault(data.x)  # a sum alone may overflow
        if unsound or not all(map(math.isfinite, losses)):
            raise self._divergence(data, batch_size, losses)
        total, last = 0.0, samples - batch_size * (updates - 1)
        for loss, size in zip(losses, [batch_size] * (updates - 1) + [last], strict=True):
            total += loss * size
        return EpochResult(total / samples, accuracy, *after, time.perf_counter() - started)

    def _batches(self, data: _Data, batch_size: int) -> Iterator[tuple[Any, Any]]:
        """Shuffle the order, and yield the data in it; the last batch may be smaller."""
        xp, samples = array_namespace(data.x), data.x.shape[0]
        order = self._order if len(self._order) == samples else np.arange(samples)
        self._order = order[self.rng.permutation(samples)]  # the last order, shuffled
        step = max(1, PIECE // batch_size) * batch_size
        for first in range(0, samples, step):
            rows = xp.asarray(self._order[first : first + step])
            x, target = xp.take(data.x, rows, axis=0), xp.take(data.target, rows, axis=0)
            for start in range(0, x.shape[0], batch_size):
                stop = min(start + batch_size, x.shape[0])
                yield x[start:stop, ...], target[start:stop, ...]

    def _train(self, batches: Iterable[tuple[Any, Any]], updates: int, like: Array) -> Any:
        """Move the parameters once per batch; return the losses before, still on the device."""
        model, params, grads = self.model, tuple(self.model.params), tuple(self.model.grads)
        xp = array_namespace(like)
        losses = xp.zeros(updates, dtype=xp.float64)
        for number, (x, target) in enumerate(batches):
            losses[number] = model.loss_layer.compare(model.predict(x), target)
            model.fill_grads()
            self.optimizer.update(params, grads)
        return losses

    def _measure(self, data: _Data, judge: Callable[[Any, Any], Any]) -> tuple[float, float | None]:
        """Return the mean of what `judge` says of scores and targets, and the accuracy."""
        samples, verdict, right = data.x.shape[0], 0, 0
        for start in range(0, samples, PIECE):
            stop = min(start + PIECE, samples)
            scores = self.model.predict(data.x[start:stop, ...])
            judged = judge(scores, data.target[start:stop, ...])
            verdict = verdict + judged * ((stop - start) / samples)
            if data.answers is not None:
                hits = self.model.loss_layer.decide(scores) == data.answers[start:stop, ...]
                right = right + array_namespace(hits).count_nonzero(hits)
        return float(verdict), None if data.answers is None else int(right) / data.answers.size

    def _divergence(self, data: _Data, batch_size: int, losses: list[float]) -> DivergenceError:
        """Run the epoch again up to the first loss that is not finite, to see where it arose."""
        number = [*map(math.isfinite, losses), False].index(False)
        self._restore(self._start or {})
        batches = self._batches(data, batch_size)
        self._train(itertools.islice(batches, number), number, data.x)
        x, _ = next(batches, (data.x, data.target))  # all of it if every loss was finite
        fault = self._fault(x) or "the scores are finite, the loss itself is too large for its type"
        rate, finished = self.optimizer.learning_rate, len(self.history)
        where = f"the last update of epoch {finished + 1} went too far"
        if number < len(losses):
            where = f"the loss became {losses[number]} in epoch {finished + 1}, batch {number + 1}"
        return DivergenceError(
            f"{where}: {fault}. Try a learning rate below {rate:g}, for example {rate / 10:g}, and "
            f"a new model. This one is as it was before that epoch; trainer.history has the "
            f"{finished} finished ones."
        )

    def _fault(self, x: Array) -> str:
        """Name the first number that is not finite on the way of samples; "" if all of them are."""
        for position, layer in enumerate(self.model.layers, start=1):
            name = f"layer {position} ({type(layer).__name__})"
            if not all(_is_finite(param) for param in layer.params):
                return f"the parameters of {name} are no longer finite"
            x = layer.forward(x)
            if not _is_finite(x):
                return f"the output of {name} is the first that is not finite"
        return ""


def _is_finite(x: Array) -> bool:
    return bool(np.all(np.isfinite(to_numpy(x))))


def _rng_state(rng: Rng) -> Any:
    if isinstance(rng, np.random.Generator):
        return rng.bit_generator.state
    return rng.get_state(legacy=False)


def _set_rng_state(rng: Rng, state: Any) -> None:
    if isinstance(rng, np.random.Generator):
        rng.bit_generator.state = state
    else:
        rng.set_state(state)
