"""What must hold of every layer, loss and optimizer, whatever the numbers: no expected values."""

import random
from inspect import signature

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnlib import (
    SGD,
    AdaGrad,
    Adam,
    Affine,
    MeanSquaredError,
    Momentum,
    ReLU,
    RMSprop,
    Sequential,
    Sigmoid,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    Tanh,
    Trainer,
    binary_cross_entropy,
    entropy,
    log_softmax,
    relu,
    sigmoid,
    softmax,
    to_numpy,
)

SEED = st.integers(0, 2**32 - 1)
SIZES = st.tuples(st.integers(2, 6), st.integers(1, 4), st.integers(2, 4))  # N, D, H or C
FACTOR = st.floats(-4, 4)
LAYERS = [Affine, Sigmoid, Tanh, ReLU]
LOSSES = [
    (SoftmaxWithLoss, "labels"),
    (SoftmaxWithLoss, "one-hot"),
    (SoftmaxWithLoss, "soft"),
    (SigmoidWithLoss, "fractions"),
    (MeanSquaredError, "numbers"),
]
OPTIMIZERS = [SGD, Momentum, AdaGrad, RMSprop, Adam]
ADAPTIVE = [AdaGrad, RMSprop, Adam]

for_all_layers = pytest.mark.parametrize("kind", LAYERS)
for_all_losses = pytest.mark.parametrize(("kind", "targets"), LOSSES)
for_all_optimizers = pytest.mark.parametrize("kind", OPTIMIZERS)


def for_all(**strategies):
    """Run a test for random values of these; the library `xp` is the same for all of them."""
    once = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    return lambda test: once(given(**strategies)(test))


def normal(rng, xp, *shape, dtype=np.float64):
    return xp.asarray(rng.standard_normal(shape).astype(dtype))


def make_layer(kind, sizes, rng, xp, dtype=np.float64):
    """Return a layer, an input for it, and two gradients of its output."""
    n, d, h = sizes
    shapes = [(d, h), (h,)] if kind is Affine else []
    layer = kind(*(normal(rng, xp, *shape, dtype=dtype) for shape in shapes))
    out = (n, h) if kind is Affine else (n, d)
    return layer, *(normal(rng, xp, *shape, dtype=dtype) for shape in [(n, d), out, out])


def make_targets(targets, shape, rng, xp, dtype=np.float64):
    labels = rng.integers(0, shape[1], shape[0])
    return xp.asarray(
        {
            "labels": lambda: labels,
            "one-hot": lambda: np.eye(shape[1])[labels].astype(dtype),
            "soft": lambda: rng.dirichlet(np.ones(shape[1]), shape[0]).astype(dtype),
            "fractions": lambda: rng.uniform(size=shape).astype(dtype),
            "numbers": lambda: rng.standard_normal(shape).astype(dtype),
        }[targets]()
    )


def make_model(loss, d, c, rng, xp, dtype=np.float64):
    """Return a model that has every layer, with d inputs and c outputs."""
    shapes = [(d, 5), (5, 4), (4, c)]
    affine = [
        Affine(normal(rng, xp, *shape, dtype=dtype), normal(rng, xp, shape[1], dtype=dtype))
        for shape in shapes
    ]
    return Sequential([affine[0], Sigmoid(), affine[1], ReLU(), affine[2]], loss)


def results(of, *inputs, dout):
    """Return copies of what forward and backward give: outputs, gradient of x, of parameters."""
    out = of.forward(*inputs)
    arrays = [out, of.backward(dout), *of.grads]
    return [np.array(to_numpy(array), copy=True) for array in arrays]


def close(found, expected, precision=1e-12):
    """Check that arrays agree, each to a part of its largest entry (or of 1, if that is less)."""
    for a, b in zip(found, expected, strict=True):
        a, b = to_numpy(a), to_numpy(b)
        assert a.shape == b.shape
        np.testing.assert_allclose(a, b, rtol=0, atol=precision * max(1, np.max(np.abs(b))))


