"""Every rule by hand, and the contract between layers and optimizers."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import Linear

from nnlib import (
    SGD,
    AdaGrad,
    Adam,
    Affine,
    MeanSquaredError,
    Momentum,
    Optimizer,
    ReLU,
    RMSprop,
    Sequential,
    Sigmoid,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    to_numpy,
)

OPTIMIZERS = [SGD, Momentum, AdaGrad, RMSprop, Adam]
SEED = st.integers(0, 2**32 - 1)


def follow(optimizer, start, gradients, xp=np):
    """Return where one number goes under these gradients, as a list."""
    param, places = xp.asarray([start]), []
    for gradient in gradients:
        optimizer.update([param], [xp.asarray([gradient])])
        places.append(float(param[0]))
    return places


# ---------------------------------------------------------------- worked by hand


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    [
        # 1 − 0.1·2 = 0.8;  0.8 − 0.1·(−4) = 1.2
        (SGD(0.1), [0.8, 1.2]),
        # v = −0.1·2 = −0.2, 1 − 0.2;  v = 0.5·(−0.2) + 0.4 = 0.3, 0.8 + 0.3
        (Momentum(0.1, momentum=0.5), [0.8, 1.1]),
        # s = 4, 1 − 0.1·2/2;  s = 4 + 16 = 20, 0.9 + 0.1·4/√20
        (AdaGrad(0.1, epsilon=1e-300), [0.9, 0.9 + 0.4 / math.sqrt(20)]),
        # s = 0.25·4 = 1, 1 − 0.1·2/1;  s = 0.75·1 + 0.25·16 = 4.75, 0.8 + 0.1·4/√4.75
        (RMSprop(0.1, decay=0.75, epsilon=1e-300), [0.8, 0.8 + 0.4 / math.sqrt(4.75)]),
        # m = 0.5·2 = 1, m̂ = 1/0.5 = 2;  v = 0.25·4 = 1, v̂ = 1/0.25 = 4;  1 − 0.1·2/2 = 0.9
        # m = 0.5·1 − 0.5·4 = −1.5, m̂ = −1.5/0.75 = −2;  v = 0.75·1 + 0.25·16 = 4.75,
        # v̂ = 4.75/0.4375;  0.9 + 0.1·2/√(4.75/0.4375)
        (
            Adam(0.1, beta1=0.5, beta2=0.75, epsilon=1e-300),
            [0.9, 0.9 + 0.2 / math.sqrt(4.75 / 0.4375)],
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_worked(optimizer, expected):
    assert follow(optimizer, 1.0, [2.0, -4.0]) == pytest.approx(expected, rel=1e-14)
    assert optimizer.updates == 2


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    # a gradient of 0 first: 0 / (√0 + ε) = 0;  then of 3: s = 9 and 0.5·9, ε as large as √s
    [
        (AdaGrad(1.0, epsilon=3.0), [0.0, -3 / (3 + 3)]),
        (RMSprop(1.0, decay=0.0, epsilon=3.0), [0.0, -3 / (3 + 3)]),
        (Adam(1.0, beta1=0.0, beta2=0.0, epsilon=3.0), [0.0, -3 / (3 + 3)]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_epsilon_stands_beside_the_root(optimizer, expected):
    assert follow(optimizer, 0.0, [0.0, 3.0]) == pytest.approx(expected, rel=1e-15)


def adam_of_the_paper(theta, gradients, alpha=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Algorithm 1 of Kingma and Ba, 2015, line by line, for one number."""
    m = v = t = 0
    for g in gradients:
        t = t + 1
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        theta = theta - alpha * m_hat / (math.sqrt(v_hat) + epsilon)
    return theta


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30))
def test_adam_is_the_algorithm_of_its_paper(gradients):
    assert follow(Adam(), 1.0, gradients)[-1] == pytest.approx(
        adam_of_the_paper(1.0, gradients), rel=1e-12
    )


