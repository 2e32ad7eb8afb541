"""What errors say, word for word, where no other test reads the whole sentence."""

import re

import array_api_strict
import numpy as np
import pytest

from nnlib import (
    SGD,
    Add,
    Graph,
    Sequential,
    Sigmoid,
    SoftmaxWithLoss,
    Trainer,
    TwoLayerNet,
    accuracy,
    array_namespace,
    binary_cross_entropy,
    check_gradients,
    make_spiral,
    numerical_gradient,
    one_hot,
    softmax,
)
from nnlib.checks import require_whole
from nnlib.files import read_state, write_state

FLOATS = "floating point; got int64 (write 1.0, or use .astype(float))"


def frozen(x):
    x.flags.writeable = False
    return x


def fit_with(**options):
    rng = np.random.default_rng(0)
    x, t = make_spiral(5, rng=rng)
    trainer = Trainer(TwoLayerNet(2, 3, 3, rng=rng), SGD(), rng=rng)
    return trainer.fit(x, t, batch_size=5, **options)


def add_two_libraries():
    return Add().forward(np.zeros(2), array_api_strict.zeros(2))


def run_graph(**values):
    graph = Graph()
    graph.apply(Sigmoid(), graph.input("a"))
    return graph.forward(**values)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: array_namespace(), "arrays must be of one library (NumPy, CuPy, …); got nothing"),
        (lambda: SGD().state(None), "params must be a sequence of arrays; got NoneType"),
        (lambda: SGD().update([np.ones(2, int)], [np.ones(2)]), f"params[0] must be {FLOATS}"),
        (
            lambda: fit_with(progress="yes"),
            "progress must be an object of a class made from bool; got 'yes'",
        ),
        (
            lambda: numerical_gradient(np.sum, frozen(np.ones(2))),
            "x must be an array that may be changed; got a read-only one",
        ),
        (lambda: numerical_gradient(3, np.ones(2)), "f must be a function of x; got 3"),
        (
            lambda: TwoLayerNet(1, 1, 1, rng=np.random.default_rng(0)).restore({}),
            "state must hold values of these shapes, "
            "{'param_0': (1, 1), 'param_1': (1,), 'param_2': (1, 1), 'param_3': (1,)}; got {}",
        ),
        (
            lambda: Sequential(3, SoftmaxWithLoss()),
            "layers must be a sequence of layers; got int",
        ),
        (
            lambda: Graph().apply(Sigmoid()),
            "wires must be what Sigmoid.forward takes; got missing a required argument: 'x'",
        ),
        (
            lambda: one_hot(np.zeros(1, int), 2, dtype="flout"),
            "dtype must be a data type; got 'flout'",
        ),
        (
            lambda: binary_cross_entropy(np.array([0.5, 1.5]), np.ones(2)),
            "y must lie between 0 and 1; got numbers from 0.5 to 1.5",
        ),
        (
            lambda: check_gradients(Sigmoid(), np.ones((0, 2)), rng=np.random.default_rng(0)),
            "the first input must have at least one entry; got none",
        ),
        (
            lambda: run_graph(a="word"),
            "values['a'] must be an array of real numbers; got str",
        ),
        (
            lambda: accuracy(np.full((1, 2), np.nan), np.zeros(1, int)),
            "scores must be numbers, of which one is the largest; got NaN",
        ),
        (
            add_two_libraries,
            "Add: a and b must be arrays of real numbers, of one library; "
            "got ndarray float64, Array array_api_strict.float64",
        ),
        (
            lambda: softmax(np.zeros((2, 0))),
            "x must have at least one score along its last axis; got shape (2, 0)",
        ),
        (
            lambda: require_whole("n", 2**63),
            "n must be a whole number of at least 1 and below 2**63; got 9223372036854775808",
        ),
    ],
)
def test_what_is_said(call, message):
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(message)}$"):
        call()


def test_a_number_of_a_file_that_is_not_finite_is_named(tmp_path):
    path = tmp_path / "state.npz"
    write_state(path, {"a": np.array([1.0, np.inf])})
    message = f"{path}: a must be finite; got 1 of 2 rows that are not, first row 1: inf"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_state(path, like={"a": np.zeros(2)})