def equal(found, expected):
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_array_equal(to_numpy(a), to_numpy(b))


# ---------------------------------------------------------------- gradients are linear


@for_all_layers
@for_all(sizes=SIZES, seed=SEED, a=FACTOR, b=FACTOR)
def test_backward_is_linear(kind, xp, sizes, seed, a, b):
    layer, x, one, other = make_layer(kind, sizes, np.random.default_rng(seed), xp)
    _, *first = results(layer, x, dout=one)
    _, *second = results(layer, x, dout=other)
    _, *both = results(layer, x, dout=a * one + b * other)
    close(both, [a * p + b * q for p, q in zip(first, second, strict=True)])


@for_all_losses
@for_all(sizes=SIZES, seed=SEED, factor=FACTOR)
def test_backward_of_a_model_is_linear(kind, targets, xp, sizes, seed, factor):
    (n, d, c), rng = sizes, np.random.default_rng(seed)
    model = make_model(kind(), d, c, rng, xp)
    x, t = normal(rng, xp, n, d), make_targets(targets, (n, c), rng, xp)
    loss, *once = results(model, x, t, dout=1.0)
    same_loss, *scaled = results(model, x, t, dout=factor)
    assert loss == same_loss
    close(scaled, [factor * each for each in once])


@for_all_losses
@for_all(sizes=SIZES, seed=SEED)
def test_gradients_of_parameters_do_not_need_that_of_the_data(kind, targets, xp, sizes, seed):
    (n, d, c), rng = sizes, np.random.default_rng(seed)
    model = make_model(kind(), d, c, rng, xp)
    x, t = normal(rng, xp, n, d), make_targets(targets, (n, c), rng, xp)
    _, _, *expected = results(model, x, t, dout=1.0)
    for grad in model.grads:
        grad[...] = 7.0
    model.fill_grads()
    equal(model.grads, expected)


# ---------------------------------------------------------------- samples don't know each other


@for_all_layers
@for_all(sizes=SIZES, seed=SEED)
def test_layers_take_samples_in_any_order(kind, xp, sizes, seed):
    rng = np.random.default_rng(seed)
    layer, x, dout, _ = make_layer(kind, sizes, rng, xp)
    order = rng.permutation(sizes[0])
    shuffled = [xp.take(array, xp.asarray(order), axis=0) for array in (x, dout)]
    y, dx, *grads = results(layer, x, dout=dout)
    close(results(layer, shuffled[0], dout=shuffled[1]), [y[order], dx[order], *grads])


@for_all_losses
@for_all(sizes=SIZES, seed=SEED)
def test_models_take_samples_in_any_order(kind, targets, xp, sizes, seed):
    (n, d, c), rng = sizes, np.random.default_rng(seed)
    model = make_model(kind(), d, c, rng, xp)
    x, t = normal(rng, xp, n, d), make_targets(targets, (n, c), rng, xp)
    order = rng.permutation(n)
    shuffled = [xp.take(array, xp.asarray(order), axis=0) for array in (x, t)]
    loss, dx, *grads = results(model, x, t, dout=1.0)
    close(results(model, *shuffled, dout=1.0), [loss, dx[order], *grads])


@for_all_layers
@for_all(sizes=SIZES, seed=SEED, data=st.data())
def test_gradients_of_two_parts_of_a_batch_add_up(kind, xp, sizes, seed, data):
    layer, x, dout, _ = make_layer(kind, sizes, np.random.default_rng(seed), xp)
    at = data.draw(st.integers(1, sizes[0] - 1))
    y, dx, *grads = results(layer, x, dout=dout)
    first_y, first_dx, *first = results(layer, x[:at, ...], dout=dout[:at, ...])
    second_y, second_dx, *second = results(layer, x[at:, ...], dout=dout[at:, ...])
    close([np.concatenate([first_y, second_y]), np.concatenate([first_dx, second_dx])], [y, dx])
    close([a + b for a, b in zip(first, second, strict=True)], grads)


