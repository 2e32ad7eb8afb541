"""Planted mistakes: the check finds every one, and what each does in training is measured."""

import functools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnbook.explorer.break_gradient import IN_TRAINING, NONE, break_the_gradient, check_example
from nnbook.mistakes import (
    MISTAKES,
    FlippedSign,
    ForgottenMean,
    ForgottenTranspose,
    NotInPlace,
    SlopeFromOutput,
    WrongAxis,
    plant,
    train,
)
from nnlib import Affine, ReLU, SoftmaxWithLoss, check_gradients, make_spiral

SIZES = st.tuples(*[st.integers(2, 5)] * 3)
SEED = st.integers(0, 2**32 - 1)
# Which gradients each mistake spoils.
WRONG = {
    ForgottenTranspose: {"input 0"},
    FlippedSign: {"params[1]"},
    ForgottenMean: {"input 0"},
    WrongAxis: {"params[1]"},
    SlopeFromOutput: {"input 0"},
    NotInPlace: {"params[0]", "params[1]"},
}


def faults(report):
    return {c.name for c in report.comparisons if c.relative_error > report.tolerance}


def pair_and_inputs(kind, sizes, rng):
    """Return an object with the mistake, the right one with equal parameters, and inputs."""
    n, d, h = sizes
    x = rng.standard_normal((n, d))
    if issubclass(kind, SoftmaxWithLoss):
        return kind(), SoftmaxWithLoss(), (x, rng.integers(0, d, n))
    if issubclass(kind, ReLU):
        x[0, 0] = -1.0
        return kind(), ReLU(), (x,)
    columns = {ForgottenTranspose: d, WrongAxis: n}.get(kind, h)
    W, b = rng.standard_normal((d, columns)), rng.standard_normal(columns)
    return kind(W, b), Affine(W.copy(), b.copy()), (x,)


def test_every_mistake_is_listed_once():
    assert set(MISTAKES.values()) == set(WRONG)
    assert set(IN_TRAINING) == {NONE, *MISTAKES}


@pytest.mark.parametrize("kind", WRONG)
@given(sizes=SIZES, seed=SEED)
def test_the_check_finds_the_mistake_and_passes_the_right_version(kind, sizes, seed):
    rng = np.random.default_rng(seed)
    wrong, right, inputs = pair_and_inputs(kind, sizes, rng)
    assert check_gradients(right, *inputs, rng=rng).ok
    report = check_gradients(wrong, *inputs, rng=rng)
    assert not report.ok
    assert report.max_relative_error > 1e-3
    assert faults(report) == WRONG[kind]
    assert wrong.forward(*inputs) == pytest.approx(right.forward(*inputs), rel=1e-15)


# ---------------------------------------------------------------- in training


@pytest.mark.parametrize("kind", [None, *WRONG])
def test_only_the_planted_layers_differ_and_the_weights_are_equal(kind):
    right = plant(None, rng=np.random.default_rng(0))
    model = plant(kind, rng=np.random.default_rng(0))
    for mine, others in zip(model.params, right.params, strict=True):
        np.testing.assert_array_equal(mine, others)
    stages = [*model.layers, model.loss_layer]
    planted = [i for i, stage in enumerate(stages) if kind and isinstance(stage, kind)]
    places = {Affine: [0, 2, 4], ReLU: [1, 3], SoftmaxWithLoss: [5]}
    expected = [2] if kind in (ForgottenTranspose, WrongAxis) else None
    assert planted == (expected or (places[kind.__mro__[1]] if kind else []))
    others = [type(s) for i, s in enumerate(stages) if i not in planted]
    assert set(others) <= {Affine, ReLU, SoftmaxWithLoss}


@functools.cache
def medians(name, batch_size=10):
    """Return the median last loss and accuracy of the chapter's five runs."""
    runs = [
        train(MISTAKES.get(name), seed=seed, batch_size=batch_size).history for seed in range(5)
    ]
    return tuple(np.median([getattr(run, key)[-1] for run in runs]) for key in ("loss", "accuracy"))


def test_the_right_network_learns():
    loss, accuracy = medians("no mistake")
    assert loss < 0.2
    assert accuracy > 0.95


def test_nothing_moves_where_gradients_are_not_written_in_place():
    run = train(NotInPlace, max_epoch=5).history
    np.testing.assert_allclose(run.loss, run.loss[0], rtol=1e-12)
    assert len(set(run.accuracy)) == 1


