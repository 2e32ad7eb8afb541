"""Runs: recorded as they were trained, and replayed by the same network."""

import numpy as np
import pytest

from nnbook.runs import SNAPSHOT_EPOCHS, spiral_data, train_run
from nnlib import SGD, Trainer, TwoLayerNet, make_spiral


def test_the_data_is_one_spiral_after_the_other():
    rng = np.random.default_rng(1984)
    expected = [*make_spiral(rng=rng), *make_spiral(rng=rng)]
    for array, right in zip(spiral_data(), expected, strict=True):
        np.testing.assert_array_equal(array, right)


def test_a_run_is_what_the_trainer_does():
    x, t, _, _ = spiral_data()
    rng = np.random.default_rng(5)
    model = TwoLayerNet(2, 4, 3, rng=rng)
    history = Trainer(model, SGD(0.7), rng=rng).fit(x, t, max_epoch=12, batch_size=30)
    run = train_run(0.7, 4, 5, epochs=(0, 3, 12))
    np.testing.assert_array_equal(run.loss, np.float32(history.loss))
    assert run.epochs == (0, 3, 12)
    assert run.weights.shape == (3, 6 * 4 + 3)
    for param, right in zip(run.model(-1).params, model.params, strict=True):
        np.testing.assert_array_equal(param, np.float32(right))


def test_runs_with_equal_seeds_start_equal():
    slow, fast = train_run(0.1, 3, 1, epochs=(0, 2)), train_run(1.0, 3, 1, epochs=(0, 2))
    np.testing.assert_array_equal(slow.weights[0], fast.weights[0])
    assert not np.array_equal(slow.weights[1], fast.weights[1])


def test_a_run_that_diverges_keeps_what_it_reached():
    run = train_run(1e308, 2, 0, epochs=(0, 1, 50))
    assert len(run.loss) < 50
    assert run.epochs[0] == 0
    assert run.message.startswith("the loss became")


@pytest.mark.parametrize("hidden_size", [1, 10])
def test_snapshots_stand_at_the_epochs_of_the_playground(hidden_size):
    run = train_run(1.0, hidden_size, 0)
    assert run.epochs == SNAPSHOT_EPOCHS
    assert len(run.loss) == SNAPSHOT_EPOCHS[-1]
