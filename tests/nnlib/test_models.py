"""Layers in a row, the network of the book, and its parameters on disk."""

import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import Linear

from nnlib import (
    Affine,
    MeanSquaredError,
    ReLU,
    Sequential,
    Sigmoid,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    TwoLayerNet,
    check_gradients,
    to_numpy,
)

SIZES = st.tuples(*[st.integers(1, 5)] * 3)
SEED = st.integers(0, 2**32 - 1)
LOSSES = [SoftmaxWithLoss, SigmoidWithLoss, MeanSquaredError]


def make_net(rng, **options):
    options = {"weight_scale": 1.0, "rng": rng} | options
    return TwoLayerNet(input_size=2, hidden_size=4, output_size=3, **options)


@given(sizes=SIZES, seed=SEED, soft=st.booleans())
def test_gradients_of_the_two_layer_net_agree_with_central_differences(sizes, seed, soft):
    (n, d, h), rng = sizes, np.random.default_rng(seed)
    model = TwoLayerNet(d, h, 3, weight_scale=1.0, rng=rng)
    t = rng.dirichlet(np.ones(3), size=n) if soft else rng.integers(0, 3, n)
    report = check_gradients(model, rng.standard_normal((n, d)), t, rng=rng)
    assert len(report.comparisons) == 5  # the input, W1, b1, W2, b2
    assert report.max_relative_error <= 1e-8, str(report)


@pytest.mark.parametrize("loss", LOSSES)
@given(sizes=SIZES, seed=SEED)
def test_gradients_of_a_deeper_model_agree_with_central_differences(loss, sizes, seed):
    (n, d, h), rng = sizes, np.random.default_rng(seed)
    positive = rng.uniform(0.5, 1.0, (h, h))  # after a sigmoid this keeps ReLU away from its kink
    layers = [
        Affine(rng.standard_normal((d, h)), rng.standard_normal(h)),
        Sigmoid(),
        Affine(positive, rng.uniform(0.1, 1.0, h)),
        ReLU(),
        Linear(rng.standard_normal((h, 2))),
    ]
    t = rng.dirichlet(np.ones(2), size=n)
    model = Sequential(layers, loss())
    report = check_gradients(model, rng.standard_normal((n, d)), t, rng=rng)
    assert len(report.comparisons) == 6
    assert report.max_relative_error <= 1e-8, str(report)


def test_predict_worked(xp):
    # x W1 + b1 = (0, 0); sigmoid = (1/2, 1/2); (1/2)(2 + 4) + 1 = 4 and (1/2)(6 + 8) − 1 = 6
    first = Affine(xp.asarray([[1.0, -1.0]]), xp.asarray([-3.0, 3.0]))
    second = Affine(xp.asarray([[2.0, 6.0], [4.0, 8.0]]), xp.asarray([1.0, -1.0]))
    model = Sequential([first, Sigmoid(), second], SoftmaxWithLoss())
    assert to_numpy(model.predict(xp.asarray([[3.0]]))).tolist() == [[4.0, 6.0]]


def test_forward_and_backward_go_through_all_layers(xp, rng):
    model = make_net(rng, xp=xp)
    x, t = xp.asarray(rng.standard_normal((6, 2))), xp.asarray(rng.integers(0, 3, 6))
    loss = SoftmaxWithLoss()
    assert model.forward(x, t) == loss.forward(model.predict(x), t)
    dx = model.backward()
    once = [to_numpy(grad).copy() for grad in [dx, *model.grads]]
    twice = [to_numpy(grad) for grad in [model.backward(2.0), *model.grads]]
    for a, b in zip(once, twice, strict=True):
        np.testing.assert_allclose(b, 2 * a, rtol=1e-14)


def test_fault_backward_before_forward__predict_alone_is_not_enough(rng):
    model = make_net(rng)
    with pytest.raises(RuntimeError, match=r"SoftmaxWithLoss\.backward was called before"):
        model.backward()
    model.predict(np.zeros((1, 2)))
    with pytest.raises(RuntimeError, match="run forward first"):
        model.backward()


def test_params_and_grads_are_collected_on_demand(rng):
    model = make_net(rng)
    first, _, second = model.layers
    expected = [*first.params, *second.params]
    assert all(a is b for a, b in zip(model.params, expected, strict=True))
    assert [p.shape for p in model.params] == [(2, 4), (4,), (4, 3), (3,)]
    assert [g.shape for g in model.grads] == [p.shape for p in model.params]
    first.params[0] = np.zeros((2, 4))
    assert model.params[0] is first.params[0]


def test_fault_equal_parameters_are_merged__each_keeps_its_own_gradient(rng):
    layers = [Linear(np.ones((2, 2))), Sigmoid(), Linear(np.ones((2, 2)))]
    model = Sequential(layers, MeanSquaredError())
    assert len(model.params) == 2
    x = rng.standard_normal((3, 2))
    assert check_gradients(model, x, rng.standard_normal((3, 2)), rng=rng).ok
    assert not np.allclose(*model.grads)


def test_fault_equal_parameters_are_merged__one_layer_object_twice_is_an_error():
    layer = Linear(np.ones((2, 2)))
    with pytest.raises(
        ValueError, match=r"layers\[2\] must be a layer of its own; got the same Linear object"
    ):
        Sequential([layer, Sigmoid(), layer], SoftmaxWithLoss())


def test_a_model_needs_a_layer():
    with pytest.raises(ValueError, match="layers must hold at least one layer; got none"):
        Sequential([], SoftmaxWithLoss())