@for_all_losses
@for_all(sizes=SIZES, seed=SEED, data=st.data())
def test_loss_and_gradients_of_a_batch_are_the_mean_of_its_parts(
    kind, targets, xp, sizes, seed, data
):
    (n, d, c), rng = sizes, np.random.default_rng(seed)
    model = make_model(kind(), d, c, rng, xp)
    x, t = normal(rng, xp, n, d), make_targets(targets, (n, c), rng, xp)
    at = data.draw(st.integers(1, n - 1))
    loss, _, *whole = results(model, x, t, dout=1.0)
    first_loss, _, *first = results(model, x[:at, ...], t[:at, ...], dout=at / n)
    second_loss, _, *second = results(model, x[at:, ...], t[at:, ...], dout=1 - at / n)
    close([(at * first_loss + (n - at) * second_loss) / n], [loss])
    close([a + b for a, b in zip(first, second, strict=True)], whole)


# ---------------------------------------------------------------- functions and their symmetries


@for_all(shape=st.lists(st.integers(1, 4), min_size=1, max_size=3), seed=SEED, shift=FACTOR)
def test_functions_have_their_symmetries(xp, shape, seed, shift):
    x = normal(np.random.default_rng(seed), xp, *shape)
    close([sigmoid(x) + sigmoid(-x)], [xp.ones_like(x)])
    close([relu(x) - relu(-x), relu(x) + relu(-x)], [x, xp.abs(x)])
    close([xp.sum(softmax(x), axis=-1)], [xp.ones(tuple(shape[:-1]), dtype=x.dtype)])
    close([softmax(x + shift), log_softmax(x + shift)], [softmax(x), log_softmax(x)])


@pytest.mark.parametrize("targets", ["labels", "one-hot", "soft"])
@for_all(sizes=SIZES, seed=SEED, shift=FACTOR)
def test_softmax_with_loss_sees_only_differences_of_scores(targets, xp, sizes, seed, shift):
    (n, _, c), rng, layer = sizes, np.random.default_rng(seed), SoftmaxWithLoss()
    x, t = normal(rng, xp, n, c), make_targets(targets, (n, c), rng, xp)
    loss, dx = results(layer, x, t, dout=1.0)
    close(results(layer, x + shift * normal(rng, xp, n, 1), t, dout=1.0), [loss, dx])
    close([dx.sum(axis=1)], [np.zeros(n)])  # so no step along the shift lowers the loss


@for_all(sizes=SIZES, seed=SEED)
def test_classes_may_be_renamed(xp, sizes, seed):
    (n, _, c), rng, layer = sizes, np.random.default_rng(seed), SoftmaxWithLoss()
    x, labels, new = rng.standard_normal((n, c)), rng.integers(0, c, n), rng.permutation(c)
    loss, dx = results(layer, xp.asarray(x), xp.asarray(labels), dout=1.0)
    moved = np.empty_like(x)
    moved[:, new] = x  # class k becomes class new[k]
    same_loss, moved_dx = results(layer, xp.asarray(moved), xp.asarray(new[labels]), dout=1.0)
    close([same_loss, moved_dx[:, new]], [loss, dx])


@for_all(sizes=SIZES, seed=SEED)
def test_two_classes_are_one_question(xp, sizes, seed):
    rng = np.random.default_rng(seed)
    x, t = rng.standard_normal((sizes[0], 1)), rng.uniform(size=(sizes[0], 1))
    classes = [xp.asarray(np.hstack(pair)) for pair in ([0 * x, x], [1 - t, t])]
    loss, dx = results(SoftmaxWithLoss(), *classes, dout=1.0)
    question = results(SigmoidWithLoss(), xp.asarray(x), xp.asarray(t), dout=1.0)
    close(question, [loss, dx[:, 1:]])


