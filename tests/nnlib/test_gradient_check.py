"""The witness itself: it finds right derivatives right, and planted faults wrong."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import Linear

from nnlib import (
    Affine,
    Layer,
    ReLU,
    Sigmoid,
    SoftmaxWithLoss,
    TwoLayerNet,
    check_gradients,
    numerical_gradient,
    softmax,
    to_numpy,
)
from nnlib.gradient_check import Comparison, GradientReport
from nnlib.nodes import Branch

SEED = st.integers(0, 2**32 - 1)

# ---------------------------------------------------------------- numerical_gradient


def test_numerical_gradient_worked(xp):
    # ((x + h)² − (x − h)²) / 2h = 4xh / 2h = 2x, whatever h is; at 3 and −1 that is 6 and −2
    x = xp.asarray([3.0, -1.0])
    for h in (None, 0.5, 1e-3):
        gradient = numerical_gradient(lambda x: float(xp.sum(x * x)), x, h=h)
        np.testing.assert_allclose(to_numpy(gradient), [6.0, -2.0], rtol=1e-8)


def test_numerical_gradient_has_the_error_of_its_step():
    # ((x + h)³ − (x − h)³) / 2h = 3x² + h²; (4 D(h) − D(2h)) / 3 = 3x² + (4h² − 4h²) / 3
    x, h = np.array([1.0]), 0.125
    cube = lambda x: float(x[0] ** 3)  # noqa: E731
    assert numerical_gradient(cube, x, h=h)[0] == 3 + h**2
    assert numerical_gradient(cube, x, h=h, extrapolate=True)[0] == pytest.approx(3, rel=1e-15)


@given(SEED, st.lists(st.integers(1, 3), max_size=3))
def test_numerical_gradient_restores_and_has_the_shape_of_x(seed, shape):
    x = np.asarray(np.random.default_rng(seed).standard_normal(shape))
    before = x.copy()
    gradient = numerical_gradient(lambda x: float(np.sin(x).sum()), x)
    assert gradient.shape == x.shape
    np.testing.assert_array_equal(x, before)
    np.testing.assert_allclose(gradient, np.cos(x), rtol=1e-6, atol=1e-9)


def test_extrapolation_is_more_exact():
    x = np.linspace(-2.0, 2.0, 9)
    errors = [
        np.abs(numerical_gradient(lambda x: np.exp(x).sum(), x, extrapolate=e) - np.exp(x)).max()
        for e in (False, True)
    ]
    assert errors[1] < errors[0] / 5


def test_x_is_restored_when_the_function_fails():
    def fails(x):
        raise ArithmeticError("no value here")

    x = np.array([1.0, 2.0])
    with pytest.raises(ArithmeticError, match="no value here"):
        numerical_gradient(fails, x)
    assert x.tolist() == [1.0, 2.0]


def test_numerical_gradient_refuses_integers_and_steps_of_no_length():
    with pytest.raises(TypeError, match="x must be floating point; got int64"):
        numerical_gradient(np.sum, np.array([1, 2]))
    limits = r"at or above 2\.22045e-16 and below 4\.5036e\+15"
    for h in (0.0, -1e-4, 1e-17, 1e16, float("nan")):
        with pytest.raises(ValueError, match=f"h must be a finite number {limits}; got "):
            numerical_gradient(np.sum, np.array([1.0]), h=h)


# ---------------------------------------------------------------- planted faults


class WrongSign(Sigmoid):
    def backward(self, dout):
        return -super().backward(dout)


class Off(Sigmoid):
    def backward(self, dout):
        return super().backward(dout) * 1.001


class MissingTranspose(Linear):
    """With a square W no shape gives it away."""

    def backward(self, dout):
        super().backward(dout)
        return dout @ self.params[0]


class MissingTransposeOfX(Linear):
    def backward(self, dout):
        dx = super().backward(dout)
        (x,) = self.saved()
        self.grads[0][...] = x @ dout
        return dx


class ForgottenN(SoftmaxWithLoss):
    def backward(self, dout=1.0):
        y, _ = self.saved()
        return super().backward(dout) * y.shape[0]


class WrongAxis(Affine):
    """With as many samples as outputs no shape gives it away."""

    def backward(self, dout):
        dx = super().backward(dout)
        self.grads[1][...] = dout.sum(axis=1)
        return dx


class Rebinding(Linear):
    """Computes the right gradient, but `dW = …` names a new array: `grads` never sees it."""

    def backward(self, dout):
        (x,), (W,), (dW,) = self.saved(), self.params, self.grads
        dW = x.T @ dout  # noqa: F841
        return dout @ W.T


class SomeRowsOnly(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.grads[0][0, 0] = 0.0
        return dx


class Untransformed(Layer):
    """Softmax whose backward forgets that every score moves every probability."""

    def forward(self, x):
        y = softmax(x)
        self.save(y)
        return y

    def backward(self, dout):
        (y,) = self.saved()
        return dout * y * (1 - y)


W = np.array([[0.3, -1.2, 0.7], [0.9, 0.1, -0.4], [-0.6, 1.5, 0.2]])
B = np.array([0.1, 0.2, 0.3])
PLANTED = [
    (WrongSign, (), "input 0", 1.0),
    (Off, (), "input 0", 5e-4),
    (MissingTranspose, (W,), "input 0", 0.01),
    (MissingTransposeOfX, (W,), "params[0]", 0.01),
    (ForgottenN, (), "input 0", 0.5),
    (WrongAxis, (W, B), "params[1]", 0.01),
    (Rebinding, (W,), "params[0]", 0.99),
    (SomeRowsOnly, (W, B), "params[0]", 1e-3),
    (Untransformed, (), "input 0", 0.01),
]


@pytest.mark.parametrize(("kind", "params", "where", "at_least"), PLANTED)
@given(seed=SEED)
def test_planted_faults_are_found(kind, params, where, at_least, seed):
    rng = np.random.default_rng(seed)
    inputs = [rng.standard_normal((3, 3))]
    inputs += [np.array([0, 2, 1])] if issubclass(kind, SoftmaxWithLoss) else []
    report = check_gradients(kind(*(p.copy() for p in params)), *inputs, rng=rng)
    assert not report.ok
    assert report.max_relative_error > at_least
    wrong = [each.name for each in report.comparisons if each.relative_error > report.tolerance]
    assert wrong == [where]


@pytest.mark.parametrize("kind", [Sigmoid, Linear, Affine, SoftmaxWithLoss])
@given(seed=SEED)
def test_the_layers_behind_the_planted_faults_pass(kind, seed):
    rng = np.random.default_rng(seed)
    inputs = [rng.standard_normal((3, 3))]
    inputs += [np.array([0, 2, 1])] if kind is SoftmaxWithLoss else []
    params = {Linear: (W,), Affine: (W, B)}.get(kind, ())
    report = check_gradients(kind(*(p.copy() for p in params)), *inputs, rng=rng)
    assert report.ok
    assert report.max_relative_error <= 1e-8


def test_a_fault_deep_in_a_model_is_found(rng):
    model = TwoLayerNet(2, 4, 3, weight_scale=1.0, rng=rng)
    model.layers[1].__class__ = Off
    report = check_gradients(model, rng.standard_normal((6, 2)), rng.integers(0, 3, 6), rng=rng)
    wrong = [each.name for each in report.comparisons if each.relative_error > report.tolerance]
    assert wrong == ["input 0", "params[0]", "params[1]"]  # what lies before the broken layer


@given(seed=SEED)
def test_a_fresh_network_passes_although_its_first_gradients_are_tiny(seed):
    # weights near 0.01 make gradients near 1e-6, of which differences know only some digits
    rng = np.random.default_rng(seed)
    model = TwoLayerNet(2, 10, 3, rng=rng)
    x, t = rng.standard_normal((9, 2)), rng.integers(0, 3, 9)
    report = check_gradients(model, x, t, rng=rng)
    assert report.max_relative_error <= 1e-8, str(report)
    model.layers[1].__class__ = Off
    assert not check_gradients(model, x, t, rng=rng).ok


def test_a_gradient_of_another_shape_is_an_infinite_error(rng):
    class Narrow(Sigmoid):
        def backward(self, dout):
            return super().backward(dout)[:1]

    report = check_gradients(Narrow(), rng.standard_normal((3, 2)), rng=rng)
    assert report.max_relative_error == float("inf")
    assert not report.ok


def test_a_gradient_that_is_not_finite_is_an_infinite_error(rng):
    class Broken(Sigmoid):
        def backward(self, dout):
            return super().backward(dout) * np.nan

    report = check_gradients(Broken(), rng.standard_normal((3, 2)), rng=rng)
    assert report.max_relative_error == float("inf")
    assert not report.ok


# ---------------------------------------------------------------- the report


def test_relative_error_worked():
    # largest difference |4 − 4.5| = 0.5, largest entry 5: 0.5 / 5 = 0.1
    comparison = Comparison("x", np.array([1.0, 4.0, 5.0]), np.array([1.0, 4.5, 5.0]))
    assert comparison.relative_error == 0.1


def test_gradients_that_are_both_0_agree(rng):
    report = check_gradients(ReLU(), -np.ones((2, 2)), rng=rng)
    assert report.max_relative_error == 0.0
    assert report.ok


def test_the_report_reads_as_a_table(rng):
    good = str(check_gradients(Affine(W.copy(), B.copy()), rng.standard_normal((2, 3)), rng=rng))
    assert good.startswith("Affine: backward agrees with central differences\n  input 0    (2, 3) ")
    assert [line.split()[-1] for line in good.splitlines()[1:]] == ["ok"] * 3
    bad = str(check_gradients(Rebinding(W.copy()), rng.standard_normal((2, 3)), rng=rng))
    assert bad.startswith("Rebinding: backward DIFFERS from central differences")
    assert [line.split()[-1] for line in bad.splitlines()[1:]] == ["ok", "WRONG"]


def test_everything_is_restored(rng):
    layer, x = Affine(W.copy(), B.copy()), rng.standard_normal((2, 3))
    before = x.copy()
    check_gradients(layer, x, rng=rng)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(layer.params[0], W)
    np.testing.assert_array_equal(layer.params[1], B)


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-8), (np.float32, 7e-3)])
def test_the_tolerance_follows_the_type(dtype, tolerance, rng):
    layer = Affine(W.astype(dtype), B.astype(dtype))
    report = check_gradients(layer, rng.standard_normal((2, 3)).astype(dtype), rng=rng)
    assert report.tolerance == pytest.approx(tolerance, rel=0.1)
    assert report.ok


def test_the_verdict_is_a_plain_truth_value(rng):
    assert check_gradients(ReLU(), rng.standard_normal((2, 3)), rng=rng).ok is True


def test_a_tolerance_can_be_given(rng):
    x = rng.standard_normal((2, 3))
    assert check_gradients(Off(), x, rng=rng, tolerance=0.01).ok
    assert not check_gradients(Sigmoid(), x, rng=rng, tolerance=0.0).ok


def test_check_gradients_refuses_integers_and_seeds(rng):
    with pytest.raises(TypeError, match="the first input must be floating point; got int64"):
        check_gradients(Sigmoid(), np.array([1, 2]), rng=rng)
    with pytest.raises(TypeError, match=r"rng must be .*; got 1984"):
        check_gradients(Sigmoid(), np.zeros(2), rng=1984)


# ---------------------------------------------------------------- the steps


@pytest.mark.parametrize(("extrapolate", "root"), [(False, 3), (True, 4)])
@pytest.mark.parametrize("value", [0.5, 8.0])
def test_the_steps_are_roots_of_machine_epsilon_times_the_entry(extrapolate, root, value):
    places = []
    numerical_gradient(
        lambda x: places.append(float(x[0])) or 0.0, np.array([value]), extrapolate=extrapolate
    )
    step = np.finfo(float).eps ** (1 / root) * max(1, value)
    assert min(abs(place - value) for place in places) == pytest.approx(step, rel=1e-7)


def test_a_given_step_grows_with_the_entry():
    # ((x + s)³ − (x − s)³) / 2s = 3x² + s² with s = 0.125 · 4
    assert numerical_gradient(lambda x: float(x[0] ** 3), np.array([4.0]), h=0.125)[0] == 48.25


def test_a_step_can_be_given(rng):
    x = rng.standard_normal((2, 3))
    assert check_gradients(Sigmoid(), x, rng=rng, h=1e-3).ok
    assert not check_gradients(Sigmoid(), x, rng=rng, h=0.5).ok


# ---------------------------------------------------------------- the report, word for word


def report_of_two():
    """Return a report of an error of exactly 1/4, and one of 0."""
    off = Comparison("input 0", np.array([[3.0, 1.0]]), np.array([[4.0, 1.0]]))
    right = Comparison("params[0]", np.array([2.0]), np.array([2.0]))
    return GradientReport("Affine", (off, right), 0.25)


def test_an_error_as_large_as_the_tolerance_passes():
    report = report_of_two()
    assert report.ok
    assert str(report) == (
        "Affine: backward agrees with central differences\n"
        "  input 0    (1, 2)       relative error 2.5e-01  ok\n"
        "  params[0]  (1,)         relative error 0.0e+00  ok"
    )


def test_a_larger_error_is_shown_as_wrong():
    report = replace(report_of_two(), tolerance=0.2)
    assert not report.ok
    assert str(report) == (
        "Affine: backward DIFFERS from central differences\n"
        "  input 0    (1, 2)       relative error 2.5e-01  WRONG\n"
        "  params[0]  (1,)         relative error 0.0e+00  ok"
    )


def test_small_gradients_count_fully_unless_there_is_a_floor():
    halves = np.array([1e-3]), np.array([2e-3])
    assert Comparison("x", *halves).relative_error == 0.5
    assert Comparison("x", *halves, floor=1.0).relative_error == 1e-3


def test_without_a_tolerance_to_reach_there_is_no_floor(rng):
    report = check_gradients(Sigmoid(), rng.standard_normal((2, 3)), rng=rng, tolerance=0.0)
    assert report.comparisons[0].floor == 0.0


def test_reports_never_change():
    report = report_of_two()
    for each, field in [(report, "tolerance"), (report.comparisons[0], "floor")]:
        with pytest.raises(FrozenInstanceError):
            setattr(each, field, 1.0)


def test_the_coarsest_type_has_a_tolerance_of_a_tenth(rng):
    report = check_gradients(Sigmoid(), rng.standard_normal((2, 3)).astype(np.float16), rng=rng)
    assert report.tolerance == 0.1


# ---------------------------------------------------------------- subjects with a fault


def test_the_upstream_gradient_has_the_type_of_the_output(rng):
    class Records(Sigmoid):
        def backward(self, dout):
            self.type = dout.dtype
            return super().backward(dout)

    subject = Records()
    check_gradients(subject, rng.standard_normal((2, 3)).astype(np.float32), rng=rng)
    assert subject.type == np.float32


def test_check_gradients_says_what_is_missing(rng):
    class Silent(Sigmoid):
        def backward(self, dout):
            super().backward(dout)

    expected = r"be what forward takes, check_gradients\(subject, x, …\)"
    with pytest.raises(TypeError, match=f"^inputs must {expected}; got none$"):
        check_gradients(Sigmoid(), rng=rng)
    expected = "return the gradient of its input"
    with pytest.raises(TypeError, match=f"^Silent.backward must {expected}; got None$"):
        check_gradients(Silent(), np.zeros((2, 3)), rng=rng)


def test_every_parameter_needs_a_gradient(rng):
    layer = Sigmoid()
    layer.params = [B.copy()]
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        check_gradients(layer, np.zeros((2, 3)), rng=rng)


def test_the_number_of_outputs_must_not_change(rng):
    class Fewer(Branch):
        calls = 0

        def forward(self, x):
            self.calls += 1
            return super().forward(x)[: 2 if self.calls == 1 else 1]

    with pytest.raises(ValueError, match="argument 2 is shorter"):
        check_gradients(Fewer(), np.zeros((2, 3)), rng=rng)


def test_a_function_may_return_an_array_without_axes(xp):
    x = xp.asarray([1.0, 2.0])
    gradient = numerical_gradient(lambda x: xp.sum(x * x), x)
    np.testing.assert_allclose(to_numpy(gradient), [2.0, 4.0], rtol=1e-8)