@pytest.mark.parametrize("kind", OPTIMIZERS)
@given(seed=SEED, shape=st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_every_entry_moves_as_it_would_alone(kind, seed, shape):
    rng = np.random.default_rng(seed)
    start, *gradients = rng.standard_normal((4, *shape))
    param, optimizer = start.copy(), kind()
    for gradient in gradients:
        optimizer.update([param], [gradient])
    for index in np.ndindex(*shape):
        alone = follow(kind(), start[index], [gradient[index] for gradient in gradients])[-1]
        assert param[index] == pytest.approx(alone, rel=1e-14)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_every_backend_moves_alike(kind, xp):
    gradients = [2.0, -4.0, 0.5]
    assert follow(kind(), 1.0, gradients, xp) == pytest.approx(
        follow(kind(), 1.0, gradients), rel=1e-14
    )


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_float32_stays_float32(kind):
    param = np.ones(3, dtype=np.float32)
    optimizer = kind()
    for _ in range(2):
        optimizer.update([param], [np.ones(3, dtype=np.float32)])
    assert param.dtype == np.float32
    assert np.all(param < 1)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_gradients_are_left_alone(kind):
    grad = np.array([1.0, -2.0])
    kind().update([np.zeros(2)], [grad])
    assert grad.tolist() == [1.0, -2.0]


# ---------------------------------------------------------------- the contract with layers


def matrix(rng, rows, columns):
    return rng.standard_normal((rows, columns))


MODELS = {
    "Linear": lambda rng: [Linear(matrix(rng, 2, 3))],
    "Affine": lambda rng: [Affine(matrix(rng, 2, 3), np.zeros(3))],
    "Sigmoid": lambda rng: [
        Affine(matrix(rng, 2, 4), np.zeros(4)),
        Sigmoid(),
        Linear(matrix(rng, 4, 3)),
    ],
    "ReLU": lambda rng: [Affine(matrix(rng, 2, 8), np.ones(8)), ReLU(), Linear(matrix(rng, 8, 3))],
}
LOSSES = [SoftmaxWithLoss, SigmoidWithLoss, MeanSquaredError]


def learn(model, optimizer, x, t, updates=20):
    """Return the loss before every update."""
    losses = []
    for _ in range(updates):
        losses.append(model.forward(x, t))
        model.backward()
        optimizer.update(model.params, model.grads)
    return losses


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("kind", OPTIMIZERS)
@pytest.mark.parametrize("layers", MODELS)
def test_every_layer_learns_with_every_optimizer(layers, kind, loss, rng):
    model = Sequential(MODELS[layers](rng), loss())
    x, t = rng.standard_normal((12, 2)), np.eye(3)[rng.integers(0, 3, 12)]
    arrays = [*model.params, *model.grads]
    before = [param.copy() for param in model.params]
    losses = learn(model, kind(learning_rate=0.01), x, t)
    assert losses[-1] < losses[0]
    assert all(a is b for a, b in zip([*model.params, *model.grads], arrays, strict=True))
    for param, start in zip(model.params, before, strict=True):
        assert np.all(param != start)


@pytest.mark.parametrize("kind", [SGD, Momentum, Adam])
@pytest.mark.parametrize("layers", MODELS)
def test_every_layer_learns_on_every_backend(layers, kind, xp, rng):
    host = Sequential(MODELS[layers](rng), SoftmaxWithLoss())
    copies = [type(each)(*(xp.asarray(p.copy()) for p in each.params)) for each in host.layers]
    there = Sequential(copies, SoftmaxWithLoss())
    x, t = rng.standard_normal((12, 2)), rng.integers(0, 3, 12)
    expected = learn(host, kind(0.01), x, t, updates=5)
    assert learn(there, kind(0.01), xp.asarray(x), xp.asarray(t), updates=5) == pytest.approx(
        expected, rel=1e-12
    )
    for a, b in zip(there.params, host.params, strict=True):
        np.testing.assert_allclose(to_numpy(a), b, rtol=1e-10)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_fault_rebinding_stops_learning__the_new_array_is_the_one_that_learns(kind, rng):
    x, t = rng.standard_normal((12, 2)), rng.integers(0, 3, 12)
    model = Sequential([Affine(matrix(rng, 2, 3), np.zeros(3))], SoftmaxWithLoss())
    learn(model, kind(0.01), x, t, updates=1)
    layer = model.layers[0]
    layer.params[0], layer.grads[0] = matrix(rng, 2, 3), np.zeros((2, 3))
    start = layer.params[0].copy()
    losses = learn(model, kind(0.01), x, t)
    assert np.all(np.diff(losses) < 0)
    assert np.all(layer.params[0] != start)


@pytest.mark.parametrize("kind", [Momentum, AdaGrad, RMSprop, Adam])
def test_fault_rebinding_stops_learning__memory_for_another_array_is_an_error(kind, rng):
    x, t = rng.standard_normal((12, 2)), rng.integers(0, 3, 12)
    model, optimizer = Sequential([Linear(matrix(rng, 2, 3))], SoftmaxWithLoss()), kind(0.01)
    learn(model, optimizer, x, t, updates=1)
    model.layers[0].params[0] = matrix(rng, 2, 3)
    with pytest.raises(
        ValueError, match=f"{kind.__name__}.update: params must be those of earlier updates"
    ):
        learn(model, optimizer, x, t, updates=1)


def test_fault_rebinding_stops_learning__assigning_to_a_list_of_the_model_changes_nothing(rng):
    model = Sequential([Linear(matrix(rng, 2, 3))], SoftmaxWithLoss())
    W = model.layers[0].params[0]
    model.params[0], model.grads[0] = np.zeros((2, 3)), np.zeros((2, 3))
    assert model.params[0] is W
    x, t = rng.standard_normal((12, 2)), rng.integers(0, 3, 12)
    assert np.all(np.diff(learn(model, SGD(0.1), x, t)) < 0)


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize("kind", OPTIMIZERS)
@pytest.mark.parametrize("wrong", [0.0, -0.1, float("nan"), float("inf")])
def test_learning_rate_must_be_above_0(kind, wrong):
    with pytest.raises(
        ValueError, match=f"learning_rate must be a finite number above 0; got {wrong}"
    ):
        kind(learning_rate=wrong)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Momentum, "momentum"), (RMSprop, "decay"), (Adam, "beta1"), (Adam, "beta2")],
)
@pytest.mark.parametrize("wrong", [-0.1, 1.0, float("nan")])
def test_fractions_must_be_below_1(kind, name, wrong):
    message = f"{name} must be a finite number at or above 0 and below 1; got {wrong}"
    with pytest.raises(ValueError, match=message):
        kind(**{name: wrong})


