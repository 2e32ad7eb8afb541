"""Every check says what must hold of which argument, and what it was instead."""

import math

import numpy as np
import pytest

from nnlib import checks


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
