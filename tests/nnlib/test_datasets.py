"""The spiral: its formula, its labels and its randomness."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import make_spiral, to_numpy


def test_spiral_worked(rng):
    # class 1, sample 1 of 4: r = 1/4, angle = 4·1 + 4·1/4 = 5, point (sin 5, cos 5) / 4
    x, t = make_spiral(samples_per_class=4, num_classes=2, noise=0.0, rng=rng)
    assert t.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert x[5].tolist() == pytest.approx([math.sin(5) / 4, math.cos(5) / 4], rel=1e-15)


@given(st.integers(1, 6), st.integers(1, 5), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_spiral_is_its_formula_drawn_class_by_class(samples, classes, noise, seed):
    x, t = make_spiral(samples, classes, noise, rng=np.random.default_rng(seed))
    draws = np.random.default_rng(seed).standard_normal(samples * classes).tolist()
    expected = []
    for j in range(classes):
        for i in range(samples):
            angle = 4 * j + 4 * i / samples + noise * draws[j * samples + i]
            expected.append([i / samples * math.sin(angle), i / samples * math.cos(angle)])
    np.testing.assert_allclose(x, expected, rtol=1e-12, atol=1e-15)
    assert t.tolist() == [j for j in range(classes) for _ in range(samples)]


def test_three_samples_coincide_at_the_origin(rng):
    x, t = make_spiral(rng=rng)
    assert (x.shape, t.shape) == ((300, 2), (300,))
    at_origin = np.flatnonzero(np.all(x == 0, axis=1))
    assert t[at_origin].tolist() == [0, 1, 2]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_spiral_on_every_backend(xp, dtype):
    make = lambda **where: make_spiral(5, rng=np.random.default_rng(1), **where)  # noqa: E731
    x, t = make(dtype=getattr(xp, dtype) if xp is np else dtype, xp=xp)
    assert (x.dtype, t.dtype) == (getattr(xp, dtype), xp.int64)
    np.testing.assert_array_equal(to_numpy(x), make()[0].astype(dtype))
    np.testing.assert_array_equal(to_numpy(t), make()[1])


@pytest.mark.parametrize("kind", [np.random.default_rng, np.random.RandomState])
def test_equal_seeds_give_equal_points_and_others_do_not(kind):
    first, again, other = (make_spiral(rng=kind(seed))[0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_fault_global_random_state__it_is_not_touched_and_not_used():
    before = np.random.get_state()  # noqa: NPY002
    first = make_spiral(rng=np.random.default_rng(3))[0]
    np.testing.assert_equal(np.random.get_state(), before)  # noqa: NPY002
    np.random.default_rng(0).standard_normal()
    np.testing.assert_array_equal(make_spiral(rng=np.random.default_rng(3))[0], first)


@pytest.mark.parametrize("name", ["samples_per_class", "num_classes"])
@pytest.mark.parametrize("wrong", [0, -1, 2.5, "3"])
def test_counts_must_be_whole_numbers(name, wrong, rng):
    with pytest.raises(ValueError, match=f"{name} must be a whole number .* got {wrong!r}"):
        make_spiral(**{name: wrong}, rng=rng)


@pytest.mark.parametrize("wrong", [-0.1, float("nan"), float("inf")])
def test_noise_must_not_be_negative(wrong, rng):
    with pytest.raises(
        ValueError, match=f"noise must be a finite number at or above 0; got {wrong}"
    ):
        make_spiral(noise=wrong, rng=rng)


def test_a_seed_is_no_generator():
    with pytest.raises(TypeError, match=r"rng must be .*; got 1984"):
        make_spiral(rng=1984)
