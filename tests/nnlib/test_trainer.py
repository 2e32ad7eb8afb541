"""Training: every sample is used, nothing that was reached is lost, faults explain themselves."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import Linear

from nnlib import (
    SGD,
    Adam,
    Affine,
    DivergenceError,
    MeanSquaredError,
    Momentum,
    ReLU,
    Sequential,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    Trainer,
    TwoLayerNet,
    accuracy,
    make_spiral,
)


class Recorder(SGD):
    """Keeps the batches that led to its updates."""

    def __init__(self, model, learning_rate=0.1):
        super().__init__(learning_rate)
        self.model, self.batches = model, []

    def update(self, params, grads):
        self.batches.append(self.model.layers[0].saved()[0].copy())
        super().update(params, grads)


def make_trainer(seed=0, optimizer=None, xp=np, samples=10):
    rng = np.random.default_rng(seed)
    x, t = make_spiral(samples, rng=rng, xp=xp)
    model = TwoLayerNet(2, 5, 3, rng=rng, xp=xp)
    return Trainer(model, optimizer or SGD(learning_rate=0.5), rng=rng), x, t


# ---------------------------------------------------------------- what an epoch is


@given(samples=st.integers(1, 12), seed=st.integers(0, 2**32 - 1), data=st.data())
def test_fault_the_tail_is_dropped__every_sample_is_used_once_an_epoch(samples, seed, data):
    batch_size = data.draw(st.integers(1, samples))
    rng = np.random.default_rng(seed)
    x = np.arange(samples, dtype=float)[:, None]  # a sample's only number is its own
    model = TwoLayerNet(1, 2, 2, rng=rng)
    recorder = Recorder(model)
    Trainer(model, recorder, rng=rng).fit(
        x, np.zeros(samples, dtype=int), max_epoch=2, batch_size=batch_size
    )
    per_epoch = math.ceil(samples / batch_size)
    assert len(recorder.batches) == 2 * per_epoch
    for epoch in (recorder.batches[:per_epoch], recorder.batches[per_epoch:]):
        assert [len(batch) for batch in epoch[:-1]] == [batch_size] * (per_epoch - 1)
        assert sorted(np.concatenate(epoch).ravel()) == list(range(samples))


def test_labels_stay_with_their_samples(rng):
    x = np.arange(7.0)[:, None]
    model = Sequential([Affine(np.zeros((1, 7)), np.zeros(7))], SoftmaxWithLoss())
    seen = []

    class Watches(SGD):
        def update(self, params, grads):
            (x,), (_, target) = model.layers[0].saved(), model.loss_layer.saved()
            seen.extend(zip(x[:, 0], target.argmax(axis=1), strict=True))

    Trainer(model, Watches(0.1), rng=rng).fit(x, np.arange(7), max_epoch=3, batch_size=3)
    assert len(seen) == 21
    assert all(sample == label for sample, label in seen)


def test_an_epoch_is_the_loop_of_the_book(rng):
    trainer, x, t = make_trainer(samples=9)
    by_hand, _, _ = make_trainer(samples=9)
    model, order = by_hand.model, np.arange(27)
    for _ in range(2):
        order = order[by_hand.rng.permutation(27)]
        losses = []
        for start in (0, 10, 20):
            batch = order[start : start + 10]
            losses.append(len(batch) * model.forward(x[batch], t[batch]))
            model.backward()
            by_hand.optimizer.update(model.params, model.grads)
    history = trainer.fit(x, t, max_epoch=2, batch_size=10)
    assert history.loss[-1] == pytest.approx(sum(losses) / 27, rel=1e-14)
    assert history.accuracy[-1] == accuracy(model.predict(x), t)
    for a, b in zip(trainer.model.params, model.params, strict=True):
        np.testing.assert_array_equal(a, b)


def test_it_learns_on_every_backend_alike(xp):
    histories = []
    for library in (np, xp):
        trainer, x, t = make_trainer(optimizer=Adam(0.05), xp=library)
        histories.append(trainer.fit(x, t, max_epoch=5, batch_size=7, validation=(x, t)))
    assert histories[1].loss == pytest.approx(histories[0].loss, rel=1e-9)
    assert histories[0].loss[-1] < histories[0].loss[0]


def test_one_hot_labels_train_alike():
    runs = []
    for as_rows in (False, True):
        trainer, x, t = make_trainer()
        runs.append(trainer.fit(x, np.eye(3)[t] if as_rows else t, max_epoch=3, batch_size=7))
    assert runs[0].loss == runs[1].loss
    assert runs[0].accuracy == runs[1].accuracy


def test_equal_seeds_give_equal_runs_and_others_do_not():
    losses = []
    for seed in (1, 1, 2):
        trainer, x, t = make_trainer(seed)
        losses.append(trainer.fit(x, t, max_epoch=3, batch_size=7).loss)
    assert losses[0] == losses[1] != losses[2]


def test_fault_global_random_state__it_is_not_touched():
    before = np.random.get_state()  # noqa: NPY002
    trainer, x, t = make_trainer()
    trainer.fit(x, t, max_epoch=2, batch_size=7)
    np.testing.assert_equal(np.random.get_state(), before)  # noqa: NPY002


def test_the_data_is_left_alone():
    trainer, x, t = make_trainer()
    before = x.copy(), t.copy()
    trainer.fit(x, t, max_epoch=2, batch_size=7)
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(t, before[1])


def test_validation_is_measured_after_the_epoch_and_never_trained_on():
    plain, x, t = make_trainer()
    held_out = make_spiral(4, rng=np.random.default_rng(9))
    plain.fit(x, t, max_epoch=3, batch_size=7)
    trainer, x, t = make_trainer()
    history = trainer.fit(x, t, max_epoch=3, batch_size=7, validation=held_out)
    assert history.loss == plain.history.loss
    assert plain.history.validation_loss == plain.history.validation_accuracy == [None] * 3
    assert history.validation_loss[-1] == trainer.model.forward(*held_out)
    assert history.validation_accuracy[-1] == accuracy(
        trainer.model.predict(held_out[0]), held_out[1]
    )


# ---------------------------------------------------------------- the generator and fit


def test_epochs_are_made_one_at_a_time():
    trainer, x, t = make_trainer()
    epochs = trainer.epochs(x, t, max_epoch=1000, batch_size=7)
    assert len(trainer.history) == trainer.optimizer.updates == 0
    first = next(epochs)
    assert (len(trainer.history), trainer.optimizer.updates) == (1, 5)  # ceil(30 / 7) updates
    assert (first.loss, first.accuracy) == (trainer.history.loss[0], trainer.history.accuracy[0])
    assert first.seconds > 0
    next(epochs)
    epochs.close()
    assert len(trainer.history) == 2


def test_a_second_fit_goes_on():
    trainer, x, t = make_trainer()
    first = list(trainer.fit(x, t, max_epoch=2, batch_size=7).loss)
    params = [param.copy() for param in trainer.model.params]
    history = trainer.fit(x, t, max_epoch=3, batch_size=7)
    assert history is trainer.history
    assert history.loss[:2] == first
    assert len(history) == len(history.seconds) == len(history.accuracy) == 5
    assert trainer.optimizer.updates == 25
    assert all(np.any(a != b) for a, b in zip(trainer.model.params, params, strict=True))


def test_the_progress_bar_counts_epochs(capsys):
    trainer, x, t = make_trainer()
    trainer.fit(x, t, max_epoch=2, batch_size=7)
    quiet = capsys.readouterr()
    assert quiet.out + quiet.err == ""
    trainer.fit(x, t, max_epoch=2, batch_size=7, progress=True)
    shown = capsys.readouterr().err
    assert "2/2" in shown
    assert f"loss={trainer.history.loss[-1]:.4f}" in shown


# ---------------------------------------------------------------- when a run ends early


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_interrupted_run_keeps_what_it_reached(error):
    class Stops(SGD):
        def update(self, params, grads):
            if self.updates == 12:  # the third update of the third epoch
                raise error
            super().update(params, grads)

    trainer, x, t = make_trainer(optimizer=Stops(0.5))
    with pytest.raises(error):
        trainer.fit(x, t, max_epoch=10, batch_size=7)
    undisturbed, _, _ = make_trainer()
    undisturbed.fit(x, t, max_epoch=2, batch_size=7)
    assert trainer.history.loss == undisturbed.history.loss
    assert trainer.optimizer.updates == 10
    for a, b in zip(trainer.model.params, undisturbed.model.params, strict=True):
        np.testing.assert_array_equal(a, b)


def exploding(rng, learning_rate, dtype=np.float64):
    """Return a trainer of a linear network whose numbers grow without end."""
    layers = [Linear(rng.standard_normal((2, 4)).astype(dtype)), ReLU()]
    layers += [Linear(rng.standard_normal((4, 3)).astype(dtype))]
    return Trainer(Sequential(layers, SoftmaxWithLoss()), SGD(learning_rate), rng=rng)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_fault_nan_for_ever__a_divergence_stops_explains_itself_and_keeps_the_history(dtype, rng):
    x, t = make_spiral(10, rng=rng, dtype=dtype)
    trainer = exploding(rng, 1e-3, dtype)
    trainer.fit(x, t, max_epoch=2, batch_size=10)
    trainer.optimizer = SGD(learning_rate=1e30 if dtype == np.float32 else 1e200)
    message = (
        r"the loss became (nan|inf) in epoch 3, batch 2: .*layer 3 \(Linear\) .*finite\. "
        r"Try a learning rate below 1e\+(30|200), for example 1e\+(29|199), .*"
        r"trainer\.history has the 2 finished ones"
    )
    with pytest.raises(DivergenceError, match=message):
        trainer.fit(x, t, max_epoch=50, batch_size=10)
    assert len(trainer.history) == 2
    assert all(math.isfinite(loss) for loss in trainer.history.loss)


def test_a_divergence_leaves_the_parameters_as_they_were(rng):
    x, t = make_spiral(10, rng=rng)
    trainer = exploding(rng, 1.0)
    trainer.model.layers[2].params[0][1, 2] = np.nan
    before = [param.copy() for param in trainer.model.params]
    with pytest.raises(
        DivergenceError,
        match=r"epoch 1, batch 1: the parameters of layer 3 \(Linear\) are no longer",
    ):
        trainer.fit(x, t, batch_size=10)
    for param, start in zip(trainer.model.params, before, strict=True):
        np.testing.assert_array_equal(param, start)
    assert trainer.optimizer.updates == len(trainer.history) == 0


def test_a_divergence_names_the_first_output_that_is_not_finite(rng):
    trainer = exploding(rng, 1.0)
    trainer.model.layers[0].params[0][...] = 1e200
    trainer.model.layers[2].params[0][...] = [[1e200, -1e200, 0.0]] * 4
    with pytest.raises(
        DivergenceError, match=r"the output of layer 3 \(Linear\) is the first that is not finite"
    ):
        trainer.fit(np.ones((4, 2)), np.zeros(4, dtype=int), batch_size=2)


@pytest.mark.parametrize("kind", [SGD, Momentum])
def test_huge_steps_give_no_warnings(kind):
    trainer, x, t = make_trainer(optimizer=kind(1e6))
    history = trainer.fit(x, t, max_epoch=3, batch_size=7)  # a warning would be an error
    assert len(history) == 3
    assert all(math.isfinite(loss) for loss in history.loss)


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("x", "t", "error", "message"),
    [
        (
            np.zeros((0, 2)),
            np.zeros(0, int),
            ValueError,
            r"x must .* at least one sample; got .*\(0, 2\)",
        ),
        (
            np.zeros(6),
            np.zeros(6, int),
            ValueError,
            r"x must have shape \(N, D\) .*; got shape \(6,\)",
        ),
        (np.zeros((6, 2), int), np.zeros(6, int), TypeError, "x must be floating point; got int64"),
        (
            np.zeros((6, 2)),
            np.zeros(5, int),
            ValueError,
            r"t must .* per sample, 6; got shape \(5,\)",
        ),
        (np.zeros((6, 2)), np.asarray(0), ValueError, r"t must .* per sample, 6; got shape \(\)"),
        (
            [[0.0, 1.0]],
            [0],
            TypeError,
            "x and .*t must be arrays .* of one library; got list, list",
        ),
        (
            np.array([[0.0, 1.0], [np.nan, 2.0], [np.inf, 0.0]]),
            np.zeros(3, int),
            ValueError,
            r"x must be finite; got 2 of 3 rows that are not, first row 1: \[nan  2\.\]",
        ),
    ],
)
def test_bad_data_is_refused_before_the_first_epoch(x, t, error, message):
    trainer, good_x, good_t = make_trainer()
    with pytest.raises(error, match=message):
        trainer.epochs(x, t, batch_size=1)
    with pytest.raises(error, match="validation " + message if error is ValueError else message):
        trainer.epochs(good_x, good_t, batch_size=1, validation=(x, t))
    assert trainer.optimizer.updates == 0


def test_fault_a_batch_larger_than_the_data_trains_nothing__it_is_an_error():
    trainer, x, t = make_trainer()
    with pytest.raises(
        ValueError, match="batch_size must be at most 30, the number of samples; got 31"
    ):
        trainer.fit(x, t, batch_size=31)
    assert len(trainer.fit(x, t, max_epoch=1, batch_size=30)) == 1


@pytest.mark.parametrize("name", ["max_epoch", "batch_size"])
@pytest.mark.parametrize("wrong", [0, -1, 2.0, True, "3"])
def test_counts_must_be_whole_numbers(name, wrong):
    trainer, x, t = make_trainer()
    with pytest.raises(
        ValueError, match=f"{name} must be a whole number of at least 1; got {wrong!r}"
    ):
        trainer.fit(x, t, **{"batch_size": 7, name: wrong})


def test_labels_out_of_range_are_refused():
    trainer, x, t = make_trainer()
    with pytest.raises(ValueError, match="t must hold labels from 0 to 2 for 3 classes"):
        trainer.fit(x, t + 1, batch_size=30)
    with pytest.raises(ValueError, match=r"t must have shape \(30,\) .*got shape \(30, 1\)"):
        trainer.fit(x, t[:, None], batch_size=30)


def test_columns_must_fit_the_model():
    trainer, x, t = make_trainer()
    with pytest.raises(ValueError, match=r"Affine\.forward: x must .* \(N, 2\)"):
        trainer.fit(np.concatenate([x, x], axis=1), t, batch_size=30)


def test_a_seed_is_no_generator():
    trainer, _, _ = make_trainer()
    with pytest.raises(TypeError, match=r"rng must be .*; got 1984"):
        Trainer(trainer.model, trainer.optimizer, rng=1984)


def test_the_history_is_of_plain_numbers(xp):
    trainer, x, t = make_trainer(xp=xp)
    history = trainer.fit(x, t, max_epoch=1, batch_size=30, validation=(x, t))
    values = [history.loss, history.accuracy, history.validation_loss, history.validation_accuracy]
    assert [type(value) for (value,) in values] == [float] * 4


def test_two_fits_are_one_long_fit():
    def trained(*max_epochs):
        rng = np.random.default_rng(3)
        x, t = make_spiral(20, rng=rng)
        trainer = Trainer(TwoLayerNet(2, 4, 3, rng=rng), SGD(1.0), rng=rng)
        for max_epoch in max_epochs:
            history = trainer.fit(x, t, max_epoch=max_epoch, batch_size=7)
        return history.loss

    assert trained(2, 3) == trained(5)


def test_regression_has_a_loss_and_no_accuracy(rng):
    x = rng.standard_normal((40, 2))
    t = x @ np.array([[1.0], [-2.0]]) + 0.5
    model = Sequential([Affine(np.zeros((2, 1)), np.zeros(1))], MeanSquaredError())
    history = Trainer(model, SGD(0.1), rng=rng).fit(
        x, t, max_epoch=50, batch_size=10, validation=(x, t)
    )
    assert history.loss[-1] < 1e-4
    assert history.accuracy == history.validation_accuracy == [None] * 50


def test_yes_or_no_is_scored_by_the_loss(rng):
    x = rng.standard_normal((40, 2))
    t = (x[:, :1] > 0).astype(float)
    model = Sequential([Affine(np.zeros((2, 1)), np.zeros(1))], SigmoidWithLoss())
    trainer = Trainer(model, SGD(1.0), rng=rng)
    history = trainer.fit(x, t, max_epoch=30, batch_size=10, validation=(x, t))
    assert history.accuracy[-1] == np.mean((model.predict(x) > 0) == (t == 1))
    assert history.validation_accuracy == history.accuracy
    assert history.accuracy[-1] > 0.9
    always = trainer.fit(x, np.ones_like(t), max_epoch=1, batch_size=10)
    assert always.accuracy[-1] == np.mean(model.predict(x) > 0)


def test_targets_are_checked_once_for_a_fit():
    class Counts(SoftmaxWithLoss):
        checked = 0

        def target(self, t, x):
            self.checked += 1
            return super().target(t, x)

    trainer, x, t = make_trainer()
    trainer.model.loss_layer = Counts()
    trainer.fit(x, t, max_epoch=3, batch_size=7, validation=(x, t))
    assert trainer.model.loss_layer.checked == 2  # training and validation


class Breaks(SGD):
    """Makes a weight infinite in one of its updates."""

    def __init__(self, update):
        super().__init__(0.5)
        self.update_that_breaks = update

    def step(self, param, grad):
        super().step(param, grad)
        if self.updates == self.update_that_breaks and param.shape == (2, 5):
            param[0, 0] = np.nan


@pytest.mark.parametrize(
    ("update", "place"),
    [
        (6, "the loss became nan in epoch 2, batch 2"),
        (8, "epoch 2, batch 4"),
        (9, "epoch 2, batch 5"),
        (10, "last update of epoch 2 went too far"),
    ],
)
def test_a_divergence_is_told_with_its_place_and_undoes_its_epoch(update, place):
    trainer, x, t = make_trainer(optimizer=Breaks(update))
    undisturbed, _, _ = make_trainer()
    undisturbed.fit(x, t, max_epoch=1, batch_size=7)
    message = rf"{place}: the parameters of layer 1 \(Affine\) are no longer finite"
    with pytest.raises(DivergenceError, match=message):
        trainer.fit(x, t, max_epoch=2, batch_size=7)
    assert (len(trainer.history), trainer.optimizer.updates) == (1, 5)
    assert trainer.rng.bit_generator.state == undisturbed.rng.bit_generator.state
    for param, reached in zip(trainer.model.params, undisturbed.model.params, strict=True):
        np.testing.assert_array_equal(param, reached)


@pytest.mark.parametrize(
    "run", [Trainer.fit, lambda *arguments: list(Trainer.epochs(*arguments))], ids=["fit", "epochs"]
)
def test_ten_epochs_of_batches_of_32_unless_said_otherwise(run):
    trainer, x, t = make_trainer(samples=22)
    assert len(run(trainer, x, t)) == 10
    assert trainer.optimizer.updates == 30  # 66 samples are two batches of 32, and 2 more


def test_the_progress_bar_shows_epochs_loss_and_accuracy(capsys):
    trainer, x, t = make_trainer()
    assert trainer.fit(x, t, max_epoch=2, batch_size=7, progress=True) is trainer.history
    shown = capsys.readouterr().err
    assert "100%" in shown
    assert "epoch" in shown
    assert f"accuracy={trainer.history.accuracy[-1]:.3g}" in shown


def test_seconds_are_those_of_the_epoch():
    trainer, x, t = make_trainer()
    started = time.perf_counter()
    seconds = trainer.fit(x, t, max_epoch=3, batch_size=7).seconds
    assert min(seconds) > 0
    assert sum(seconds) <= time.perf_counter() - started


def test_results_never_change():
    trainer, x, t = make_trainer()
    result = next(trainer.epochs(x, t, batch_size=7))
    with pytest.raises(AttributeError):
        result.loss = 0.0


def test_an_infinite_weight_is_told_as_a_divergence_and_not_as_a_warning():
    trainer, x, t = make_trainer()
    trainer.model.layers[0].params[0][...] = np.inf
    assert not x[0].any()  # infinity times 0 would be a warning, and so an error
    with pytest.raises(DivergenceError, match=r"parameters of layer 1 \(Affine\)"):
        trainer.fit(x, t, max_epoch=1, batch_size=7)


def test_what_is_changed_after_an_interrupt_stays_changed():
    trainer, x, t = make_trainer(optimizer=Breaks(3))
    with pytest.raises(DivergenceError):
        trainer.fit(x, t, max_epoch=1, batch_size=7)
    for param in trainer.model.params:
        param[...] = 0.25
    twin, _, _ = make_trainer()
    for param in twin.model.params:
        param[...] = 0.25
    trainer.optimizer = SGD(0.5)
    assert (
        trainer.fit(x, t, max_epoch=1, batch_size=7).loss
        == twin.fit(x, t, max_epoch=1, batch_size=7).loss
    )


def test_scores_whose_sum_is_too_large_for_their_type_are_no_divergence(rng):
    W, b = np.full((1, 1), 1000, np.float16), np.zeros(1, np.float16)
    trainer = Trainer(Sequential([Affine(W, b)], MeanSquaredError()), SGD(1e-6), rng=rng)
    x, t = np.ones((100, 1), np.float16), np.full((100, 1), 1000, np.float16)
    assert trainer.fit(x, t, max_epoch=2, batch_size=10).loss == [0.0, 0.0]
