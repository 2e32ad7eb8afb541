"""Every layer by hand and by measured slopes, and the contract that they share."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import Affine, Layer, ReLU, Sigmoid, Tanh, check_gradients, to_numpy

SIZES = st.tuples(*[st.integers(1, 5)] * 3)
SEED = st.integers(0, 2**32 - 1)
LAYERS = [Affine, Sigmoid, Tanh, ReLU]


def make(kind, sizes, rng, xp=np):
    """Return a layer of this kind with random parameters, and an input for it."""
    n, d, h = sizes
    shapes = [(d, h), (h,)] if kind is Affine else []
    x = rng.standard_normal((n, d))
    if kind is ReLU:
        x = x + np.sign(x)  # at least 1 away from the kink, where there is no derivative
    return kind(*(xp.asarray(rng.standard_normal(shape)) for shape in shapes)), xp.asarray(x)


@pytest.mark.parametrize("kind", LAYERS)
@given(sizes=SIZES, seed=SEED)
def test_gradients_agree_with_central_differences(kind, sizes, seed):
    rng = np.random.default_rng(seed)
    layer, x = make(kind, sizes, rng)
    report = check_gradients(layer, x, rng=rng)
    assert len(report.comparisons) == 1 + len(layer.params)
    assert report.max_relative_error <= 1e-8, str(report)


@pytest.mark.parametrize("kind", LAYERS)
def test_gradients_agree_on_every_backend(kind, xp, rng):
    layer, x = make(kind, (4, 3, 2), rng, xp)
    assert check_gradients(layer, x, rng=rng).max_relative_error <= 1e-8


@pytest.mark.parametrize("kind", [Sigmoid, Tanh, ReLU])
@given(shape=st.lists(st.integers(1, 3), max_size=4), seed=SEED)
def test_activations_take_any_shape(kind, shape, seed):
    rng = np.random.default_rng(seed)
    x = np.asarray(rng.standard_normal(shape))
    report = check_gradients(kind(), np.asarray(x + np.sign(x)), rng=rng)
    assert report.max_relative_error <= 1e-8, str(report)


# ---------------------------------------------------------------- worked by hand


def test_affine_worked(xp):
    W, b = xp.asarray([[1.0, 2.0], [3.0, 4.0]]), xp.asarray([10.0, 20.0])
    layer = Affine(W, b)
    # (1·1 + 2·3 + 10, 1·2 + 2·4 + 20) = (17, 30) and (0·1 − 1·3 + 10, 0·2 − 1·4 + 20) = (7, 16)
    y = layer.forward(xp.asarray([[1.0, 2.0], [0.0, -1.0]]))
    assert to_numpy(y).tolist() == [[17.0, 30.0], [7.0, 16.0]]
    dx = layer.backward(xp.asarray([[1.0, 0.0], [2.0, 3.0]]))
    # dx = dout Wᵀ: (1·1 + 0·2, 1·3 + 0·4) and (2·1 + 3·2, 2·3 + 3·4)
    assert to_numpy(dx).tolist() == [[1.0, 3.0], [8.0, 18.0]]
    # dW = xᵀ dout: (1·1 + 0·2, 1·0 + 0·3) and (2·1 − 1·2, 2·0 − 1·3); db: 1 + 2, 0 + 3
    assert to_numpy(layer.grads[0]).tolist() == [[1.0, 0.0], [0.0, -3.0]]
    assert to_numpy(layer.grads[1]).tolist() == [3.0, 3.0]


def test_sigmoid_worked(xp):
    layer = Sigmoid()
    # y = 1/2 and 3/4; y(1 − y) = 1/4 and 3/16; times 8 and 16: 2 and 3
    y = layer.forward(xp.asarray([0.0, math.log(3)]))
    np.testing.assert_allclose(to_numpy(y), [0.5, 0.75], rtol=1e-15)
    np.testing.assert_allclose(to_numpy(layer.backward(xp.asarray([8.0, 16.0]))), [2.0, 3.0])


def test_relu_worked(xp):
    layer = ReLU()
    assert to_numpy(layer.forward(xp.asarray([-1.0, 0.0, 2.0]))).tolist() == [0.0, 0.0, 2.0]
    assert to_numpy(layer.backward(xp.asarray([5.0, 6.0, 7.0]))).tolist() == [0.0, 0.0, 7.0]


# ---------------------------------------------------------------- the contract


@pytest.mark.parametrize("kind", LAYERS)
def test_gradients_are_written_in_place(kind, xp, rng):
    layer, x = make(kind, (4, 3, 2), rng, xp)
    params, grads = list(layer.params), list(layer.grads)
    assert [(g.shape, g.dtype) for g in grads] == [(p.shape, p.dtype) for p in params]
    assert not any(xp.any(grad != 0) for grad in grads)
    values = []
    for factor in (1.0, 3.0):
        layer.backward(factor * xp.ones_like(layer.forward(x)))
        values.append([to_numpy(grad).copy() for grad in layer.grads])
        assert all(a is b for a, b in zip(layer.grads, grads, strict=True))
        assert all(a is b for a, b in zip(layer.params, params, strict=True))
    for once, thrice in zip(*values, strict=True):
        np.testing.assert_allclose(thrice, 3 * once, rtol=1e-13)  # overwritten, not added up


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_layers_keep_the_type_of_their_arrays(kind, dtype, rng):
    layer, x = make(kind, (4, 3, 2), rng)
    layer = kind(*(param.astype(dtype) for param in layer.params))
    y = layer.forward(x.astype(dtype))
    arrays = [y, layer.backward(y), *layer.params, *layer.grads]
    assert [array.dtype for array in arrays] == [dtype] * len(arrays)


@pytest.mark.parametrize("kind", LAYERS)
def test_layers_leave_their_inputs_alone(kind, rng):
    layer, x = make(kind, (4, 3, 2), rng)
    before = x.copy()
    dout = np.ones_like(layer.forward(x))
    layer.backward(dout)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(dout, 1.0)


@pytest.mark.parametrize("kind", LAYERS)
def test_fault_backward_before_forward__the_message_says_what_to_call(kind, rng):
    layer, _ = make(kind, (4, 3, 2), rng)
    name = kind.__name__
    with pytest.raises(
        RuntimeError, match=rf"{name}.backward was called before {name}.forward: run forward first"
    ):
        layer.backward(np.ones((4, 2)))


INTEGERS, BOOLEANS = np.array([[1, 2]]), np.array([[True, False]])


@pytest.mark.parametrize(
    ("make_layer", "position", "dtype"),
    [
        (lambda: Affine(INTEGERS, np.zeros(2)), 0, "int64"),
        (lambda: Affine(np.ones((1, 2)), np.array([0, 0])), 1, "int64"),
        (lambda: Affine(BOOLEANS, np.zeros(2)), 0, "bool"),
    ],
)
def test_fault_integer_weights_make_every_gradient_0__they_are_refused(make_layer, position, dtype):
    message = rf": parameter {position} must be floating point; got {dtype} \(write 1\.0, or use"
    with pytest.raises(TypeError, match=message):
        make_layer()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: Affine(np.ones((2, 3)), np.ones(2)),
            r"Affine: W and b must have shapes \(D, H\) and \(H,\); got \(2, 3\) and \(2,\)",
        ),
        (
            lambda: Affine(np.ones((2, 3)), np.ones((1, 3))),
            r"Affine: .*got \(2, 3\) and \(1, 3\)",
        ),
    ],
)
def test_parameters_must_fit_each_other(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("x", "found"),
    [
        (np.ones((4, 2)), r"shape \(4, 2\)"),
        (np.ones(3), r"shape \(3,\)"),
        (np.ones((1, 4, 3)), r"shape \(1, 4, 3\)"),
    ],
)
def test_the_columns_of_x_must_fit_the_weights(x, found, rng):
    layer, _ = make(Affine, (4, 3, 2), rng)
    message = rf"Affine\.forward: x must .* \(N, 3\) because W has shape \(3, 2\); got {found}"
    with pytest.raises(ValueError, match=message):
        layer.forward(x)


@pytest.mark.parametrize("kind", LAYERS)
def test_dout_must_have_the_shape_of_the_output(kind, rng):
    layer, x = make(kind, (4, 3, 2), rng)
    rows, columns = layer.forward(x).shape
    for wrong in [(rows, columns + 1), (rows + 1, columns), (1, columns), (columns,)]:
        with pytest.raises(
            ValueError, match=rf"{kind.__name__}\.backward: dout .*\({rows}, {columns}\)"
        ):
            layer.backward(np.ones(wrong))


def test_a_layer_must_define_its_methods():
    class Half(Layer):
        pass

    with pytest.raises(NotImplementedError, match="Half must define forward"):
        Half().forward(np.ones((1, 2)))
