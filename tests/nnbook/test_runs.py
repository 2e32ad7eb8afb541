"""Runs: what the playground trains, trained by nnlib."""

import numpy as np
import pytest

from nnbook.runs import ACTIVATIONS, OPTIMIZERS, spiral_data, train_run
from nnlib import (
    SGD,
    AdaGrad,
    Adam,
    Affine,
    Momentum,
    ReLU,
    RMSprop,
    Sequential,
    Sigmoid,
    SoftmaxWithLoss,
    Tanh,
    Trainer,
    TwoLayerNet,
    make_spiral,
)

RULES = {"SGD": SGD, "Momentum": Momentum, "AdaGrad": AdaGrad, "RMSprop": RMSprop, "Adam": Adam}
LAYERS = {"sigmoid": Sigmoid, "tanh": Tanh, "relu": ReLU}


def parameters(run):
    return np.concatenate([param.ravel() for param in run.model.params])


@pytest.mark.parametrize("noise", [0.0, 0.2, 0.7])
def test_the_data_is_one_spiral_after_the_other(noise):
    rng = np.random.default_rng(1984)
    expected = [*make_spiral(noise=noise, rng=rng), *make_spiral(noise=noise, rng=rng)]
    for array, right in zip(spiral_data(noise), expected, strict=True):
        np.testing.assert_array_equal(array, right)


def test_a_run_is_what_the_trainer_does():
    x, t, *held_out = spiral_data()
    rng = np.random.default_rng(5)
    model = TwoLayerNet(2, 4, 3, weight_scale=0.1, rng=rng)
    trainer = Trainer(model, Adam(0.02), rng=rng)
    history = trainer.fit(x, t, max_epoch=12, batch_size=40, validation=tuple(held_out))
    run = train_run(0.02, 4, 5, epochs=12, batch_size=40, weight_scale=0.1, optimizer="Adam")
    for name in ("loss", "accuracy", "validation_loss", "validation_accuracy"):
        assert getattr(run.history, name) == getattr(history, name)
    for param, right in zip(run.model.params, model.params, strict=True):
        np.testing.assert_array_equal(param, right)
    assert run.message == ""


def test_the_updates_after_the_last_epoch_are_those_of_the_next():
    """Ten minibatches make an epoch: ten updates more are the parameters of one epoch more."""
    part, whole = (
        train_run(0.7, 4, 5, **far) for far in ({"epochs": 2, "update": 10}, {"epochs": 3})
    )
    np.testing.assert_array_equal(parameters(part), parameters(whole))
    assert (len(part.history), len(whole.history)) == (2, 3)
    from_start = train_run(0.7, 4, 5, epochs=0, update=10)
    np.testing.assert_array_equal(
        parameters(from_start), parameters(train_run(0.7, 4, 5, epochs=1))
    )


def test_runs_with_equal_seeds_start_equal():
    slow, fast = (train_run(rate, 3, 1, epochs=0) for rate in (0.1, 1.0))
    np.testing.assert_array_equal(parameters(slow), parameters(fast))
    slow, fast = (train_run(rate, 3, 1, epochs=2) for rate in (0.1, 1.0))
    assert not np.array_equal(parameters(slow), parameters(fast))


def test_a_run_that_diverges_keeps_what_it_reached():
    run = train_run(1e308, 2, 0, epochs=50)
    assert len(run.history) < 50
    assert np.isfinite(parameters(run)).all()
    assert run.message.startswith("the loss became")


def test_a_run_takes_data_of_its_own():
    rng = np.random.default_rng(3)
    x, t = make_spiral(samples_per_class=8, num_classes=4, rng=rng)
    run = train_run(hidden_size=3, epochs=2, batch_size=100, data=(x, t, None, None))
    assert run.model.predict(x).shape == (32, 4)
    assert run.history.validation_loss == [None, None]
    rng = np.random.default_rng(0)
    model = TwoLayerNet(2, 3, 4, rng=rng)  # more samples per update than there are count as all
    history = Trainer(model, SGD(1.0), rng=rng).fit(x, t, max_epoch=2, batch_size=32)
    assert run.history.loss == history.loss


@pytest.mark.parametrize(("activation", "layer"), LAYERS.items())
@pytest.mark.parametrize(("optimizer", "rule"), RULES.items())
def test_every_optimizer_and_activation_is_that_of_nnlib(optimizer, rule, activation, layer):
    rng = np.random.default_rng(7)
    first = Affine(0.3 * rng.standard_normal((2, 5)), np.zeros(5))
    last = Affine(0.3 * rng.standard_normal((5, 3)), np.zeros(3))
    model = Sequential([first, layer(), last], SoftmaxWithLoss())
    x, t, *_ = spiral_data()
    Trainer(model, rule(0.05), rng=rng).fit(x, t, max_epoch=3, batch_size=30)
    names = {"optimizer": optimizer, "activation": activation}
    run = train_run(0.05, 5, 7, epochs=3, weight_scale=0.3, **names)
    expected = np.concatenate([param.ravel() for param in model.params])
    np.testing.assert_array_equal(parameters(run), expected)


def test_these_are_all_optimizers_and_activations():
    assert (list(OPTIMIZERS), list(ACTIVATIONS)) == (list(RULES), list(LAYERS))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"optimizer": "adam"}, "optimizer must be one of SGD, .*; got 'adam'"),
        ({"activation": "ReLU"}, "activation must be one of sigmoid, tanh, relu; got 'ReLU'"),
        ({"epochs": -1}, "epochs must .*; got -1"),
        ({"update": -1}, "update must .*; got -1"),
        ({"batch_size": 0}, "batch_size must .*; got 0"),
        ({"hidden_size": 0}, "hidden_size must .*; got 0"),
        ({"weight_scale": -1.0}, "weight_scale must .*; got -1"),
        ({"learning_rate": 0.0}, "learning_rate must .*; got 0"),
    ],
)
def test_wrong_settings_are_named(wrong, message):
    with pytest.raises(ValueError, match=message):
        train_run(**({"epochs": 0} | wrong))
