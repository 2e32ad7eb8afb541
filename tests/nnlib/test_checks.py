"""Every check says what must hold of which argument, and what it was instead."""

import math

import numpy as np
import pytest

from nnlib import Layer, ReLU, checks


def said(check, *arguments, error=ValueError, **options):
    """Return what a check says of these arguments."""
    with pytest.raises(error) as caught:
        check(*arguments, **options)
    return str(caught.value)


def test_the_form_of_every_message():
    message = "size must be even; got 3"
    assert str(checks.argument_error("size", "be even", 3)) == message
    assert said(checks.require, False, "size", "be even", 3) == message
    assert said(checks.require, False, "size", "be even", 3, TypeError, error=TypeError) == message
    checks.require(True, "size", "be even", 4)


@pytest.mark.parametrize("wrong", [0, -1, 2.0, True, "3", None, np.float64(2), math.nan])
def test_counts(wrong):
    message = f"size must be a whole number of at least 1; got {wrong!r}"
    assert said(checks.require_whole, "size", wrong) == message


def test_counts_that_fit():
    for value in (1, 7, np.int64(2), np.uint8(3)):
        checks.require_whole("size", value)
    checks.require_whole("size", 0, least=0)
    assert "at least 2; got 1" in said(checks.require_whole, "size", 1, least=2)


@pytest.mark.parametrize("wrong", [True, "1", 1j, None, math.nan, math.inf, np.array([0.1])])
def test_numbers_are_real_and_finite(wrong):
    assert said(checks.require_number, "rate", wrong, above=0).endswith(f"; got {wrong!r}")


@pytest.mark.parametrize(
    ("limits", "fits", "wrong", "expected"),
    [
        ({"above": 0}, [1e-300, 5, np.float32(2)], [0, -1], "above 0"),
        ({"least": 0}, [0, 0.5], [-1e-300], "at or above 0"),
        ({"least": 0, "below": 1}, [0, 0.999], [1, -0.5], "at or above 0 and below 1"),
    ],
)
def test_limits_of_numbers(limits, fits, wrong, expected):
    for value in fits:
        checks.require_number("rate", value, **limits)
    for value in wrong:
        message = f"rate must be a finite number {expected}; got {value!r}"
        assert said(checks.require_number, "rate", value, **limits) == message


@pytest.mark.parametrize("rng", [np.random.default_rng(1), np.random.RandomState(1)])
def test_both_kinds_of_generator_fit(rng):
    checks.require_rng(rng)


@pytest.mark.parametrize("wrong", [None, 1984, np.random])
def test_rng_says_what_to_pass(wrong):
    message = said(checks.require_rng, wrong, error=TypeError)
    assert message.startswith("rng must be a numpy.random.Generator")
    assert "np.random.default_rng(1984); got " in message


def test_types_and_shapes():
    ints, floats = np.zeros((2, 3), int), np.zeros((2, 3))
    checks.require_floating("x", floats)
    message = "x must be floating point; got int64, sorry"
    assert said(checks.require_floating, "x", ints, ", sorry", error=TypeError) == message
    checks.require_same_shape("a and b", ints, floats, entries=True)
    message = "a and b must have the same shape; got (2, 3) and (3,)"
    assert said(checks.require_same_shape, "a and b", floats, floats[0]) == message
    empty = np.zeros((0, 3))
    checks.require_same_shape("a and b", empty, empty)
    message = "a and b must have the same shape and at least one entry; got (0, 3) and (0, 3)"
    assert said(checks.require_same_shape, "a and b", empty, empty, entries=True) == message


def test_kinds_of_objects():
    checks.require_kind("layer", ReLU(), Layer)
    expected = "layer must be an object of a class made from Layer"
    message = said(checks.require_kind, "layer", ReLU, Layer, error=TypeError)
    assert message == f"{expected}; got the class ReLU"
    assert said(checks.require_kind, "layer", 3, Layer, error=TypeError) == f"{expected}; got 3"


def test_a_type_needs_no_hint():
    message = "x must be floating point; got bool"
    assert said(checks.require_floating, "x", np.zeros(2, bool), error=TypeError) == message


def test_numbers_without_limits():
    for value in (-1e308, 0, 1e308):
        checks.require_number("rate", value)


def test_what_is_said_of_upstream_gradients_and_columns():
    message = "ReLU.backward: dout must have the shape of forward's output, (2, 3); got (3,)"
    assert said(checks.require_upstream, ReLU(), np.zeros(3), (2, 3)) == message
    expected = "ReLU.forward: x must be an array of shape (N, 2) because W has shape (2, 3)"
    W = np.zeros((2, 3))
    said_of_columns = said(checks.require_columns, ReLU(), np.zeros((4, 3)), W)
    assert said_of_columns == f"{expected}; got shape (4, 3)"
    message = "ReLU.forward: x must be an array of real numbers; got list"
    assert said(checks.require_columns, ReLU(), [[1.0, 2.0]], W, error=TypeError) == message


def test_what_is_said_of_data():
    x, t = np.zeros((3, 2)), np.zeros(3)
    checks.require_data("x", x, "t", t)
    expected = "u must have shape (N, D) with at least one sample"
    assert said(checks.require_data, "u", x[0], "v", t) == f"{expected}; got shape (2,)"
    assert said(checks.require_data, "u", x[:0], "v", t[:0]) == f"{expected}; got shape (0, 2)"
    message = "v must have one entry per sample, 3; got shape (2,)"
    assert said(checks.require_data, "u", x, "v", t[:2]) == message
    message = "u must be floating point; got int64"
    assert said(checks.require_data, "u", x.astype(int), "v", t, error=TypeError) == message
    x[1:, 1] = np.inf, np.nan
    message = "u must be finite; got 2 of 3 rows that are not, first row 1: [ 0. inf]"
    assert said(checks.require_data, "u", x, "v", t) == message


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 3, 4)])
def test_finite_arrays_of_any_shape(shape):
    checks.require_finite("t", np.zeros(shape))
    message = said(checks.require_finite, "t", np.full(shape, np.nan))
    assert message.startswith("t must be finite; got ")