@for_all(sizes=SIZES, seed=SEED, shift=FACTOR, factor=FACTOR)
def test_losses_of_entries_have_their_symmetries(xp, sizes, seed, shift, factor):
    (n, _, c), rng = sizes, np.random.default_rng(seed)
    x, t = normal(rng, xp, n, c), make_targets("fractions", (n, c), rng, xp)
    loss, dx = results(SigmoidWithLoss(), x, t, dout=1.0)
    close(results(SigmoidWithLoss(), -x, 1 - t, dout=1.0), [loss, -dx])  # yes and no exchanged
    loss, dx = results(MeanSquaredError(), x, t, dout=1.0)
    close(results(MeanSquaredError(), t, x, dout=1.0), [loss, -dx])
    close(results(MeanSquaredError(), x + shift, t + shift, dout=1.0), [loss, dx])
    close(
        results(MeanSquaredError(), factor * x, factor * t, dout=1.0),
        [factor**2 * loss, factor * dx],
    )


@for_all(sizes=SIZES, seed=SEED)
def test_two_affine_layers_in_a_row_are_one(xp, sizes, seed):
    (n, d, h), rng = sizes, np.random.default_rng(seed)
    shapes = [(d, h), (h,), (h, 3), (3,)]
    W1, b1, W2, b2 = (normal(rng, xp, *shape) for shape in shapes)
    x, t = normal(rng, xp, n, d), normal(rng, xp, n, 3)
    two = Sequential([Affine(W1, b1), Affine(W2, b2)], MeanSquaredError())
    one = Sequential([Affine(W1 @ W2, b1 @ W2 + b2)], MeanSquaredError())
    (loss, dx, dW1, _, _, db2), (*same, dW, db) = (results(m, x, t, dout=1.0) for m in (two, one))
    close([loss, dx, db2, dW1], [*same, db, dW @ to_numpy(W2).T])


@for_all_losses
@for_all(sizes=SIZES, seed=SEED)
def test_hidden_neurons_may_change_places(kind, targets, xp, sizes, seed):
    (n, d, c), rng = sizes, np.random.default_rng(seed)
    model = make_model(kind(), d, c, rng, xp)
    W1, b1, W2 = (to_numpy(param).copy() for param in model.params[:3])
    x, t = normal(rng, xp, n, d), make_targets(targets, (n, c), rng, xp)
    loss, dx, dW1, db1, dW2, *rest = results(model, x, t, dout=1.0)
    order = rng.permutation(5)
    for param, moved in zip(model.params, [W1[:, order], b1[order], W2[order]], strict=False):
        param[...] = xp.asarray(moved)
    moved = [dW1[:, order], db1[order], dW2[order]]
    close(results(model, x, t, dout=1.0), [loss, dx, *moved, *rest])


# ---------------------------------------------------------------- how small a loss can be


@for_all_losses
@for_all(sizes=SIZES, seed=SEED)
def test_a_loss_is_above_0_unless_it_is_certain_and_right(kind, targets, xp, sizes, seed):
    (n, _, c), rng = sizes, np.random.default_rng(seed)
    x, t = normal(rng, xp, n, c), make_targets(targets, (n, c), rng, xp)
    assert kind().forward(x, t) > 0
    right = xp.asarray(rng.integers(0, 2, (n, c)).astype(float))
    if kind is SoftmaxWithLoss:
        right = kind().target(xp.asarray(rng.integers(0, c, n)), x)
    certain = right if kind is MeanSquaredError else 2000 * right - 1000
    loss, dx = results(kind(), certain, right, dout=1.0)
    assert loss == 0
    assert not np.any(dx)
    wrong = right + 1 if kind is MeanSquaredError else -certain
    assert kind().forward(wrong, right) > 0


