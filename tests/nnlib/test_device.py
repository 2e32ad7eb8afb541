"""What a device would wait for: numbers fetched to the host, and copies of the data."""

import array_api_strict as xp
import numpy as np
import pytest

from nnlib import (
    SGD,
    AdaGrad,
    Adam,
    Affine,
    MeanSquaredError,
    Momentum,
    ReLU,
    RMSprop,
    Sequential,
    Sigmoid,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    Trainer,
    trainer,
)

OPTIMIZERS = [SGD, Momentum, AdaGrad, RMSprop, Adam]
LOSSES = [SoftmaxWithLoss, SigmoidWithLoss, MeanSquaredError]
FETCHES = ["__float__", "__int__", "__bool__", "__complex__", "__index__", "__array__"]


@pytest.fixture
def fetched(monkeypatch):
    """Count what is fetched from arrays of the strict library, which pose as those of a device."""
    counts = []
    kind = type(xp.zeros(1))
    for name in [*FETCHES, "__buffer__", "__dlpack__"]:
        if original := getattr(kind, name, None):

            def count(self, *args, original=original, name=name, **options):
                counts.append(name)
                return original(self, *args, **options)

            monkeypatch.setattr(kind, name, count)
    return counts


def make_trainer(optimizer, loss, samples):
    rng = np.random.default_rng(0)
    move = lambda x: xp.asarray(x)  # noqa: E731
    layers = [
        Affine(move(rng.standard_normal((2, 5))), move(np.zeros(5))),
        Sigmoid(),
        Affine(move(rng.standard_normal((5, 4))), move(np.zeros(4))),
        ReLU(),
        Affine(move(rng.standard_normal((4, 3))), move(np.zeros(3))),
    ]
    x, t = move(rng.standard_normal((samples, 2))), move(np.eye(3)[rng.integers(0, 3, samples)])
    return Trainer(Sequential(layers, loss()), optimizer(0.01), rng=rng), x, t


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", LOSSES)
def test_the_host_waits_three_times_an_epoch_whatever_the_number_of_batches(
    fetched, optimizer, loss
):
    trainer, x, t = make_trainer(optimizer, loss, samples=60)
    for batch_size in (60, 7, 1):
        epochs = trainer.epochs(x, t, max_epoch=2, batch_size=batch_size)
        next(epochs)
        fetched.clear()
        next(epochs)
        assert len(fetched) == 3, fetched  # the losses, the scores' sum, the number of hits


def test_validation_adds_two(fetched):
    trainer, x, t = make_trainer(Adam, SoftmaxWithLoss, samples=20)
    epochs = trainer.epochs(x, t, max_epoch=2, batch_size=3, validation=(x, t))
    next(epochs)
    fetched.clear()
    next(epochs)
    assert len(fetched) == 5


def test_a_fetch_is_noticed(fetched):
    float(xp.asarray(1.0))
    bool(xp.asarray(True))
    np.asarray(xp.zeros(3))
    assert len(fetched) == 3


# ---------------------------------------------------------------- copies of the data


class Watches(Affine):
    """Notes how many samples each call was given, and whether they were a view of the data."""

    def __init__(self, data):
        super().__init__(np.zeros((2, 3)), np.zeros(3))
        self.data, self.seen = data, []

    def forward(self, x):
        self.seen.append((len(x), np.shares_memory(x, self.data)))
        return super().forward(x)


@pytest.mark.parametrize("batch_size", [7, 30])
def test_large_data_is_shuffled_and_measured_in_pieces(batch_size, monkeypatch):
    monkeypatch.setattr(trainer, "PIECE", 30)
    taken, take = [], np.take
    monkeypatch.setattr(np, "take", lambda x, i, **o: (taken.append(len(i)), take(x, i, **o))[1])
    rng = np.random.default_rng(0)
    x, t = rng.standard_normal((100, 2)), rng.integers(0, 3, 100)
    first = Watches(x)
    model = Sequential([first], SoftmaxWithLoss())
    epochs = Trainer(model, SGD(0.1), rng=rng).epochs(x, t, max_epoch=1, batch_size=batch_size)
    first.seen.clear()
    next(epochs)
    batches = -(-100 // batch_size)
    trained, measured = first.seen[:batches], first.seen[batches:]
    assert sum(size for size, _ in trained) == 100
    assert all(size <= batch_size and not is_view for size, is_view in trained)
    assert measured == [(30, True), (30, True), (30, True), (10, True)]
    assert max(taken) <= max(30, batch_size)  # never a copy of all data


def test_pieces_change_no_number(monkeypatch):
    histories = []
    for piece in (1, 10, 1000):
        monkeypatch.setattr(trainer, "PIECE", piece)
        rng = np.random.default_rng(0)
        x, t = rng.standard_normal((45, 2)), rng.integers(0, 3, 45)
        model = Sequential([Affine(np.zeros((2, 3)), np.zeros(3))], SoftmaxWithLoss())
        run = Trainer(model, SGD(0.1), rng=rng)
        run.fit(x, t, max_epoch=3, batch_size=4, validation=(x, t))
        histories.append(run.history)
    for history in histories[1:]:
        assert history.loss == histories[0].loss
        assert history.accuracy == histories[0].accuracy
        assert history.validation_loss == pytest.approx(histories[0].validation_loss, rel=1e-14)