# ---------------------------------------------------------------- TwoLayerNet


@given(sizes=SIZES, seed=SEED, scale=st.floats(0, 2))
def test_initial_weights_are_drawn_in_order_and_biases_are_0(sizes, seed, scale):
    d, h, c = sizes
    model = TwoLayerNet(d, h, c, weight_scale=scale, rng=np.random.default_rng(seed))
    draws = np.random.default_rng(seed)
    W1, W2 = scale * draws.standard_normal((d, h)), scale * draws.standard_normal((h, c))
    for param, expected in zip(model.params, [W1, np.zeros(h), W2, np.zeros(c)], strict=True):
        np.testing.assert_array_equal(param, expected)


def test_equal_seeds_give_equal_models_in_every_library_and_type(xp):
    make = lambda **where: make_net(np.random.default_rng(5), **where).params  # noqa: E731
    for dtype in ("float32", "float64"):
        for there, here in zip(make(xp=xp, dtype=dtype), make(), strict=True):
            assert there.dtype == getattr(xp, dtype)
            np.testing.assert_array_equal(to_numpy(there), here.astype(dtype))


@pytest.mark.parametrize("name", ["input_size", "hidden_size", "output_size"])
@pytest.mark.parametrize("wrong", [0, -2, 1.5, "4"])
def test_sizes_must_be_whole_numbers(name, wrong, rng):
    sizes = {"input_size": 2, "hidden_size": 4, "output_size": 3} | {name: wrong}
    with pytest.raises(ValueError, match=f"{name} must be a whole number .* got {wrong!r}"):
        TwoLayerNet(**sizes, rng=rng)


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_weight_scale_must_not_be_negative(wrong, rng):
    with pytest.raises(
        ValueError, match=f"weight_scale must be a finite .* at or above 0; got {wrong}"
    ):
        make_net(rng, weight_scale=wrong)


def test_rng_and_dtype_are_checked(rng):
    with pytest.raises(TypeError, match=r"rng must be .*; got 0"):
        make_net(0)
    with pytest.raises(TypeError, match=r"dtype and xp must be a floating-point type .*int64"):
        make_net(rng, dtype=np.int64)


# ---------------------------------------------------------------- save and load


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_parameters_survive_a_round_trip(tmp_path, xp, dtype):
    model = make_net(np.random.default_rng(1), xp=xp, dtype=dtype)
    other = make_net(np.random.default_rng(2), xp=xp, dtype=dtype)
    arrays = other.params
    model.save_params(tmp_path / "model.npz")
    other.load_params(tmp_path / "model.npz")
    assert all(a is b for a, b in zip(other.params, arrays, strict=True))
    for a, b in zip(other.params, model.params, strict=True):
        assert a.dtype == b.dtype
        np.testing.assert_array_equal(to_numpy(a), to_numpy(b))


def test_the_file_holds_plain_arrays(tmp_path, rng, monkeypatch):
    def refuse(*args, **kwargs):
        pytest.fail("pickle was used")

    for name in ("dump", "dumps", "load", "loads"):
        monkeypatch.setattr(pickle, name, refuse)
    path = tmp_path / "model.npz"
    make_net(rng).save_params(path)
    make_net(rng).load_params(path)
    with zipfile.ZipFile(path) as file:
        assert file.namelist() == [f"param_{i}.npy" for i in range(4)]


def write_object(path):
    np.savez(path, param_0=np.array([{"a": 1}], dtype=object))


def write_other_sizes(path):
    TwoLayerNet(2, 7, 3, rng=np.random.default_rng(0)).save_params(path)


def write_too_few(path):
    Sequential([Linear(np.ones((2, 4)))], SoftmaxWithLoss()).save_params(path)


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (write_object, "allow_pickle=False"),
        (
            write_other_sizes,
            r"model\.npz must hold arrays .* shapes, .*'param_0': \(2, 4\).*; got .*\(2, 7\), ",
        ),
        (
            write_too_few,
            r"must hold arrays of these shapes, .*\(3,\)\}; got \{'param_0': \(2, 4\)\}$",
        ),
    ],
)
def test_a_wrong_file_leaves_the_model_unchanged(tmp_path, rng, write, message):
    model, path = make_net(rng), tmp_path / "model.npz"
    before = [param.copy() for param in model.params]
    write(path)
    with pytest.raises(ValueError, match=message):
        model.load_params(path)
    for param, start in zip(model.params, before, strict=True):
        np.testing.assert_array_equal(param, start)


@pytest.mark.parametrize("name", ["weights", "weights.npz", "epoch.10", "모델"])
def test_one_name_saves_and_loads(tmp_path, rng, name):
    model, other = make_net(rng), make_net(rng)
    for path in (tmp_path / name, str(tmp_path / name)):
        model.save_params(path)
        other.load_params(path)
    for a, b in zip(other.params, model.params, strict=True):
        np.testing.assert_array_equal(a, b)
    assert [path.suffix for path in tmp_path.iterdir()] == [".npz"]


def test_a_file_of_something_else_is_refused(tmp_path, rng):
    np.savez(tmp_path / "foreign.npz", weights=np.ones(3))
    message = (
        r"foreign\.npz must hold arrays of these shapes, \{'param_0.*; got \{'weights': \(3,\)\}"
    )
    with pytest.raises(ValueError, match=message):
        make_net(rng).load_params(tmp_path / "foreign.npz")