@for_all(sizes=SIZES, seed=SEED)
def test_the_least_loss_of_soft_targets_is_their_entropy(xp, sizes, seed):
    (n, _, c), rng = sizes, np.random.default_rng(seed)
    x, t = normal(rng, xp, n, c), make_targets("soft", (n, c), rng, xp)
    least, dx = results(SoftmaxWithLoss(), xp.log(t), t, dout=1.0)
    close([least, dx], [np.float64(sum(entropy(t[i, :]) for i in range(n)) / n), np.zeros((n, c))])
    assert SoftmaxWithLoss().forward(x, t) > least
    questions = make_targets("fractions", (n, c), rng, xp)
    logits = xp.log(questions) - xp.log(1 - questions)
    least, dx = results(SigmoidWithLoss(), logits, questions, dout=1.0)
    close(
        [least, dx],
        [
            np.float64(binary_cross_entropy(questions, questions)),
            np.zeros((n, c)),
        ],
    )
    assert SigmoidWithLoss().forward(x, questions) > least


@for_all(sizes=SIZES, seed=SEED)
def test_labels_may_be_written_in_any_way(xp, sizes, seed):
    (n, d, c), rng = sizes, np.random.default_rng(seed)
    model = make_model(SoftmaxWithLoss(), d, c, rng, xp)
    x, labels = normal(rng, xp, n, d), rng.integers(0, c, n)
    expected = results(model, x, xp.asarray(labels), dout=1.0)
    written = [labels.astype(name) for name in ("int8", "int32", "uint8", "uint64")]
    rows = np.eye(c)[labels]
    for t in written + [rows, rows.astype(int), rows.astype("float32"), rows.astype(bool)]:
        equal(results(model, x, xp.asarray(t), dout=1.0), expected)


@pytest.mark.parametrize("kind", [SigmoidWithLoss, MeanSquaredError])
@for_all(sizes=SIZES, seed=SEED)
def test_yes_and_no_may_be_written_in_any_way(kind, xp, sizes, seed):
    (n, _, c), rng = sizes, np.random.default_rng(seed)
    x, t = normal(rng, xp, n, c), rng.integers(0, 2, (n, c))
    expected = results(kind(), x, xp.asarray(t.astype(float)), dout=1.0)
    for name in ("int8", "int64", "uint8", "float32", "bool"):
        equal(results(kind(), x, xp.asarray(t.astype(name)), dout=1.0), expected)


# ---------------------------------------------------------------- whose arrays are whose


@for_all_losses
@for_all(sizes=SIZES, seed=SEED)
def test_an_update_changes_the_parameters_alone(kind, targets, xp, sizes, seed):
    (n, d, c), rng = sizes, np.random.default_rng(seed)
    model = make_model(kind(), d, c, rng, xp)
    x, t = normal(rng, xp, n, d), make_targets(targets, (n, c), rng, xp)
    kept = [np.array(to_numpy(array), copy=True) for array in (x, t)]
    _, _, *grads = results(model, x, t, dout=1.0)
    Adam().update(model.params, model.grads)
    equal([x, t, *model.grads], kept + grads)


@for_all_layers
@for_all(sizes=SIZES, seed=SEED)
def test_what_forward_returned_may_be_overwritten(kind, xp, sizes, seed):
    layer, x, dout, _ = make_layer(kind, sizes, np.random.default_rng(seed), xp)
    _, *expected = results(layer, x, dout=dout)
    layer.forward(x)[...] = 7.0
    equal([layer.backward(dout), *layer.grads], expected)


@for_all_layers
@for_all(sizes=SIZES, seed=SEED)
def test_what_backward_took_and_returned_may_be_overwritten(kind, xp, sizes, seed):
    layer, x, dout, _ = make_layer(kind, sizes, np.random.default_rng(seed), xp)
    kept_x, kept = (xp.asarray(array, copy=True) for array in (x, dout))
    _, *expected = results(layer, x, dout=dout)
    equal([x, dout], [kept_x, kept])
    dx = layer.backward(dout)
    dx[...], dout[...] = 7.0, 7.0
    equal(layer.grads, expected[1:])
    equal([layer.backward(kept), *layer.grads], expected)


@for_all_losses
@for_all(sizes=SIZES, seed=SEED)
def test_the_gradient_of_a_loss_may_be_overwritten(kind, targets, xp, sizes, seed):
    (n, _, c), rng, layer = sizes, np.random.default_rng(seed), kind()
    x, t = normal(rng, xp, n, c), make_targets(targets, (n, c), rng, xp)
    _, expected = results(layer, x, t, dout=1.0)
    dx = layer.backward()
    dx[...] = 7.0
    equal([layer.backward()], [expected])


