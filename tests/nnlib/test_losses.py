"""Every loss by hand, by its formula in a plain loop, and by measured slopes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import (
    Loss,
    MeanSquaredError,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    binary_cross_entropy,
    check_gradients,
    cross_entropy,
    sigmoid,
    softmax,
    to_numpy,
)

SHAPE = st.tuples(st.integers(1, 5), st.integers(1, 5))
SEED = st.integers(0, 2**32 - 1)
TARGETS = ["labels", "one-hot", "soft"]
CASES = [
    *((SoftmaxWithLoss, kind) for kind in TARGETS),
    (SigmoidWithLoss, ""),
    (MeanSquaredError, ""),
]


def make(kind, targets, shape, rng):
    """Return scores and targets for a loss of this kind."""
    x = 2 * rng.standard_normal(shape)
    if kind is MeanSquaredError:
        return x, rng.standard_normal(shape)
    if kind is SigmoidWithLoss:
        return x, rng.uniform(size=shape)
    labels = rng.integers(0, shape[1], size=shape[0])
    return x, {
        "labels": labels,
        "one-hot": np.eye(shape[1], dtype=int)[labels],
        "soft": rng.dirichlet(np.ones(shape[1]), size=shape[0]),
    }[targets]


@pytest.mark.parametrize(("kind", "targets"), CASES)
@given(shape=SHAPE, seed=SEED)
def test_gradients_agree_with_central_differences(kind, targets, shape, seed):
    rng = np.random.default_rng(seed)
    shape = (shape[0], shape[1] + 1) if kind is SoftmaxWithLoss else shape
    report = check_gradients(kind(), *make(kind, targets, shape, rng), rng=rng)
    assert len(report.comparisons) == 1  # the scores; targets have no gradient
    assert report.max_relative_error <= 1e-8, str(report)


# ---------------------------------------------------------------- worked by hand


def test_softmax_with_loss_worked(xp):
    layer = SoftmaxWithLoss()
    # y = (1, 2, 5) / 8 and (1, 1, 2) / 4; loss = (log(8/5) + log(4/1)) / 2
    x = xp.asarray([[0.0, math.log(2), math.log(5)], [0.0, 0.0, math.log(2)]])
    loss = layer.forward(x, xp.asarray(np.array([2, 0])))
    assert loss == pytest.approx((math.log(8 / 5) + math.log(4)) / 2, rel=1e-15)
    # (y - t) / 2: (1/8, 2/8, 5/8 - 1) / 2 and (1/4 - 1, 1/4, 2/4) / 2
    expected = [[1 / 16, 2 / 16, -3 / 16], [-3 / 8, 1 / 8, 2 / 8]]
    np.testing.assert_allclose(to_numpy(layer.backward()), expected, rtol=1e-14)
    np.testing.assert_allclose(to_numpy(layer.backward(2.0)), 2 * np.array(expected), rtol=1e-14)


def test_sigmoid_with_loss_worked(xp):
    layer = SigmoidWithLoss()
    # y = 3/4 for yes and 1/2 for no; loss = (log(4/3) + log 2) / 2; (y - t) / 2 = -1/8, 1/4
    x = xp.asarray([math.log(3), 0.0])
    loss = layer.forward(x, xp.asarray([1.0, 0.0]))
    assert loss == pytest.approx((math.log(4 / 3) + math.log(2)) / 2, rel=1e-15)
    np.testing.assert_allclose(to_numpy(layer.backward()), [-1 / 8, 1 / 4], rtol=1e-14)
    np.testing.assert_allclose(to_numpy(layer.backward(4.0)), [-1 / 2, 1.0], rtol=1e-14)


def test_mean_squared_error_worked(xp):
    layer = MeanSquaredError()
    # differences 1 and -3: loss = (1 + 9) / 2 = 5; 2 · difference / 2 = 1 and -3
    loss = layer.forward(xp.asarray([3.0, 1.0]), xp.asarray([2.0, 4.0]))
    assert loss == 5.0
    assert to_numpy(layer.backward()).tolist() == [1.0, -3.0]
    assert to_numpy(layer.backward(0.5)).tolist() == [0.5, -1.5]


# ---------------------------------------------------------------- against their formulas


@pytest.mark.parametrize("targets", TARGETS)
@given(shape=SHAPE, seed=SEED)
def test_softmax_with_loss_is_softmax_and_cross_entropy(targets, shape, seed):
    x, t = make(SoftmaxWithLoss, targets, shape, np.random.default_rng(seed))
    loss = SoftmaxWithLoss().forward(x, t)
    assert loss == pytest.approx(cross_entropy(softmax(x), t), rel=1e-12, abs=1e-14)


@given(shape=SHAPE, seed=SEED)
def test_softmax_with_loss_is_its_formula(shape, seed):
    x, t = make(SoftmaxWithLoss, "labels", shape, np.random.default_rng(seed))
    layer, (samples, classes) = SoftmaxWithLoss(), shape
    y = [[math.exp(s) / sum(map(math.exp, row)) for s in row] for row in x]
    expected = -sum(math.log(y[n][t[n]]) for n in range(samples)) / samples
    assert layer.forward(x, t) == pytest.approx(expected, rel=1e-12, abs=1e-14)
    dx = layer.backward()
    for n, k in np.ndindex(samples, classes):
        assert dx[n, k] == pytest.approx((y[n][k] - (t[n] == k)) / samples, rel=1e-10, abs=1e-14)


@given(shape=SHAPE, seed=SEED)
def test_sigmoid_with_loss_is_sigmoid_and_binary_cross_entropy(shape, seed):
    x, t = make(SigmoidWithLoss, "", shape, np.random.default_rng(seed))
    expected = binary_cross_entropy(sigmoid(x), t)
    assert SigmoidWithLoss().forward(x, t) == pytest.approx(expected, rel=1e-11)


# ---------------------------------------------------------------- faults that must not return


@pytest.mark.parametrize("gap", [16.118, 20.0, 700.0, 1e5])
def test_fault_log_of_y_plus_1e_7__the_loss_is_not_capped(gap):
    # -log(1 / (1 + e^gap)) = gap + log(1 + e^-gap)
    loss = SoftmaxWithLoss().forward(np.array([[gap, 0.0]]), np.array([1]))
    assert loss == pytest.approx(gap + math.log1p(math.exp(-gap)), rel=1e-15)


@given(SHAPE, SEED)
def test_fault_log_of_y_plus_1e_7__the_loss_is_never_below_0(shape, seed):
    x, t = make(SoftmaxWithLoss, "labels", shape, np.random.default_rng(seed))
    x[np.arange(len(t)), t] += 100  # sure and right
    assert 0 <= SoftmaxWithLoss().forward(x, t) < 1e-30


@pytest.mark.parametrize("target", [0, 1])
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_losses_of_huge_scores_are_exact_without_warnings(target, dtype):
    x, t = np.array([[1000.0, -1000.0]], dtype), np.array([target])
    first, second = SoftmaxWithLoss(), SigmoidWithLoss()
    assert first.forward(x, t) == 2000.0 * target  # softmax gives (1, 0)
    assert first.backward().tolist() == [[target, -target]]  # (1, 0) minus (1, 0) or (0, 1)
    assert second.forward(x, np.array([[target, target]])) == 500.0  # (1000 + 0) / 2, either way
    assert second.backward().tolist() == [[(1 - target) / 2, -target / 2]]


@pytest.mark.parametrize(
    ("t", "error", "message"),
    [
        (np.array([[0], [1]]), ValueError, r"t must have shape \(2,\) .*got shape \(2, 1\)"),
        (np.array([0]), ValueError, r"t must have shape \(2,\) .*got shape \(1,\)"),
        (np.array([0, 3]), ValueError, "t must hold labels from 0 to 2 .*got labels from 0 to 3"),
        (np.array([0.0, 1.0]), TypeError, "t must hold integer class labels; got float64"),
        (np.ones((2, 3)), ValueError, "t must have rows .* add up to 1"),
    ],
)
def test_fault_labels_guessed_by_size__softmax_with_loss_refuses_other_labels(t, error, message):
    with pytest.raises(error, match=message):
        SoftmaxWithLoss().forward(np.zeros((2, 3)), t)


@pytest.mark.parametrize("kind", [SigmoidWithLoss, MeanSquaredError])
@pytest.mark.parametrize(("x", "t"), [((2,), (2, 1)), ((2, 3), (3,)), ((0,), (0,))])
def test_losses_of_unequal_shapes_never_broadcast(kind, x, t):
    message = rf"{kind.__name__}\.forward: x and t .*got \({x[0]},.* and \({t[0]},"
    with pytest.raises(ValueError, match=message):
        kind().forward(np.zeros(x), np.zeros(t))


@pytest.mark.parametrize("wrong", [-0.5, 1.5, np.nan])
def test_yes_and_no_must_lie_between_0_and_1(wrong):
    with pytest.raises(ValueError, match=r"SigmoidWithLoss\.forward: t must lie between 0 and 1"):
        SigmoidWithLoss().forward(np.zeros(2), np.array([1.0, wrong]))


@pytest.mark.parametrize("kind", [SoftmaxWithLoss, SigmoidWithLoss, MeanSquaredError])
def test_fault_backward_before_forward__the_message_says_what_to_call(kind):
    name = kind.__name__
    with pytest.raises(RuntimeError, match=rf"{name}.backward was called before {name}.forward"):
        kind().backward()


@pytest.mark.parametrize(("kind", "targets"), CASES)
def test_losses_give_a_float_and_leave_their_inputs_alone(kind, targets, xp, rng):
    x, t = make(kind, targets, (4, 3), rng)
    there, layer = [xp.asarray(x), xp.asarray(t)], kind()
    loss = layer.forward(*there)
    assert type(loss) is float
    assert loss == pytest.approx(kind().forward(x, t), rel=1e-13)
    assert type(layer.backward()) is type(there[0])
    np.testing.assert_array_equal(to_numpy(there[0]), x)
    np.testing.assert_array_equal(to_numpy(there[1]), t)


# ---------------------------------------------------------------- the two steps, and the score


@pytest.mark.parametrize(("kind", "targets"), CASES)
def test_forward_checks_the_targets_and_then_compares(kind, targets, xp, rng):
    x, t = map(xp.asarray, make(kind, targets, (4, 3), rng))
    one, other = kind(), kind()
    target = one.target(t, x)
    assert (target.shape, target.dtype) == (x.shape, x.dtype)
    assert one.compare(x, target) == other.forward(x, t)
    np.testing.assert_array_equal(to_numpy(one.backward()), to_numpy(other.backward()))


def test_scores_worked(xp):
    x = xp.asarray([[2.0, -1.0], [-3.0, 0.5]])
    labels = SoftmaxWithLoss()  # largest scores at 0 and 1; right are 0 and 0: 1 of 2
    assert labels.score(x, labels.target(xp.asarray(np.array([0, 0])), x)) == 0.5
    answers = SigmoidWithLoss()  # yes, no, no, yes; of four answers only the last is wrong
    assert answers.score(x, answers.target(xp.asarray([[1.0, 0.0], [0.0, 0.0]]), x)) == 0.75
    squares = MeanSquaredError()  # largest at 0 and 1; right are 0 and 0
    assert squares.score(x, xp.asarray([[1.0, 0.0], [1.0, 0.0]])) == 0.5
    for numbers in ([[1.0, 0.5], [0.0, 1.0]], [[1.0, 1.0], [0.0, 1.0]], [[2.0, 0.0], [0.0, 1.0]]):
        assert squares.score(x, xp.asarray(numbers)) is None
    assert squares.score(x[:, :1], xp.asarray([[1.0], [1.0]])) is None


@pytest.mark.parametrize("method", ["target", "compare"])
def test_a_loss_must_define_both_steps(method):
    class Half(Loss):
        pass

    with pytest.raises(NotImplementedError, match=f"Half must define {method}"):
        getattr(Half(), method)(np.zeros(2), np.zeros(2))


def test_unsigned_targets_do_not_wrap():
    loss = MeanSquaredError()
    assert loss.forward(np.array([1.0, 5.0]), np.array([3, 2], np.uint8)) == 6.5
    assert loss.backward().tolist() == [-2.0, 3.0]