@pytest.mark.parametrize("kind", [AdaGrad, RMSprop, Adam])
def test_epsilon_must_be_above_0(kind):
    with pytest.raises(ValueError, match=r"epsilon must be a finite number above 0; got 0\.0"):
        kind(epsilon=0.0)


@pytest.mark.parametrize("kind", OPTIMIZERS)
@pytest.mark.parametrize("shapes", [[(2,)], [(2,), (3, 1)], [(2,), (3,), (4,)]])
def test_gradients_must_fit_the_parameters_and_nothing_moves(kind, shapes):
    params = [np.ones(2), np.ones(3)]
    message = r"grads must have the shapes of params, \[\(2,\), \(3,\)\]; got \["
    with pytest.raises(ValueError, match=message):
        kind().update(params, [np.ones(shape) for shape in shapes])
    assert np.all(np.concatenate(params) == 1)


def test_an_optimizer_must_define_its_step():
    class Lazy(Optimizer):
        pass

    with pytest.raises(NotImplementedError, match="Lazy must define step"):
        Lazy(0.1).update([np.ones(2)], [np.ones(2)])


def test_every_optimizer_is_a_step_of_one_parameter():
    for kind in OPTIMIZERS:
        assert "step" in vars(kind)
        assert "update" not in vars(kind)
    param = np.array([1.0])
    SGD(0.5).step(param, np.array([4.0]))
    assert param.tolist() == [-1.0]


def test_sgd_remembers_nothing_so_it_serves_any_model():
    optimizer = SGD(0.5)
    for sizes in ([2], [3, 1]):
        params = [np.ones(size) for size in sizes]
        optimizer.update(params, params)
        assert all(np.all(param == 0.5) for param in params)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (SGD, {"learning_rate": 0.01}),
        (Momentum, {"learning_rate": 0.01, "momentum": 0.9}),
        (AdaGrad, {"learning_rate": 0.01, "epsilon": 1e-7}),
        (RMSprop, {"learning_rate": 0.01, "decay": 0.99, "epsilon": 1e-7}),
        (Adam, {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
    ],
)
def test_what_stands_for_numbers_that_are_not_given(kind, expected):
    optimizer = kind()
    assert {name: getattr(optimizer, name) for name in expected} == expected
    assert optimizer.updates == 0


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Momentum, "momentum"), (RMSprop, "decay"), (Adam, "beta1"), (Adam, "beta2")],
)
def test_fractions_may_be_0(kind, name):
    assert getattr(kind(**{name: 0}), name) == 0


def test_small_numbers_are_allowed():
    assert AdaGrad(1e-300, epsilon=1e-300).epsilon == 1e-300
    assert RMSprop(1e-300, epsilon=1e-300).learning_rate == 1e-300
    assert Adam(epsilon=1e-300).epsilon == 1e-300


@pytest.mark.parametrize("kind", [Momentum, AdaGrad, RMSprop, Adam])
def test_what_is_said_of_other_parameters_word_for_word(kind):
    optimizer = kind()
    optimizer.update([np.ones(2)], [np.ones(2)])
    message = (
        f"{kind.__name__}.update: params must be those of earlier updates "
        "(make a new optimizer for another model); got others"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        optimizer.update([np.ones(2)], [np.ones(2)])
    assert optimizer.updates == 1


@pytest.mark.parametrize("kind", [SGD, Adam])
def test_new_gradients_of_known_parameters_are_checked_and_used(kind):
    params = (np.ones(2),)
    ones, twos = (np.ones(2),), (np.full(2, -2.0),)
    optimizer = kind(learning_rate=0.5)
    optimizer.update(params, ones)
    with pytest.raises(ValueError, match="grads must have the shapes of params"):
        optimizer.update(params, (np.ones(3),))
    with pytest.raises(TypeError, match=r"grads\[0\] must be floating point; got int64"):
        optimizer.update(params, (np.ones(2, dtype=int),))
    before = params[0].copy()
    twin, alike = kind(learning_rate=0.5), (np.ones(2),)
    twin.update(alike, ones)
    twin.update(alike, [twos[0].copy()])
    optimizer.update(params, twos)
    np.testing.assert_array_equal(params[0], alike[0])
    assert np.any(params[0] != before)


def test_new_parameters_with_known_gradients_are_checked():
    grads, optimizer = (np.ones(2),), SGD()
    optimizer.update((np.ones(2),), grads)
    with pytest.raises(ValueError, match="grads must have the shapes of params"):
        optimizer.update((np.ones(3),), grads)