# ---------------------------------------------------------------- types


def types_of(xp):
    """Return the names of a library's floating-point types; float16 is not in the standard."""
    return ["float32", "float64"] + (["float16"] if hasattr(xp, "float16") else [])


@for_all_losses
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_array_keeps_the_type_of_the_model(kind, targets, optimizer, xp, rng):
    for name in types_of(xp):
        model = make_model(kind(), 2, 3, rng, xp, dtype=name)
        x = normal(rng, xp, 6, 2, dtype=name)
        t = make_targets(targets, (6, 3), rng, xp)  # of float64 where they are not labels
        # Half precision needs an epsilon that it can hold: 1e-8 is 0 there.
        rule = optimizer(**{"epsilon": 1e-3} if optimizer in ADAPTIVE else {})
        arrays = [x]
        for layer in model.layers:
            arrays.append(layer.forward(arrays[-1]))
        model.loss_layer.forward(arrays[-1], t)
        arrays.append(model.loss_layer.backward())
        for layer in reversed(model.layers):
            arrays.append(layer.backward(arrays[-1]))
        rule.update(model.params, model.grads)
        arrays += [*model.params, *model.grads]
        assert [array.dtype for array in arrays] == [getattr(xp, name)] * len(arrays)


@for_all_optimizers
def test_hyperparameters_of_numpy_move_as_plain_ones(kind, xp, rng):
    for name in types_of(xp):
        start, *gradients = rng.standard_normal((4, 5)).astype(name)
        ends = []
        for number in (float, np.float64):
            param = xp.asarray(start.copy())
            numbers = {each: number(p.default) for each, p in signature(kind).parameters.items()}
            optimizer = kind(**numbers)
            for gradient in gradients:
                optimizer.update([param], [xp.asarray(gradient)])
            ends.append(param)
        assert ends[1].dtype == getattr(xp, name)
        equal(ends[:1], ends[1:])


# ---------------------------------------------------------------- equal seeds, equal results


@for_all_losses
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_equal_seeds_give_equal_runs_and_touch_no_other_generator(kind, targets, optimizer, xp):
    def run():
        rng = np.random.default_rng(5)
        model = make_model(kind(), 2, 3, rng, xp)
        x, t = normal(rng, xp, 7, 2), make_targets(targets, (7, 3), rng, xp)
        history = Trainer(model, optimizer(), rng=rng).fit(x, t, max_epoch=2, batch_size=3)
        return [*model.params, xp.asarray(history.loss)]

    numpys, pythons = np.random.get_state(), random.getstate()  # noqa: NPY002
    equal(run(), run())
    equal(np.random.get_state()[1:], numpys[1:])  # noqa: NPY002
    assert random.getstate() == pythons


# ---------------------------------------------------------------- optimizers


def move(optimizer, starts, gradients, xp):
    """Return how far parameters go under gradients, one list of each per update."""
    params = [xp.asarray(start.copy()) for start in starts]
    for each in gradients:
        optimizer.update(params, [xp.asarray(gradient) for gradient in each])
    return [to_numpy(param) - start for param, start in zip(params, starts, strict=True)]


def problem(seed, updates=3):
    """Return the starts of three parameters, and their gradients at every update."""
    rng, shapes = np.random.default_rng(seed), [(2, 3), (3,), (3, 1)]
    draw = lambda: [rng.standard_normal(shape) for shape in shapes]  # noqa: E731
    return draw(), [draw() for _ in range(updates)]


def scaled(gradients, factor):
    return [[factor * gradient for gradient in each] for each in gradients]


