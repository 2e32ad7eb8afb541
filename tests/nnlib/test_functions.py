"""Every function against its formula, worked by hand or in a plain loop."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nnlib import (
    accuracy,
    binary_cross_entropy,
    cross_entropy,
    entropy,
    log_softmax,
    mean_absolute_error,
    mean_squared_error,
    one_hot,
    relu,
    sigmoid,
    softmax,
    to_numpy,
)
from nnlib.functions import target_distribution

SCORES = st.floats(-50, 50)
ANY_SHAPE = arrays(np.float64, array_shapes(min_dims=1, max_dims=4, max_side=4), elements=SCORES)
MATRIX = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=5), elements=SCORES)
SEED = st.integers(0, 2**32 - 1)


def random_problem(seed):
    """Return random probabilities (N, C) and labels (N,)."""
    rng = np.random.default_rng(seed)
    samples, classes = rng.integers(1, 6, size=2)
    return rng.dirichlet(np.ones(classes), size=samples), rng.integers(0, classes, size=samples)


# ---------------------------------------------------------------- activations


def test_sigmoid_worked(xp):
    # 1 / (1 + e^0) = 1/2; 1 / (1 + e^-ln 3) = 1 / (1 + 1/3) = 3/4; 1 / (1 + e^ln 3) = 1/4
    x = xp.asarray([0.0, math.log(3), -math.log(3)])
    np.testing.assert_allclose(to_numpy(sigmoid(x)), [0.5, 0.75, 0.25], rtol=1e-15)


@given(ANY_SHAPE)
def test_sigmoid_is_its_formula(x):
    expected = [1 / (1 + math.exp(-value)) for value in x.ravel()]
    np.testing.assert_allclose(sigmoid(x).ravel(), expected, rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_fault_sigmoid_overflow__no_warning_in_any_precision(dtype):
    largest = np.finfo(dtype).max
    y = sigmoid(np.array([-np.inf, -largest, -800, 0, largest, np.inf], dtype))
    assert y.dtype == dtype
    assert y.tolist() == [0, 0, 0, 0.5, 1, 1]


def test_relu_worked(xp):
    x = xp.asarray([[-2.0, 0.0], [0.5, 3.0]])
    assert to_numpy(relu(x)).tolist() == [[0.0, 0.0], [0.5, 3.0]]


# ---------------------------------------------------------------- softmax


def test_softmax_worked(xp):
    # e^0, e^ln 2, e^ln 5 are 1, 2, 5; they add up to 8
    y = softmax(xp.asarray([[0.0, math.log(2), math.log(5)]]))
    np.testing.assert_allclose(to_numpy(y), [[1 / 8, 2 / 8, 5 / 8]], rtol=1e-15)


@given(ANY_SHAPE)
def test_softmax_is_its_formula_in_any_dimension(x):
    y = softmax(x)
    assert y.shape == x.shape
    for index in np.ndindex(x.shape[:-1]):
        powers = [math.exp(value) for value in x[index]]
        np.testing.assert_allclose(y[index], [p / sum(powers) for p in powers], rtol=1e-12)


def test_fault_softmax_of_three_axes__the_last_axis_adds_up_to_one(xp, rng):
    x = xp.asarray(rng.standard_normal((2, 3, 4)))
    np.testing.assert_allclose(to_numpy(softmax(x)).sum(axis=-1), np.ones((2, 3)), rtol=1e-14)


@given(MATRIX, SCORES)
def test_softmax_does_not_change_when_a_constant_is_added(x, constant):
    np.testing.assert_allclose(softmax(x + constant), softmax(x), rtol=1e-12, atol=1e-300)


@given(ANY_SHAPE)
def test_log_softmax_is_the_logarithm_of_softmax(x):
    np.testing.assert_allclose(log_softmax(x), np.log(softmax(x)), rtol=1e-9, atol=1e-12)


def test_log_softmax_worked_where_softmax_rounds_to_zero(xp):
    # log(e^-1000 / (e^0 + e^-1000)) = -1000 - log(1 + e^-1000) = -1000
    x = xp.asarray([[0.0, -1000.0]])
    assert to_numpy(softmax(x))[0, 1] == 0
    assert to_numpy(log_softmax(x)).tolist() == [[0.0, -1000.0]]


# ---------------------------------------------------------------- labels


def test_one_hot_worked(xp):
    rows = one_hot(xp.asarray(np.array([2, 0])), 3)
    assert to_numpy(rows).tolist() == [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]


def test_one_hot_has_the_type_asked_for(xp):
    assert one_hot(xp.asarray(np.array([1])), 2, dtype=xp.float32).dtype == xp.float32


@pytest.mark.parametrize(
    ("t", "error", "message"),
    [
        (np.array([[0], [1]]), ValueError, r"t must .* shape \(N,\); got shape \(2, 1\)"),
        (np.array([0.0, 1.0]), TypeError, "t must hold integer class labels; got float64"),
        (np.array([True, False]), TypeError, "t must hold integer class labels; got bool"),
        (np.array([0, 3]), ValueError, r"t must .* from 0 to 2 for 3 classes; got .* 0 to 3"),
        (np.array([-1, 0]), ValueError, r"t must .* from 0 to 2 for 3 classes; got .* -1 to 0"),
    ],
)
def test_one_hot_refuses_other_labels(t, error, message):
    with pytest.raises(error, match=message):
        one_hot(t, 3)


@given(SEED)
def test_labels_and_rows_mean_the_same(seed):
    y, t = random_problem(seed)
    rows = np.eye(y.shape[1])[t]
    np.testing.assert_array_equal(target_distribution(t, y), rows)
    np.testing.assert_array_equal(target_distribution(rows.astype(int), y), rows)
    assert cross_entropy(y, t) == cross_entropy(y, rows)
    assert accuracy(y, t) == accuracy(y, rows)


@pytest.mark.parametrize("function", [target_distribution, cross_entropy, accuracy])
@pytest.mark.parametrize(
    ("t", "message"),
    [
        # (N, 1) labels would pick y[n, t[m]] for every pair of samples n and m, not one each
        (np.array([[0], [1]]), r"t must have shape \(2,\) .* or \(2, 3\) .*; got shape \(2, 1\)"),
        (np.array([0, 1, 2]), r"t must have shape \(2,\) .* or \(2, 3\) .*; got shape \(3,\)"),
        (np.eye(2, dtype=int), r"t must have shape \(2,\) .* or \(2, 3\) .*; got shape \(2, 2\)"),
        (np.zeros(6, int), r"t must have shape \(2,\) .* or \(2, 3\) .*; got shape \(6,\)"),
        (
            np.eye(3, 2, dtype=int),
            r"t must have shape \(2,\) .* or \(2, 3\) .*; got shape \(3, 2\)",
        ),
        (np.array([[1, 1, 0], [0, 1, 0]]), "t must have rows of numbers .* that add up to 1"),
        (np.array([[2, -1, 0], [0, 1, 0]]), "t must have rows of numbers at or above 0"),
        (np.array([0, 3]), "t must hold labels from 0 to 2"),
    ],
)
def test_fault_labels_guessed_by_size__other_labels_are_an_error(function, t, message):
    y = np.full((2, 3), 1 / 3)
    arguments = (t, y) if function is target_distribution else (y, t)
    with pytest.raises(ValueError, match=message):
        function(*arguments)


def test_fault_labels_guessed_by_size__as_many_samples_as_classes_is_no_riddle():
    y = np.array([[0.5, 0.5], [0.25, 0.75]])
    # labels 0 and 1: -(log 0.5 + log 0.75) / 2; one-hot rows 1 and 0: -(log 0.5 + log 0.25) / 2
    assert cross_entropy(y, np.array([0, 1])) == pytest.approx(-math.log(0.375) / 2, rel=1e-15)
    assert cross_entropy(y, np.array([[0, 1], [1, 0]])) == pytest.approx(
        -math.log(0.125) / 2, rel=1e-15
    )


@pytest.mark.parametrize("shape", [(3,), (0, 3), (2, 3, 4)])
def test_scores_must_be_a_matrix_with_samples(shape):
    with pytest.raises(ValueError, match=rf"scores must have shape \(N, C\) .*{shape[0]},"):
        target_distribution(np.zeros(2, dtype=int), np.zeros(shape))


# ---------------------------------------------------------------- losses and accuracy


def test_cross_entropy_worked(xp):
    # -(log 0.5 + log 0.8) / 2 = -log(0.4) / 2
    y = xp.asarray([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])
    loss = cross_entropy(y, xp.asarray(np.array([0, 2])))
    assert loss == pytest.approx(-math.log(0.4) / 2, rel=1e-15)


@given(SEED)
def test_cross_entropy_is_the_mean_surprise(seed):
    y, t = random_problem(seed)
    expected = sum(-math.log(y[n, t[n]]) for n in range(len(t))) / len(t)
    assert cross_entropy(y, t) == pytest.approx(expected, rel=1e-13)


@given(SEED)
def test_cross_entropy_of_soft_rows_is_the_weighted_sum(seed):
    y, _ = random_problem(seed)
    t = np.random.default_rng(seed).dirichlet(np.ones(y.shape[1]), size=len(y))
    expected = sum(-t[index] * math.log(y[index]) for index in np.ndindex(y.shape)) / len(y)
    assert cross_entropy(y, t) == pytest.approx(expected, rel=1e-13)


def test_fault_log_of_y_plus_1e_7__cross_entropy_is_exact_at_both_ends():
    assert cross_entropy(np.array([[1.0, 0.0]]), np.array([0])) == 0.0
    assert cross_entropy(np.array([[1.0, 0.0]]), np.array([1])) == math.inf
    assert cross_entropy(np.array([[1.0, 1e-300]]), np.array([1])) == pytest.approx(
        300 * math.log(10), rel=1e-14
    )


def test_entropy_worked(xp):
    # four equal chances: -4 · 1/4 · log(1/4) = log 4; a sure thing has none
    assert entropy(xp.asarray([0.25] * 4)) == pytest.approx(math.log(4), rel=1e-15)
    assert entropy(xp.asarray([0.0, 1.0])) == 0.0


@given(SEED)
def test_entropy_is_the_least_cross_entropy(seed):
    y, _ = random_problem(seed)
    p = y[0]
    expected = -sum(each * math.log(each) for each in p)
    assert entropy(p) == pytest.approx(expected, rel=1e-12, abs=1e-15)
    other = np.random.default_rng(seed + 1).dirichlet(np.ones(len(p)))
    assert entropy(p) <= cross_entropy(other[None], p[None]) + 1e-12


def test_binary_cross_entropy_worked(xp):
    # yes at 0.8 and no at 0.4: -(log 0.8 + log(1 - 0.4)) / 2 = -log(0.48) / 2
    loss = binary_cross_entropy(xp.asarray([0.8, 0.4]), xp.asarray([1.0, 0.0]))
    assert loss == pytest.approx(-math.log(0.48) / 2, rel=1e-15)
    certain = xp.asarray([1.0, 0.0])
    assert binary_cross_entropy(certain, certain) == 0.0


@given(SEED)
def test_binary_cross_entropy_is_its_formula(seed):
    rng = np.random.default_rng(seed)
    y, t = rng.uniform(0.01, 0.99, (2, *rng.integers(1, 5, size=2)))
    pairs = zip(y.ravel(), t.ravel(), strict=True)
    terms = [-(b * math.log(a) + (1 - b) * math.log(1 - a)) for a, b in pairs]
    assert binary_cross_entropy(y, t) == pytest.approx(sum(terms) / y.size, rel=1e-12)


def test_mean_errors_worked(xp):
    # differences 1, -3: (1 + 9) / 2 = 5 and (1 + 3) / 2 = 2
    y, t = xp.asarray([3.0, 1.0]), xp.asarray([2.0, 4.0])
    assert mean_squared_error(y, t) == 5.0
    assert mean_absolute_error(y, t) == 2.0


@given(SEED)
def test_mean_errors_are_their_formulas(seed):
    rng = np.random.default_rng(seed)
    y, t = rng.standard_normal((2, *rng.integers(1, 5, size=3)))
    pairs = list(zip(y.ravel(), t.ravel(), strict=True))
    squared = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    absolute = sum(abs(a - b) for a, b in pairs) / len(pairs)
    assert mean_squared_error(y, t) == pytest.approx(squared, rel=1e-13)
    assert mean_absolute_error(y, t) == pytest.approx(absolute, rel=1e-13)


def test_accuracy_worked(xp):
    # largest scores at 1, 0, and 0 (of the two equal ones the first); 1 and 0 are right: 2 of 3
    scores = xp.asarray([[1.0, 2.0], [3.0, 0.0], [5.0, 5.0]])
    assert accuracy(scores, xp.asarray(np.array([1, 0, 1]))) == 2 / 3


@pytest.mark.parametrize(
    "function", [binary_cross_entropy, mean_squared_error, mean_absolute_error]
)
@pytest.mark.parametrize(("y_shape", "t_shape"), [((3,), (3, 1)), ((2, 3), (3,)), ((0,), (0,))])
def test_losses_of_unequal_shapes_never_broadcast(function, y_shape, t_shape):
    message = rf"y and t must have the same shape .*got \({y_shape[0]},.*and \({t_shape[0]},"
    with pytest.raises(ValueError, match=message):
        function(np.zeros(y_shape), np.zeros(t_shape))


@pytest.mark.parametrize("wrong", [-0.1, 1.1, np.nan])
def test_probabilities_must_lie_between_0_and_1(wrong):
    y, t = np.array([[wrong, 0.5]]), np.array([[1, 0]])
    with pytest.raises(ValueError, match="y must lie between 0 and 1; got numbers from"):
        binary_cross_entropy(y, t)
    rows = r"must have rows of numbers at or above 0 that add up to 1; got row 0: \["
    for call, name in [(lambda: cross_entropy(y, t), "y"), (lambda: entropy(y), "p")]:
        with pytest.raises(ValueError, match=f"{name} {rows}"):
            call()


def test_probabilities_must_be_floats():
    with pytest.raises(TypeError, match="y must be floating point; got int64"):
        cross_entropy(np.array([[1, 0]]), np.array([0]))


# ---------------------------------------------------------------- all


@pytest.mark.parametrize("function", [sigmoid, relu, softmax, log_softmax])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_activations_keep_shape_type_and_input(xp, rng, function, dtype):
    host = rng.standard_normal((2, 3, 4)).astype(dtype)
    x = xp.asarray(host.copy())
    y = function(x)
    assert (y.shape, y.dtype) == (x.shape, x.dtype)
    np.testing.assert_array_equal(to_numpy(x), host)
    precision = {"float32": 1e-5, "float64": 1e-13}[dtype]
    np.testing.assert_allclose(to_numpy(y), function(host), rtol=precision)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int16, np.uint64])
def test_small_integers_hold_labels_of_many_classes(dtype):
    t = np.array([0, 100, 127], dtype)
    rows = one_hot(t, 300)
    assert rows.shape == (3, 300)
    assert rows.argmax(axis=1).tolist() == t.tolist()
    assert accuracy(rows, t) == 1.0


@pytest.mark.parametrize("function", [mean_squared_error, mean_absolute_error])
@pytest.mark.parametrize("kinds", [(np.uint8, np.uint8), (float, np.uint8), (np.uint8, float)])
def test_unsigned_integers_do_not_wrap_below_zero(function, kinds):
    y, t = np.array([1, 5], kinds[0]), np.array([3, 2], kinds[1])  # differences -2 and 3
    expected = {mean_squared_error: 6.5, mean_absolute_error: 2.5}[function]
    assert function(y, t) == expected


def test_the_first_row_that_is_no_distribution_is_shown():
    t = np.array([[0.5, 0.5], [0.25, 0.5]])
    with pytest.raises(ValueError, match=r"add up to 1; got row 1: \[0\.25 0\.5 \]"):
        target_distribution(t, np.zeros((2, 2)))


def test_scores_of_any_size_give_probabilities(xp):
    # equal scores, however large: 1/2 each, in every row
    x = xp.asarray([[1000.0, 1000.0], [-1000.0, -1000.0]])
    assert to_numpy(softmax(x)).tolist() == [[0.5, 0.5], [0.5, 0.5]]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_targets_have_the_type_of_the_scores(xp, dtype):
    scores = xp.zeros((2, 3), dtype=getattr(xp, dtype))
    for t in (xp.asarray(np.array([2, 0])), xp.asarray(np.eye(3)[:2])):
        assert target_distribution(t, scores).dtype == scores.dtype


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("classes", [2, 4])
def test_rows_may_be_off_by_8_roundings_a_class(dtype, classes):
    eps = np.finfo(dtype).eps
    t = np.zeros((1, classes), dtype)
    t[0, :2] = 1, 8 * classes * eps
    np.testing.assert_array_equal(target_distribution(t, np.zeros_like(t)), t)
    t[0, 1] += eps
    with pytest.raises(ValueError, match="t must have rows of numbers at or above 0"):
        target_distribution(t, np.zeros_like(t))


ROWS = np.zeros((2, 2))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: one_hot(np.zeros((2, 1), int), 2),
            ValueError,
            "t must hold one integer label per sample, shape (N,); got shape (2, 1)",
        ),
        (
            lambda: one_hot(np.zeros(2), 2),
            TypeError,
            "t must hold integer class labels; got float64",
        ),
        (
            lambda: one_hot(np.array([0, 2]), 2),
            ValueError,
            "t must hold labels from 0 to 1 for 2 classes; got labels from 0 to 2",
        ),
        (
            lambda: cross_entropy(np.zeros(2), np.array([0])),
            ValueError,
            "y must have shape (N, C) with at least one sample and one class; got shape (2,)",
        ),
        (
            lambda: accuracy(ROWS, np.zeros((3, 2))),
            ValueError,
            "t must have shape (2,) (integer labels) or (2, 2) (one row per sample) "
            "to match scores of shape (2, 2); got shape (3, 2)",
        ),
        (
            lambda: accuracy(ROWS, np.array([[0.5, 0.5], [1.5, -0.5]])),
            ValueError,
            "t must have rows of numbers at or above 0 that add up to 1; got row 1: [ 1.5 -0.5]",
        ),
        (
            lambda: entropy(np.array([0.25, 1.5])),
            ValueError,
            "p must have rows of numbers at or above 0 that add up to 1; got row 0: [0.25 1.5 ]",
        ),
        (
            lambda: mean_squared_error(np.zeros(2), np.zeros(3)),
            ValueError,
            "y and t must have the same shape and at least one entry; got (2,) and (3,)",
        ),
    ],
)
def test_what_functions_say_word_for_word(call, error, message):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        call()
