"""Whatever stops a run, at any moment: going on gives bit for bit what never stopping gives."""

import sys
from pathlib import Path

import numpy as np
import pytest

import nnlib
from nnlib import SGD, AdaGrad, Adam, Momentum, RMSprop, Trainer, TwoLayerNet, make_spiral

OPTIMIZERS = [SGD, Momentum, AdaGrad, RMSprop, Adam]
EPOCHS, MOMENTS = 3, 200
FOLDER = str(Path(nnlib.__file__).parent)


class Interrupt:
    """Raises KeyboardInterrupt before the n-th instruction that Python runs inside nnlib."""

    def __init__(self, moment):
        self.moment, self.instructions = moment, 0

    def __enter__(self):
        self.earlier = sys.gettrace()
        sys._getframe().f_trace_opcodes = True  # Python 3.12 asks for it before tracing begins
        sys.settrace(self)
        return self

    def __exit__(self, *error):
        sys.settrace(self.earlier)

    def __call__(self, frame, event, argument):
        if not frame.f_code.co_filename.startswith(FOLDER):
            return None
        frame.f_trace_opcodes = True
        self.instructions += event == "opcode"
        if self.instructions == self.moment:
            raise KeyboardInterrupt
        return self


class Restless(Trainer):
    """Interrupted once more while it undoes the epoch that was interrupted."""

    second = None
    undoing = 0

    def _go_back(self):
        if self.second is None or self._start is None:
            super()._go_back()
            return
        second, self.second = self.second, None
        with second:
            super()._go_back()
        self.undoing = second.instructions


def make_trainer(kind):
    rng = np.random.default_rng(4)
    x, t = make_spiral(6, rng=rng)
    return Restless(TwoLayerNet(2, 4, 3, rng=rng), kind(0.1), rng=rng), x, t


def train_to_the_end(trainer, x, t):
    """Go on until all epochs are there."""
    for _ in trainer.epochs(x, t, max_epoch=EPOCHS + 1, batch_size=7, validation=(x, t)):
        if len(trainer.history) >= EPOCHS:
            return


def reached(trainer):
    """Return all that a run leaves, as bytes and texts that can be compared."""
    state = trainer.model.state() | trainer.optimizer.state(trainer.model.params)
    arrays = {name: np.asarray(value).tobytes() for name, value in state.items()}
    columns = {name: column for name, column in vars(trainer.history).items() if name != "seconds"}
    return arrays, columns, trainer.rng.bit_generator.state


def undisturbed(kind):
    """Return what a run reaches, and how many instructions it and its undoing take."""
    trainer, x, t = make_trainer(kind)
    with Interrupt(None) as counter:
        train_to_the_end(trainer, x, t)
    broken, x, t = make_trainer(kind)
    broken.second = Interrupt(None)
    with pytest.raises(KeyboardInterrupt), Interrupt(counter.instructions // 2):
        train_to_the_end(broken, x, t)
    return reached(trainer), counter.instructions, broken.undoing


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_a_run_interrupted_at_any_instruction_goes_on_as_if_nothing_had_happened(kind):
    expected, length, _ = undisturbed(kind)
    assert length > 10 * MOMENTS
    for moment in np.random.default_rng(0).integers(1, length, MOMENTS):
        trainer, x, t = make_trainer(kind)
        with pytest.raises(KeyboardInterrupt), Interrupt(moment):
            train_to_the_end(trainer, x, t)
        train_to_the_end(trainer, x, t)
        assert reached(trainer) == expected, moment


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_an_undoing_that_is_interrupted_itself_is_made_again(kind):
    expected, length, undoing = undisturbed(kind)
    assert undoing > 50
    for moment in np.random.default_rng(1).integers(1, undoing, 50):
        trainer, x, t = make_trainer(kind)
        trainer.second = Interrupt(moment)
        with pytest.raises(KeyboardInterrupt), Interrupt(length // 2):
            train_to_the_end(trainer, x, t)
        assert trainer.second is None
        train_to_the_end(trainer, x, t)
        assert reached(trainer) == expected, moment


def test_an_interrupted_run_is_at_the_start_of_its_epoch():
    trainer, x, t = make_trainer(Adam)
    two_epochs, _, _ = make_trainer(Adam)
    two_epochs.fit(x, t, max_epoch=2, batch_size=7, validation=(x, t))
    epochs = trainer.epochs(x, t, batch_size=7, validation=(x, t))
    next(epochs), next(epochs)
    with pytest.raises(KeyboardInterrupt), Interrupt(1000):
        next(epochs)
    assert reached(trainer) == reached(two_epochs)
