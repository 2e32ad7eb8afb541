"""Arrays decide which library computes."""

import array_api_strict
import numpy as np
import pytest

from nnlib import SGD, TwoLayerNet, sigmoid
from nnlib.backend import (
    array_namespace,
    copied,
    from_numpy,
    is_floating,
    is_integer,
    max_over,
    sum_over,
    to_numpy,
)


def test_array_namespace_is_that_of_the_array(xp):
    x = xp.asarray([1.0, 2.0])
    assert float(array_namespace(x).sum(x)) == 3.0
    assert type(array_namespace(x).zeros_like(x)) is type(x)


@pytest.mark.parametrize(
    ("arrays", "found"),
    [
        (([1.0, 2.0],), "got list"),
        ((3.0,), "got float"),
        ((np.zeros(2), [1.0]), "got ndarray, list"),
        ((np.zeros(2), array_api_strict.zeros(2)), "got ndarray, Array"),
    ],
)
def test_array_namespace_refuses_what_is_no_array_or_mixed(arrays, found):
    with pytest.raises(TypeError, match=rf"arrays must be of one library .*; {found}"):
        array_namespace(*arrays)


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_to_numpy_and_from_numpy_are_inverse(xp, dtype):
    host = np.array([[1, -2], [3, 4]], dtype=dtype)
    there = from_numpy(host, dtype=dtype, xp=xp)
    assert type(there) is type(xp.asarray(0.0))
    back = to_numpy(there)
    assert back.dtype == dtype
    np.testing.assert_array_equal(back, host)


def test_to_numpy_does_not_copy_a_numpy_array():
    x = np.zeros(3)
    assert to_numpy(x) is x


@pytest.mark.parametrize("dtype", ["float32", np.float32, np.dtype("float32")])
def test_from_numpy_takes_names_and_types(xp, dtype):
    assert from_numpy(np.ones(2), dtype=dtype, xp=xp).dtype == xp.float32


@pytest.mark.parametrize(
    ("dtype", "floating", "integer"),
    [("float32", True, False), ("float64", True, False), ("int64", False, True),
     ("uint8", False, True), ("bool", False, False)],
)  # fmt: skip
def test_kinds_of_numbers(xp, dtype, floating, integer):
    x = xp.zeros(2, dtype=getattr(xp, dtype))
    assert (is_floating(x), is_integer(x)) == (floating, integer)


def test_fault_gpu_by_a_setting__the_input_array_decides(xp, rng):
    x = xp.asarray(rng.standard_normal((4, 2)))
    t = xp.asarray(np.array([0, 1, 2, 0]))
    model = TwoLayerNet(2, 5, 3, rng=rng, xp=xp)
    model.forward(x, t)
    dx = model.backward()
    SGD(learning_rate=0.1).update(model.params, model.grads)
    arrays = [sigmoid(x), model.predict(x), dx, *model.params, *model.grads]
    assert {type(array) for array in arrays} == {type(x)}


def test_the_tests_ran_on_a_gpu():
    cupy = pytest.importorskip("cupy", exc_type=ImportError)
    if not cupy.is_available():
        pytest.skip("CuPy finds no GPU on this machine: nothing was tested on one")
    assert to_numpy(sigmoid(cupy.zeros(2))).tolist() == [0.5, 0.5]


def test_sums_and_maxima_worked(xp):
    x = xp.asarray([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]])
    # columns 5, 3, -3 and rows 2, 3; all 5. Largest: columns 4, 5, 3 and rows 3, 5; of all 5
    for f, columns, rows in [(sum_over, [5, 3, -3], [2, 3]), (max_over, [4, 5, 3], [3, 5])]:
        assert to_numpy(f(x, axis=0)).tolist() == columns
        assert to_numpy(f(x, axis=1)).tolist() == rows
        assert to_numpy(f(x, axis=1, keepdims=True)).tolist() == [[row] for row in rows]
        assert to_numpy(f(x, keepdims=True)).tolist() == [[5.0]]
        assert (f(x).shape, float(f(x))) == ((), 5.0)


@pytest.mark.parametrize("dtype", ["float32", "int64"])
def test_a_copy_has_the_type_it_should_be_like(xp, dtype):
    like = xp.zeros(1, dtype=getattr(xp, dtype))
    x = np.array([1.0, 2.0])
    for original in (x, like):
        other = copied(original, like=like)
        assert (type(other), other.dtype) == (type(like), like.dtype)
        other[0] = 5
        assert to_numpy(original).tolist()[0] != 5