@for_all_optimizers
@for_all(seed=SEED, order=st.permutations(range(3)))
def test_a_parameter_moves_alike_alone_and_among_others(kind, xp, seed, order):
    starts, gradients = problem(seed)
    together = move(kind(), starts, gradients, xp)
    for i, start in enumerate(starts):
        equal(move(kind(), [start], [[each[i]] for each in gradients], xp), [together[i]])
    reordered = [[each[i] for i in order] for each in gradients]
    moved = move(kind(), [starts[i] for i in order], reordered, xp)
    equal(moved, [together[i] for i in order])


@for_all_optimizers
@for_all(seed=SEED, factor=st.floats(0.1, 10))
def test_moves_grow_with_the_learning_rate_and_turn_with_the_gradient(kind, xp, seed, factor):
    starts, gradients = problem(seed)
    moved = move(kind(0.01), starts, gradients, xp)
    close(move(kind(factor * 0.01), starts, gradients, xp), [factor * each for each in moved])
    close(move(kind(0.01), starts, scaled(gradients, -1), xp), [-each for each in moved])


@for_all_optimizers
@for_all(seed=SEED)
def test_moves_depend_on_the_gradients_alone(kind, xp, seed):
    starts, gradients = problem(seed)
    elsewhere = [start + 1.5 for start in starts]
    close(move(kind(), elsewhere, gradients, xp), move(kind(), starts, gradients, xp))


@pytest.mark.parametrize("kind", [SGD, Momentum])
@for_all(seed=SEED, a=FACTOR, b=FACTOR)
def test_moves_without_memory_of_squares_are_linear_in_the_gradients(kind, xp, seed, a, b):
    starts, first = problem(seed)
    _, second = problem(seed + 1)
    both = [
        [a * p + b * q for p, q in zip(one, other, strict=True)]
        for one, other in zip(first, second, strict=True)
    ]
    p, q = (move(kind(0.1), starts, gradients, xp) for gradients in (first, second))
    expected = [a * one + b * other for one, other in zip(p, q, strict=True)]
    close(move(kind(0.1), starts, both, xp), expected)


@pytest.mark.parametrize("kind", ADAPTIVE)
@for_all(seed=SEED, factor=st.floats(1e-6, 1e6))
def test_moves_of_adaptive_rules_do_not_know_the_scale_of_the_gradients(kind, xp, seed, factor):
    starts, gradients = problem(seed)
    moved = move(kind(0.1, epsilon=1e-30), starts, gradients, xp)
    close(move(kind(0.1, epsilon=1e-30), starts, scaled(gradients, factor), xp), moved)


@for_all_optimizers
@for_all(seed=SEED, updates=st.integers(1, 5))
def test_steps_under_a_steady_gradient(kind, xp, seed, updates):
    (start, *_), ((gradient, *_), *_) = problem(seed)
    options = {"epsilon": 1e-30} if kind in ADAPTIVE else {}
    (moved,) = move(kind(0.1, **options), [start], [[gradient]] * updates, xp)
    k, sign = np.arange(1, updates + 1), np.sign(gradient)
    steps = {
        SGD: gradient * updates,
        Momentum: gradient * np.sum((1 - 0.9**k) / (1 - 0.9)),
        AdaGrad: sign * np.sum(1 / np.sqrt(k)),
        RMSprop: sign * np.sum(1 / np.sqrt(1 - 0.99**k)),
        Adam: sign * updates,  # both corrections cancel the start at 0
    }
    close([moved], [-0.1 * steps[kind]])


@for_all(seed=SEED)
def test_rules_without_memory_are_simpler_rules(xp, seed):
    starts, gradients = problem(seed)
    plain = move(SGD(0.1), starts, gradients, xp)
    close(move(Momentum(0.1, momentum=0.0), starts, gradients, xp), plain)
    signs = move(RMSprop(0.1, decay=0.0, epsilon=1e-30), starts, gradients, xp)
    close(move(Adam(0.1, beta1=0.0, beta2=0.0, epsilon=1e-30), starts, gradients, xp), signs)
    turns = [[np.sign(gradient) for gradient in each] for each in gradients]
    close(signs, move(SGD(0.1), starts, turns, xp))