def test_a_flipped_sign_climbs_without_end():
    loss = np.array(train(FlippedSign).history.loss)
    assert (np.diff(loss[10:]) > 0).all()
    assert medians("sign flipped") == (pytest.approx(53, abs=1), pytest.approx(1 / 3, abs=0.01))


def test_the_slope_from_the_output_stops_half_way():
    loss, accuracy = medians("ReLU's slope from its output")
    assert 0.6 < loss < 0.75
    assert 0.5 < accuracy < 0.66


def test_a_dropped_transpose_learns_less():
    (right, _), (loss, accuracy) = medians("no mistake"), medians("transpose dropped")
    assert 1.5 < loss / right < 2.5
    assert 0.91 < accuracy < 0.94


def test_the_wrong_axis_hides_in_the_median_and_shows_in_one_start():
    assert medians("sum over the wrong axis") == pytest.approx(medians("no mistake"), abs=0.02)
    right, wrong = (train(kind, seed=1).history.loss[-1] for kind in (None, WrongAxis))
    assert wrong > 1.5 * right


def test_a_forgotten_mean_helps_by_luck_and_fails_with_a_larger_minibatch():
    assert medians("1/N forgotten")[0] < medians("no mistake")[0]
    assert medians("1/N forgotten", 100)[1] == pytest.approx(1 / 3, abs=0.001)
    assert medians("no mistake", 100)[1] > 0.6


def test_a_forgotten_mean_with_large_minibatches_silences_the_relu_neurons():
    points, _ = make_spiral(rng=np.random.default_rng(1984))
    for seed in range(5):
        model = train(ForgottenMean, seed=seed, batch_size=100).model
        hidden = points
        for layer in model.layers[:4]:
            hidden = layer.forward(hidden)
        assert not hidden.any()


# ---------------------------------------------------------------- the explorer


def matrices(frame):
    """Return every table of a frame: its caption, its numbers, and which of them are lit."""
    found = []
    for table in re.findall(r"<table.*?</table>", frame):
        caption = re.search(r"<caption[^>]*>(.*?)</caption>", table)[1]
        rows = re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1])
        cells = [re.findall(r"<td([^>]*)>(?:<b>)?([^<]*)(?:</b>)?</td>", row) for row in rows]
        numbers = [[float(c.replace("✗ ", "").replace("−", "-")) for _, c in row] for row in cells]
        lit = [["nn-lit" in style for style, _ in row] for row in cells]
        marked = [["✗" in text for _, text in row] for row in cells]
        assert marked == lit or ("measured" in caption and not np.any(marked))
        found.append((caption, np.array(numbers), np.array(lit)))
    return found


@pytest.mark.parametrize("name", [NONE, *MISTAKES])
def test_the_explorer_lights_what_differs(name):
    report = check_example(MISTAKES.get(name))
    frame = break_the_gradient().frame(mistake=name)
    tables = matrices(frame)
    assert len(tables) == 2 * len(report.comparisons)
    for each, (left, right) in zip(
        report.comparisons, zip(tables[::2], tables[1::2], strict=True), strict=True
    ):
        np.testing.assert_allclose(left[1], np.atleast_2d(each.analytic), atol=0.0051)
        np.testing.assert_allclose(right[1], np.atleast_2d(each.numerical), atol=0.0051)
        differs = ~np.isclose(np.atleast_2d(each.analytic), np.atleast_2d(each.numerical), 1e-5)
        np.testing.assert_array_equal(left[2], differs)
        np.testing.assert_array_equal(right[2], differs)
        assert differs.any() == (each.name in WRONG.get(MISTAKES.get(name), ()))
    assert ("✗" in frame) == (name != NONE)
    assert IN_TRAINING[name] in frame


@pytest.mark.parametrize("name", MISTAKES)
def test_the_explorer_shows_the_measured_losses_and_the_wrong_line(name):
    frame = break_the_gradient().frame(mistake=name)
    right, wrong = (train(kind).history.loss[-1] for kind in (None, MISTAKES[name]))
    assert f"right {right:.2f}, with the mistake {wrong:.2f}" in frame
    assert "right: " in frame.split("</pre>")[0]
    assert frame.count("<polyline") == 2
