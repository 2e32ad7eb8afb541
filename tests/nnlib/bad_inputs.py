"""What goes wrong at the keyboard: odd arguments for every public name of nnlib, as data.

A `Case` is one call. Either it raises an error that names the argument, says what was expected and
what it got, or it means what a user would expect, and then the case knows the value.
"""

import functools
import math
import pickle
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import array_api_strict
import numpy as np

from nnlib import (
    SGD,
    AdaGrad,
    Adam,
    Add,
    Affine,
    Branch,
    DivergenceError,
    GradientReport,
    Graph,
    History,
    Layer,
    Loss,
    MatMul,
    MeanSquaredError,
    Momentum,
    Multiply,
    Node,
    Optimizer,
    ReLU,
    Repeat,
    RMSprop,
    Sequential,
    Sigmoid,
    SigmoidWithLoss,
    SoftmaxWithLoss,
    Sum,
    Tanh,
    Trainer,
    TwoLayerNet,
    accuracy,
    array_namespace,
    binary_cross_entropy,
    check_gradients,
    cross_entropy,
    entropy,
    log_softmax,
    make_spiral,
    mean_absolute_error,
    mean_squared_error,
    numerical_gradient,
    one_hot,
    relu,
    sigmoid,
    softmax,
    to_numpy,
)
from nnlib.gradient_check import Comparison

NOTHING = object()
ARGUMENT = r" must .+; got "  # the form of every message about an argument


@dataclass(frozen=True)
class Case:
    """One call of `subject` with something odd (`kind`).

    With `names`, the call raises `error`, and its message has the `form` and names the argument.
    With `means`, it returns this value, or what this function of the world returns.
    `passed` are the arguments of the call that are not of the world: they stay as they were.
    """

    subject: str
    kind: str
    call: Callable[["World"], Any]
    names: str = ""
    means: Any = NOTHING
    error: type[Exception] | tuple[type[Exception], ...] = (TypeError, ValueError)
    form: str = ARGUMENT
    passed: Any = None

    @property
    def id(self):
        return f"{self.subject}: {self.kind}"


class World:
    """Data, a network in the middle of its training, and a folder: new for every case."""

    def __init__(self, above: Path):
        draw = np.random.default_rng(0).standard_normal
        self.above = above
        self.x, self.t = draw((6, 2)), np.array([0, 1, 2, 0, 1, 2])
        self.scores, self.labels = draw((4, 3)), np.array([0, 1, 2, 0])
        self.rows = np.eye(3)[self.labels]
        self.y = np.exp(self.scores) / np.exp(self.scores).sum(axis=1, keepdims=True)
        self.rng = np.random.default_rng(1)
        self.model = TwoLayerNet(2, 4, 3, rng=np.random.default_rng(2))
        self.optimizer = Momentum(0.1)
        self.trainer = Trainer(self.model, self.optimizer, rng=self.rng)
        self.trainer.fit(self.x, self.t, max_epoch=1, batch_size=2)

    @functools.cached_property
    def folder(self):
        """A new folder, made when it is first needed: most cases need none."""
        return Path(tempfile.mkdtemp(dir=self.above))

    def file(self, name, **arrays):
        """Write an .npz file and return its path."""
        np.savez(self.folder / name, **arrays)
        return self.folder / name

    def params(self, **others):
        """Return the parameters by the names they have in a file, some of them replaced."""
        names = [f"param_{i}" for i in range(len(self.model.params))]
        return dict(zip(names, self.model.params, strict=True)) | others


CASES: list[Case] = []

# ---------------------------------------------------------------- odd values


def not_arrays():
    yield "a list", [[0.5, 0.5], [0.5, 0.5]]
    yield "a tuple", (0.5, 0.5)
    yield "a string", "abc"
    yield "None", None
    yield "a number", 0.5
    yield "a dictionary", {"x": 1.0}
    yield "a generator", (each for each in [0.5, 0.5])
    yield "a class", np.ndarray
    yield "a huge integer", 10**400


def wrong_types(x):
    """Yield arrays of the same shape that hold no real numbers."""
    yield "complex", x + 0j
    yield "objects", x.astype(object)
    yield "strings", x.astype(str)
    yield "times", np.ones(x.shape, "timedelta64[s]")


def not_floating(x):
    yield from wrong_types(x)
    yield "booleans", x > 0
    yield "int64", np.ones(x.shape, np.int64)
    yield "uint8", np.full(x.shape, 200, np.uint8)
    yield "int8", np.full(x.shape, -128, np.int8)


def disguises(x):
    """Yield arrays of the same values that only look odd."""
    read_only = x.copy()
    read_only.flags.writeable = False
    yield "read-only", read_only
    yield "not contiguous", np.repeat(x, 2, axis=0)[::2]
    yield "Fortran order", np.asfortranarray(x)
    yield "negative strides", x[::-1].copy()[::-1]
    yield "big-endian", x.astype(x.dtype.newbyteorder(">"))


def counts():
    yield "zero", 0
    yield "negative", -1
    yield "a fraction", 2.5
    yield "a float", 2.0
    yield "True", True
    yield "a string", "3"
    yield "None", None
    yield "NaN", math.nan
    yield "infinity", math.inf
    yield "a huge integer", 10**400
    yield "an array", np.array([3])
    yield "a list", [3]
    yield "complex", 3 + 0j
    yield "a class", int


def numbers():
    """Yield what is no finite real number at or above 0."""
    yield "negative", -0.5
    yield "a string", "0.1"
    yield "None", None
    yield "True", True
    yield "complex", 0.1 + 0j
    yield "NaN", math.nan
    yield "infinity", math.inf
    yield "a huge integer", 10**400
    yield "a decimal", Decimal("0.1")
    yield "an array", np.array([0.1])
    yield "a list", [0.1]
    yield "a function", abs


def not_numbers():
    yield "a string", "1.0"
    yield "None", None
    yield "complex", 1j
    yield "NaN", math.nan
    yield "a huge integer", 10**400
    yield "a list", [1.0]
    yield "two numbers", np.ones(2)
    yield "a function", abs


def rngs():
    yield "a seed", 1984
    yield "None", None
    yield "the module", np.random
    yield "the old class", np.random.RandomState
    yield "the new class", np.random.Generator
    yield "a function", np.random.default_rng
    yield "a bit generator", np.random.PCG64(1)
    yield "Python's generator", random.Random(1)
    yield "a string", "default_rng"


def dtypes():
    yield "int", int
    yield "int8", np.int8
    yield "complex", complex
    yield "bool", "bool"
    yield "object", object
    yield "strings", "U5"
    yield "a word that is no type", "flout"
    yield "a number", 5
    yield "a list", ["float64"]
    yield "an array", np.zeros(2)


def libraries():
    yield "math", math
    yield "None", None
    yield "a string", "numpy"
    yield "numpy.random", np.random
    yield "an array", np.zeros(2)


def not_networks():
    """Yield what is no model, optimizer, layer, loss or node."""
    yield "None", None
    yield "a string", "sgd"
    yield "a number", 0.1
    yield "a list", []
    yield "an array", np.zeros(2)


def raises(subject, kind, call, names, **options):
    """Add a case that raises an error which names an argument."""
    CASES.append(Case(subject, kind, call, names=names, **options))


def means(subject, kind, call, value):
    """Add a case that returns a value, or what a function of another world returns."""
    CASES.append(Case(subject, kind, call, means=value))


def too_early(subject, call, *, form="was called before .+: run forward first"):
    """Add a case of `backward` before `forward`."""
    raises(subject, "before forward", call, "", error=RuntimeError, form=form)


def left_open(subject, call):
    """Add a case of a base class, which leaves a method to its subclasses."""
    raises(subject, "the base", call, subject.split(".")[0], error=RuntimeError, form="must define")


def crossed(subject, argument, values, call, *, names=""):
    """Add a case for each of some odd values of one argument: all raise."""
    names = names or rf"\b{argument}\b"
    for kind, value in values:
        one = lambda w, value=value: call(w, value)  # noqa: E731
        raises(subject, f"{argument} is {kind}", one, names, passed=value)


def alike(subject, argument, values, call, plain):
    """Add a case for each disguise of one argument: all mean what the plain argument means."""
    for kind, value in values:
        one, same = lambda w, value=value: call(w, value), lambda w: call(w, plain)
        CASES.append(Case(subject, f"{argument} is {kind}", one, means=same, passed=value))


def for_each(rows):
    """Return a decorator that runs a function, which adds cases, for every row."""
    return lambda add: [add(*row) for row in rows]


def strict(x):
    return array_api_strict.asarray(x)


X = np.array([[0.5, -2.0, 3.0], [0.0, 1.0, -1.0]])
P = np.array([[0.5, 0.25, 0.25], [0.125, 0.125, 0.75]])
LABELS = np.array([0, 2])
ROWS = np.eye(3)[LABELS]
NAN, INF = math.nan, math.inf

# ---------------------------------------------------------------- functions

ACTIVATIONS = {"sigmoid": sigmoid, "relu": relu, "softmax": softmax, "log_softmax": log_softmax}


@for_each(ACTIVATIONS.items())
def _(name, f):
    call = lambda w, x: f(x)  # noqa: E731
    crossed(name, "x", not_arrays(), call)
    crossed(name, "x", not_floating(X), call)
    alike(name, "x", disguises(X), call, X)
    alike(name, "x", [("another library's", strict(X))], call, X)
    raises(name, "no array at all", lambda w: f(), "x", form="missing")
    means(name, "no rows", lambda w: f(X[:0]), X[:0])
    means(name, "float16", lambda w: f(X.astype("f2")).dtype.name, "float16")
    means(
        name,
        "NaN stays in its row",
        lambda w: np.isnan(f(np.array([[0.0], [NAN]]))),
        [[False], [True]],
    )


means("sigmoid", "the largest numbers", lambda w: sigmoid(np.array([-1e308, 1e308])), [0, 1])
means("sigmoid", "a NumPy number", lambda w: sigmoid(np.float64(0.0)), 0.5)
means("sigmoid", "no axes", lambda w: sigmoid(np.array(0.0)), 0.5)
means("relu", "negative zero", lambda w: relu(np.array([-0.0])), [0.0])
means("relu", "infinity", lambda w: relu(np.array([-INF, INF])), [0.0, INF])
means("relu", "no axes", lambda w: relu(np.array(-3.0)), 0.0)
raises("softmax", "no axes", lambda w: softmax(np.array(1.0)), "^x")
raises("softmax", "no columns", lambda w: softmax(X[:, :0]), "^x")
raises("softmax", "nothing", lambda w: softmax(np.zeros(0)), "^x")
raises("softmax", "a NumPy number", lambda w: softmax(np.float64(1.0)), "^x")
means("softmax", "one column", lambda w: softmax(X[:, :1]), [[1.0], [1.0]])
means("softmax", "minus infinity", lambda w: softmax(np.array([0.0, -INF])), [1.0, 0.0])
means("softmax", "1e308", lambda w: softmax(np.array([1e308, 1e308])), [0.5, 0.5])
raises("log_softmax", "no axes", lambda w: log_softmax(np.array(1.0)), "^x")
raises("log_softmax", "no columns", lambda w: log_softmax(X[:, :0]), "^x")
raises("log_softmax", "nothing", lambda w: log_softmax(np.zeros(0)), "^x")
means("log_softmax", "1e308", lambda w: log_softmax(np.array([1e308, 0.0])), [0.0, -1e308])

one = lambda w, t: one_hot(t, 3)  # noqa: E731
crossed("one_hot", "t", not_arrays(), one)
crossed("one_hot", "t", wrong_types(np.array([0.0, 2.0])), one)
crossed("one_hot", "num_classes", counts(), lambda w, n: one_hot(LABELS, n))
of_type = lambda w, d: one_hot(LABELS, 3, dtype=d)  # noqa: E731
crossed("one_hot", "dtype", list(dtypes())[6:], of_type)
alike("one_hot", "dtype", list(dtypes())[:3], of_type, np.float64)
alike("one_hot", "t", disguises(LABELS), one, LABELS)
alike("one_hot", "t", [(d, LABELS.astype(d)) for d in ("int8", "uint8", "uint64")], one, LABELS)
alike(
    "one_hot",
    "num_classes",
    [("uint8", np.uint8(3)), ("int64", np.int64(3))],
    lambda w, n: one_hot(LABELS, n),
    3,
)
raises("one_hot", "floats", lambda w: one_hot(np.array([0.0, 1.0]), 3), "^t")
raises("one_hot", "booleans", lambda w: one_hot(np.array([True, False]), 2), "^t")
raises("one_hot", "a column", lambda w: one_hot(LABELS[:, None], 3), "^t")
raises("one_hot", "no axes", lambda w: one_hot(np.array(1), 3), "^t")
raises("one_hot", "rows already", lambda w: one_hot(ROWS.astype(int), 3), "^t")
raises("one_hot", "a negative label", lambda w: one_hot(np.array([-1]), 3), "^t")
raises("one_hot", "a label too large", lambda w: one_hot(np.array([3]), 3), "^t")
raises("one_hot", "the largest label", lambda w: one_hot(np.array([2**64 - 1], "u8"), 3), "^t")
means(
    "one_hot", "int8 for 300 classes", lambda w: one_hot(np.array([127], "i1"), 300).argmax(), 127
)
means("one_hot", "no labels", lambda w: one_hot(LABELS[:0], 3).shape, (0, 3))
means("one_hot", "one class", lambda w: one_hot(np.array([0, 0]), 1), [[1], [1]])
means("one_hot", "float16", lambda w: one_hot(LABELS, 3, dtype=np.float16), ROWS)
means("one_hot", "a name of a type", lambda w: one_hot(LABELS, 3, dtype="float32"), ROWS)


@for_each(
    [("mean_squared_error", mean_squared_error), ("mean_absolute_error", mean_absolute_error)]
)
def _(name, f):
    of_y, of_t = lambda w, y: f(y, X), lambda w, t: f(X, t)
    zero = np.zeros_like(X)
    for values in (not_arrays, lambda: wrong_types(X)):
        crossed(name, "y", values(), of_y)
        crossed(name, "t", values(), of_t)
    alike(name, "y", disguises(X), lambda w, y: f(y, zero), X)
    alike(name, "t", disguises(X), lambda w, t: f(zero, t), X)
    raises(name, "a column against a row", lambda w: f(X[0], X[:1].T), "^y and t")
    raises(name, "a number against rows", lambda w: f(X, np.array(1.0)), "^y and t")
    raises(name, "nothing", lambda w: f(X[:0], X[:0]), "^y and t")
    raises(name, "two libraries", lambda w: f(X, strict(X)), "^y and t")
    means(name, "uint8", lambda w: f(np.array([0], "u1"), np.array([1], "u1")), 1.0)
    means(name, "int8", lambda w: f(np.array([-128], "i1"), np.array([-127], "i1")), 1.0)
    means(name, "yes and no", lambda w: f(np.array([1.0, 1.0]), np.array([True, False])), 0.5)
    means(name, "NaN", lambda w: f(np.array([NAN]), np.array([1.0])), NAN)
    means(name, "no axes", lambda w: f(np.array(1.0), np.array(2.0)), 1.0)


means(
    "mean_squared_error",
    "float16",
    lambda w: mean_squared_error(np.array([300], "f2"), np.array([0], "f2")),
    90000.0,
)
means(
    "mean_absolute_error",
    "float16",
    lambda w: mean_absolute_error(np.full(9, 64000, "f2"), np.zeros(9, "f2")),
    64000.0,
)

CLASSIFIED = [("cross_entropy", cross_entropy, P, "y"), ("accuracy", accuracy, X, "scores")]


@for_each([*CLASSIFIED, ("binary_cross_entropy", binary_cross_entropy, P, "y")])
def _(name, f, y, first):
    of_y, of_t, t = lambda w, y: f(y, ROWS), lambda w, t: f(y, t), ROWS
    crossed(name, first, not_arrays(), of_y)
    crossed(name, first, not_floating(y), of_y)
    crossed(name, "t", not_arrays(), of_t)
    crossed(name, "t", wrong_types(t), of_t)
    alike(name, first, disguises(y), of_y, y)
    alike(name, "t", disguises(t), of_t, t)
    alike(name, "t", [(d, t.astype(d)) for d in ("bool", "int8", "uint8", "f2")], of_t, t)
    raises(name, "two libraries", lambda w: f(y, strict(ROWS)), f"^{first} and t")
    raises(name, "no rows", lambda w: f(y[:0], ROWS[:0]), first)
    raises(name, "more targets", lambda w: f(y[:1], ROWS), "t")
    raises(name, "fewer columns", lambda w: f(y, ROWS[:, :2]), "t")
    raises(name, "NaN", lambda w: f(np.where(y == y.max(), NAN, y), ROWS), first)
    raises(name, "NaN as target", lambda w: f(y, ROWS * NAN), "^t")
    raises(name, "target below 0", lambda w: f(y, ROWS - 1.0), "^t")
    raises(name, "target above 1", lambda w: f(y, ROWS * 2.0), "^t")
    raises(name, "an infinite target", lambda w: f(y, ROWS + INF), "^t")


@for_each(CLASSIFIED)
def _(name, f, y, first):
    of_labels = lambda w, t: f(y, t)  # noqa: E731
    alike(name, "labels", disguises(LABELS), of_labels, LABELS)
    alike(name, "labels", [(d, LABELS.astype(d)) for d in ("int8", "u1", "u8")], of_labels, LABELS)
    raises(name, "one row without its axis", lambda w: f(y[0], ROWS[0]), first)
    raises(name, "three axes", lambda w: f(y[None], ROWS[None]), first)
    raises(name, "no axes", lambda w: f(np.array(0.5), np.array(0)), first)
    raises(name, "no columns", lambda w: f(y[:, :0], LABELS), f"^({first}|t)")
    raises(name, "labels as a column", lambda w: f(y, LABELS[:, None]), "^t")
    raises(name, "labels as floats", lambda w: f(y, LABELS + 0.0), "^t")
    raises(name, "labels yes and no", lambda w: f(y, LABELS > 0), "^t")
    raises(name, "a label too large", lambda w: f(y, np.array([0, 3])), "^t")
    raises(name, "a negative label", lambda w: f(y, np.array([0, -1], "i1")), "^t")
    raises(name, "a target of only zeros", lambda w: f(y, ROWS * 0), "^t")
    raises(name, "two ones in a row", lambda w: f(y, np.ones((2, 3))), "^t")
    means(
        name,
        "one sample",
        lambda w: f(y[:1], np.array([0])),
        math.log(2) if f is cross_entropy else 0.0,
    )


raises("cross_entropy", "scores, not probabilities", lambda w: cross_entropy(X, LABELS), "^y")
raises("cross_entropy", "rows that add up to 0.9", lambda w: cross_entropy(0.9 * P, LABELS), "^y")
raises("cross_entropy", "rows that add up to 3", lambda w: cross_entropy(P * 0 + 1, LABELS), "^y")
means(
    "cross_entropy", "probability 0 that occurs", lambda w: cross_entropy(ROWS, LABELS[::-1]), INF
)
means(
    "cross_entropy",
    "many rows of float16",
    lambda w: cross_entropy(np.full((100000, 2), 0.5, "f2"), np.zeros(100000, int)),
    math.log(2),
)
raises("binary_cross_entropy", "below 0", lambda w: binary_cross_entropy(P - 0.5, ROWS), "^y")
raises("binary_cross_entropy", "above 1", lambda w: binary_cross_entropy(P + 0.5, ROWS), "^y")
raises(
    "binary_cross_entropy", "one axis of two", lambda w: binary_cross_entropy(P, ROWS[0]), "y and t"
)
means(
    "binary_cross_entropy",
    "no axes",
    lambda w: binary_cross_entropy(np.array(0.5), np.array(1)),
    math.log(2),
)
means("accuracy", "equal scores", lambda w: accuracy(np.zeros((2, 3)), np.array([0, 1])), 0.5)
means("accuracy", "infinite scores", lambda w: accuracy(np.array([[0.0, INF]]), np.array([1])), 1.0)
raises("accuracy", "only NaN", lambda w: accuracy(X * NAN, LABELS), "^scores")

crossed("entropy", "p", not_arrays(), lambda w, p: entropy(p))
crossed("entropy", "p", not_floating(P[0]), lambda w, p: entropy(p))
alike("entropy", "p", disguises(P[0]), lambda w, p: entropy(p), P[0])
raises("entropy", "nothing", lambda w: entropy(np.zeros(0)), "^p")
raises("entropy", "adds up to 0.5", lambda w: entropy(np.array([0.25, 0.25])), "^p")
raises("entropy", "two distributions", lambda w: entropy(P), "^p")
raises("entropy", "below 0", lambda w: entropy(np.array([1.5, -0.5])), "^p")
raises("entropy", "NaN", lambda w: entropy(np.array([NAN, 1.0])), "^p")
raises("entropy", "infinity", lambda w: entropy(np.array([INF, 0.0])), "^p")
means("entropy", "zeros", lambda w: entropy(np.array([0.0, -0.0, 1.0])), 0.0)
means("entropy", "no axes", lambda w: entropy(np.array(1.0)), 0.0)
means("entropy", "float16", lambda w: entropy(np.full(4, 0.25, "f2")), np.float16(math.log(4)))
means(
    "entropy",
    "thirds of float32",
    lambda w: entropy(np.full(3, 1 / 3, "f4")),
    np.float32(math.log(3)),
)

crossed("array_namespace", "arrays", not_arrays(), lambda w, x: array_namespace(x))
crossed(
    "array_namespace",
    "the second",
    not_arrays(),
    lambda w, x: array_namespace(X, x),
    names="arrays",
)
raises("array_namespace", "nothing", lambda w: array_namespace(), "^arrays?$")
raises("array_namespace", "two libraries", lambda w: array_namespace(X, strict(X)), "^arrays")
means(
    "array_namespace",
    "NumPy numbers",
    lambda w: array_namespace(np.float64(1)).__name__.split(".")[-1],
    "numpy",
)
means("to_numpy", "a list", lambda w: to_numpy([1.0, 2.0]), [1.0, 2.0])
means("to_numpy", "a number", lambda w: to_numpy(1.5), 1.5)
means("to_numpy", "another library's", lambda w: to_numpy(strict(X)), X)
raises("to_numpy", "None", lambda w: to_numpy(None), "^x")
raises("to_numpy", "a dictionary", lambda w: to_numpy({}), "^x")
raises("to_numpy", "a generator", lambda w: to_numpy(each for each in [1.0]), "^x")
raises("to_numpy", "a ragged list", lambda w: to_numpy([[1.0], [1.0, 2.0]]), "^x")

# ---------------------------------------------------------------- data

spiral = lambda w, **odd: make_spiral(2, **({"rng": w.rng} | odd))  # noqa: E731


@for_each([["samples_per_class"], ["num_classes"]])
def _(argument):
    crossed("make_spiral", argument, counts(), lambda w, n: make_spiral(**{argument: n}, rng=w.rng))
    alike(
        "make_spiral",
        argument,
        [("uint8", np.uint8(100)), ("int64", np.int64(100))],
        lambda w, n: make_spiral(**{argument: n}, rng=np.random.default_rng(1))[0],
        100,
    )


crossed("make_spiral", "noise", numbers(), lambda w, s: spiral(w, noise=s))
crossed("make_spiral", "rng", rngs(), lambda w, rng: spiral(w, rng=rng))
crossed("make_spiral", "dtype", dtypes(), lambda w, dtype: spiral(w, dtype=dtype))
crossed("make_spiral", "xp", libraries(), lambda w, xp: spiral(w, xp=xp))
alike(
    "make_spiral",
    "noise",
    [("a fraction", Fraction(1, 4)), ("float16", np.float16(0.25))],
    lambda w, s: spiral(w, noise=s, rng=np.random.default_rng(1))[0],
    0.25,
)
alike(
    "make_spiral",
    "dtype",
    [("a name", "float64"), ("Python's", float), ("dtype", np.dtype("f8"))],
    lambda w, d: spiral(w, dtype=d, rng=np.random.default_rng(1))[0],
    np.float64,
)
means("make_spiral", "float16", lambda w: spiral(w, dtype="float16")[0].dtype.name, "float16")
raises(
    "make_spiral",
    "a type the library lacks",
    lambda w: spiral(w, dtype=np.float16, xp=array_api_strict),
    "^dtype",
)
means("make_spiral", "one point", lambda w: make_spiral(1, 1, rng=w.rng)[0], [[0.0, 0.0]])

# ---------------------------------------------------------------- nodes and graphs

V = np.array([[2.0, 3.0], [5.0, 7.0]])
NODES: dict[str, tuple[Callable[[], Any], list[str]]] = {
    "Add": (Add, ["a", "b"]),
    "Multiply": (Multiply, ["a", "b"]),
    "MatMul": (MatMul, ["x", "W"]),
    "Branch": (Branch, ["x"]),
    "Repeat": (lambda: Repeat(3), ["x"]),
    "Sum": (Sum, ["x"]),
}


def ran(make, arguments):
    """Return a node that has run forwards, and the shape of its output."""
    node = make()
    output = node.forward(*[V] * len(arguments))
    return node, (output[0] if isinstance(output, tuple) else output).shape


def forwards(make, arguments, place):
    return lambda w, value: make().forward(
        *[value if i == place else V for i in range(len(arguments))]
    )


def backwards(make, arguments):
    def call(w, dout):
        node, shape = ran(make, arguments)
        return node.backward(*[np.ones(shape)] * (node.outputs - 1), dout)

    return call


@for_each([(name, *node) for name, node in NODES.items()])
def _(name, make, arguments):
    for place, argument in enumerate(arguments):
        call = forwards(make, arguments, place)
        named = rf"^{name}: .*\b{argument}\b"
        crossed(f"{name}.forward", argument, not_arrays(), call, names=named)
        if name != "Branch":
            crossed(f"{name}.forward", argument, not_floating(V), call, names=named)
        alike(f"{name}.forward", argument, disguises(V), call, V)
    _, shape = ran(make, arguments)
    dout = np.arange(math.prod(shape), dtype=float).reshape(shape)
    back = backwards(make, arguments)
    named = rf"^{name}.backward: douts?\b"
    crossed(f"{name}.backward", "dout", not_arrays(), back, names=named)
    crossed(f"{name}.backward", "dout", not_floating(dout), back, names=named)
    alike(f"{name}.backward", "dout", disguises(dout), back, dout)
    too_early(f"{name}.backward", lambda w: make().backward(V))
    raises(f"{name}.backward", "dout of another shape", lambda w: back(w, np.ones((4, 5))), "dout")
    raises(f"{name}.backward", "dout of no axes", lambda w: back(w, np.array(1.0)), "dout")
    raises(f"{name}.backward", "dout of one entry", lambda w: back(w, np.ones((1, 1))), "dout")


@for_each([("Add", Add), ("Multiply", Multiply), ("MatMul", MatMul)])
def _(name, make):
    raises(f"{name}.forward", "two libraries", lambda w: make().forward(V, strict(V)), name)
    raises(f"{name}.forward", "other shapes", lambda w: make().forward(V, np.ones((3, 4))), name)
    raises(f"{name}.forward", "a row and rows", lambda w: make().forward(V[0], V), name)


raises(
    "Multiply.backward",
    "another library's",
    lambda w: ran(Multiply, "ab")[0].backward(strict(V)),
    "dout",
)
raises(
    "MatMul.backward",
    "another library's",
    lambda w: ran(MatMul, "xW")[0].backward(strict(V)),
    "dout",
)
raises(
    "Branch.backward",
    "another library's",
    lambda w: ran(Branch, "x")[0].backward(V, strict(V)),
    "dout",
)
raises("Branch.backward", "one gradient", lambda w: ran(Branch, "x")[0].backward(V), "douts")
raises(
    "Branch.backward", "three gradients", lambda w: ran(Branch, "x")[0].backward(V, V, V), "douts"
)
means("Branch.forward", "labels", lambda w: Branch().forward(LABELS)[1], LABELS)
raises("Branch", "one copy", lambda w: Branch(copies=1), "copies")
means("Branch", "uint8 copies", lambda w: len(Branch(np.uint8(3)).forward(V)), 3)
means("Repeat", "uint8 times", lambda w: Repeat(np.uint8(200)).forward(V).shape, (200, 2, 2))
means("Repeat.forward", "no axes", lambda w: Repeat(2).forward(np.array(3.0)), [3.0, 3.0])
raises("Sum.forward", "no axes", lambda w: Sum().forward(np.array(1.0)), "Sum: x")
raises("Sum.forward", "a NumPy number", lambda w: Sum().forward(np.float64(1.0)), "Sum: x")
means("Sum.forward", "no rows", lambda w: Sum().forward(np.zeros((0, 2))), [0.0, 0.0])
means("Add.forward", "nothing", lambda w: Add().forward(V[:0], V[:0]).shape, (0, 2))
means("Add.forward", "NumPy numbers", lambda w: Add().forward(np.float64(1), np.float64(2)), 3.0)
raises("Add", "an argument", lambda w: Add(V), "Add", form="takes no arguments")
raises("Multiply", "an argument", lambda w: Multiply(V), "Multiply", form="takes no arguments")
raises("MatMul", "an argument", lambda w: MatMul(V), "MatMul", form="takes no arguments")
raises("Sum", "an argument", lambda w: Sum(V), "Sum", form="takes no arguments")
raises("Node", "an argument", lambda w: Node(V), "Node", form="takes no arguments")
left_open("Node.forward", lambda w: Node().forward(V))
left_open("Node.backward", lambda w: Node().backward(V))
too_early("Node.saved", lambda w: Node().saved())
means("Node.save", "nothing", lambda w: ((node := Node()), node.save(), node.saved())[-1], ())
crossed("Branch", "copies", counts(), lambda w, n: Branch(n))
crossed("Repeat", "times", counts(), lambda w, n: Repeat(n))


def product():
    """Return the graph of ``y = a · b``."""
    graph = Graph()
    graph.apply(Multiply(), graph.input("a"), graph.input("b"), name="y")
    return graph


def after_forward(*douts):
    graph = product()
    graph.forward(a=V, b=V)
    return graph.backward(*douts)


odd_values = [pair for pair in not_arrays() if pair[0] != "a number"]
odd_values += [("a complex number", 1j), ("True", True), ("NaN", NAN), ("a decimal", Decimal(1))]
crossed("Graph.forward", "a", odd_values, lambda w, a: product().forward(a=a, b=2.0))
crossed("Graph.forward", "a", not_floating(V), lambda w, a: product().forward(a=a, b=V))
crossed("Graph.backward", "dout", not_arrays(), lambda w, d: after_forward(d), names="dout")
crossed("Graph.backward", "dout", not_floating(V), lambda w, d: after_forward(d), names="dout")
crossed("Graph.apply", "node", not_networks(), lambda w, node: w_apply(node))
crossed(
    "Graph.apply",
    "wires",
    dict([*not_networks(), *not_arrays()]).items(),
    lambda w, wire: Graph().apply(Sum(), wire),
)
crossed("Graph.input", "name", [*not_arrays(), ("empty", "")][3:], lambda w, n: Graph().input(n))
crossed(
    "Graph.apply",
    "name",
    [("a number", 3), ("a list", ["y"]), ("empty", "")],
    lambda w, n: w_apply(Sum(), name=n),
)


def w_apply(*nodes, **options):
    graph = Graph()
    return graph.apply(*nodes, graph.input("x"), **options)


raises("Graph.input", "a name twice", lambda w: product().input("a"), "name")
raises("Graph.apply", "a class", lambda w: w_apply(Sum), "node")
raises("Graph.apply", "an optimizer", lambda w: w_apply(w.optimizer), "node")
raises("Graph.apply", "no wires", lambda w: Graph().apply(Add()), "wires")
raises("Graph.apply", "one wire too few", lambda w: w_apply(Add()), "wires")
raises(
    "Graph.apply",
    "one wire too many",
    lambda w: (g := Graph()).apply(Sum(), g.input("x"), g.input("y")),
    "wires",
)
raises(
    "Graph.apply",
    "a taken name",
    lambda w: (g := Graph()).apply(Sum(), g.input("x"), name="x"),
    "name",
)
raises(
    "Graph.apply",
    "a wire that leads on",
    lambda w: (g := product()).apply(Sum(), g.inputs[0]),
    "wires",
)
raises(
    "Graph.apply",
    "one wire twice",
    lambda w: (g := Graph()).apply(Add(), *[g.input("x")] * 2),
    "wires",
)
raises(
    "Graph.apply",
    "another graph's wire",
    lambda w: Graph().apply(Sum(), Graph().input("x")),
    "wires",
)
raises(
    "Graph.apply",
    "a node in use",
    lambda w: (g := product()).apply(g.calls[0].node, g.outputs[0], g.input("c")),
    "node",
)
raises("Graph.forward", "a missing input", lambda w: product().forward(a=1.0), "values")
raises(
    "Graph.forward", "an unknown input", lambda w: product().forward(a=1.0, b=1.0, c=1.0), "values"
)
raises("Graph.forward", "two shapes", lambda w: product().forward(a=V, b=V[0]), "a and b")
raises("Graph.forward", "two libraries", lambda w: product().forward(a=V, b=strict(V)), "a and b")
means(
    "Graph.forward",
    "NumPy integers",
    lambda w: product().forward(a=np.uint8(200), b=np.int8(2)),
    400.0,
)
means("Graph.forward", "a fraction", lambda w: product().forward(a=Fraction(1, 2), b=3), 1.5)
raises("Graph.forward", "infinity", lambda w: product().forward(a=INF, b=3), "\\ba\\b")
means("Graph.forward", "integers", lambda w: product().forward(a=2, b=3), 6.0)
means("Graph.forward", "no nodes", lambda w: Graph().forward(), ())
too_early("Graph.backward", lambda w: product().backward())
raises("Graph.backward", "no gradient of a matrix", lambda w: after_forward(), "douts")
raises("Graph.backward", "two gradients of one output", lambda w: after_forward(V, V), "douts")
raises("Graph.backward", "another shape", lambda w: after_forward(V[:1]), "douts")
raises("Graph.backward", "another library's", lambda w: after_forward(strict(V)), "dout")
means(
    "Graph.backward",
    "an integer",
    lambda w: ((g := product()).forward(a=2, b=3), g.backward(2))[-1],
    {"a": 6.0, "b": 4.0},
)
raises("Graph", "an argument", lambda w: Graph(V), "", form="takes 1 positional argument")

# ---------------------------------------------------------------- measured gradients


def total(x):
    return float(np.sum(x * x))


grad = lambda w, x: numerical_gradient(total, x)  # noqa: E731
crossed("numerical_gradient", "x", not_arrays(), grad)
crossed("numerical_gradient", "x", not_floating(X), grad)
rounded = lambda w, x: grad(w, x).round(6)  # noqa: E731  (sums depend on the order in memory)
alike("numerical_gradient", "x", list(disguises(X))[1:], rounded, X)
crossed(
    "numerical_gradient",
    "h",
    [p for p in numbers() if p[1] is not None],
    lambda w, h: numerical_gradient(total, X.copy(), h=h),
)
crossed("numerical_gradient", "f", not_networks(), lambda w, f: numerical_gradient(f, X.copy()))
crossed(
    "numerical_gradient",
    "f(x)",
    [
        ("None", lambda x: None),
        ("text", lambda x: "1.0"),
        ("an array", lambda x: x * x),
        ("complex", lambda x: 1j),
        ("a list", lambda x: [1.0]),
    ],
    lambda w, f: numerical_gradient(f, X.copy()),
    names=r"^f\b",
)
raises("numerical_gradient", "h is zero", lambda w: numerical_gradient(total, X.copy(), h=0), "^h")
raises(
    "numerical_gradient",
    "h too small",
    lambda w: numerical_gradient(total, X.copy(), h=1e-300),
    "^h",
)
raises(
    "numerical_gradient",
    "h too large",
    lambda w: numerical_gradient(total, X.copy(), h=1e308),
    "^h",
)
raises("numerical_gradient", "read-only", lambda w: grad(w, next(disguises(X))[1]), "^x")
means("numerical_gradient", "NaN", lambda w: grad(w, X * NAN), X * NAN)
means("numerical_gradient", "infinity", lambda w: grad(w, X + INF), X * NAN)
means("numerical_gradient", "nothing", lambda w: grad(w, X[:0]), X[:0])
means(
    "numerical_gradient",
    "no axes",
    lambda w: numerical_gradient(lambda x: x**2, np.array(1.0), h=0.5),
    2.0,
)
means(
    "numerical_gradient",
    "h is a fraction",
    lambda w: numerical_gradient(total, X.copy(), h=Fraction(1, 4)),
    2 * X,
)

check = lambda w, *inputs, **odd: check_gradients(  # noqa: E731
    odd.pop("subject", Sigmoid()), *inputs, **({"rng": w.rng} | odd)
)
ok = lambda report: report.ok  # noqa: E731
crossed("check_gradients", "subject", not_networks(), lambda w, s: check(w, X.copy(), subject=s))
crossed("check_gradients", "input", not_arrays(), lambda w, x: check(w, x))
crossed("check_gradients", "input", not_floating(X), lambda w, x: check(w, x))
crossed("check_gradients", "rng", rngs(), lambda w, rng: check(w, X.copy(), rng=rng))


@for_each([["h"], ["tolerance"]])
def _(argument):
    crossed(
        "check_gradients",
        argument,
        [p for p in numbers() if p[1] is not None],
        lambda w, v: check(w, X.copy(), **{argument: v}),
    )


alike("check_gradients", "x", disguises(X), lambda w, x: ok(check(w, x)), X)
raises("check_gradients", "h is zero", lambda w: check(w, X.copy(), h=0), "^h")
raises("check_gradients", "no inputs", lambda w: check(w), "^inputs")
raises("check_gradients", "no entries", lambda w: check(w, X[:0]), "^(the first input|inputs)")
raises("check_gradients", "a class", lambda w: check(w, X.copy(), subject=Sigmoid), "subject")
raises(
    "check_gradients", "an optimizer", lambda w: check(w, X.copy(), subject=w.optimizer), "subject"
)
raises("check_gradients", "a function", lambda w: check(w, X.copy(), subject=sigmoid), "subject")
means("check_gradients", "NaN", lambda w: check(w, X * NAN).ok, False)
means(
    "check_gradients",
    "a fraction as tolerance",
    lambda w: check(w, X.copy(), tolerance=Fraction(1, 100)).ok,
    True,
)
means("GradientReport", "nothing compared", lambda w: GradientReport("x", (), 1e-8).ok, False)
means(
    "GradientReport",
    "NaN",
    lambda w: GradientReport("x", (Comparison("x", X * NAN, X),), 1.0).ok,
    False,
)
means(
    "GradientReport",
    "other shapes",
    lambda w: GradientReport("x", (Comparison("x", X, X[:1]),), 1.0).ok,
    False,
)

# ---------------------------------------------------------------- layers

W, B = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([0.5, 0.5, 0.5])
XS = np.array([[1.0, 2.0], [3.0, 4.0], [-5.0, 6.0], [7.0, -8.0]])
LAYERS = {
    "Affine": lambda: Affine(W.copy(), B.copy()),
    "Sigmoid": Sigmoid,
    "Tanh": Tanh,
    "ReLU": ReLU,
}

crossed("Layer", "parameter", not_arrays(), lambda w, p: Layer(p))
crossed("Layer", "parameter", not_floating(W), lambda w, p: Layer(p))
crossed("Affine", "W", not_arrays(), lambda w, p: Affine(p, B), names="\\b(W|parameter 0)\\b")
crossed("Affine", "W", not_floating(W), lambda w, p: Affine(p, B), names="\\b(W|parameter 0)\\b")
crossed("Affine", "b", not_arrays(), lambda w, p: Affine(W, p), names="\\b(b|parameter 1)\\b")
crossed("Affine", "b", not_floating(B), lambda w, p: Affine(W, p), names="\\b(b|parameter 1)\\b")


@for_each(LAYERS.items())
def _(name, make):
    call = lambda w, x: make().forward(x)  # noqa: E731
    crossed(f"{name}.forward", "x", not_arrays(), call)
    crossed(f"{name}.forward", "x", wrong_types(XS), call)
    alike(f"{name}.forward", "x", disguises(XS), call, XS)

    def back(w, dout):
        layer = make()
        layer.forward(XS)
        return layer.backward(dout), layer.grads

    dout = np.arange(12.0).reshape(4, 3) if name == "Affine" else XS
    crossed(f"{name}.backward", "dout", not_arrays(), back)
    crossed(f"{name}.backward", "dout", not_floating(dout), back)
    alike(f"{name}.backward", "dout", disguises(dout), back, dout)
    too_early(f"{name}.backward", lambda w: make().backward(XS))
    raises(f"{name}.backward", "another shape", lambda w: back(w, np.ones((9, 9))), "dout")
    raises(f"{name}.backward", "one row", lambda w: back(w, np.ones((1, 3))), "dout")
    raises(f"{name}.backward", "no axes", lambda w: back(w, np.array(1.0)), "dout")
    raises(f"{name}.backward", "another library's", lambda w: back(w, strict(dout)), "dout")
    means(
        f"{name}.forward",
        "one sample",
        lambda w: make().forward(XS[:1]),
        lambda w: make().forward(XS)[:1],
    )
    means(f"{name}.forward", "no samples", lambda w: len(make().forward(XS[:0])), 0)


raises("Affine", "weights of one axis", lambda w: Affine(B, B), "Affine: W and b")
raises("Affine", "a bias for the rows", lambda w: Affine(W, np.zeros(2)), "Affine: W and b")
raises("Affine", "a bias of two axes", lambda w: Affine(W, B[None]), "Affine: W and b")
raises("Affine", "no bias", lambda w: Affine(W), "b", form="missing")
raises("Affine", "two libraries", lambda w: Affine(W, strict(B)), "Affine: .*b")
raises("Affine.forward", "another width", lambda w: Affine(W, B).forward(np.ones((4, 3))), "x")
raises("Affine.forward", "one axis", lambda w: Affine(W, B).forward(np.ones(2)), "x")
raises("Affine.forward", "three axes", lambda w: Affine(W, B).forward(np.ones((3, 2, 2))), "x")
raises("Affine.forward", "no axes", lambda w: Affine(W, B).forward(np.array(1.0)), "x")
raises("Affine.forward", "another library's", lambda w: Affine(W, B).forward(strict(XS)), "x")
means(
    "Affine.forward",
    "integers",
    lambda w: Affine(W, B).forward(XS.astype(int)),
    lambda w: Affine(W, B).forward(XS),
)
means(
    "Affine.forward",
    "int8",
    lambda w: Affine(W, B).forward(XS.astype("i1")),
    lambda w: Affine(W, B).forward(XS),
)
means(
    "Affine.forward",
    "float16",
    lambda w: Affine(W.astype("f2"), B.astype("f2")).forward(XS.astype("f2")),
    lambda w: Affine(W, B).forward(XS),
)
raises("Sigmoid", "an argument", lambda w: Sigmoid(W), "", form="takes 1 positional argument")
raises("Tanh", "an argument", lambda w: Tanh(W), "", form="takes 1 positional argument")
raises("ReLU", "an argument", lambda w: ReLU(W), "", form="takes 1 positional argument")
means("Layer", "nothing", lambda w: Layer().params, [])
left_open("Layer", lambda w: Layer().backward(XS))
means(
    "Sigmoid.backward",
    "the output changed since",
    lambda w: ((s := Sigmoid()), s.forward(np.zeros((1, 1))).fill(9), s.backward(np.ones((1, 1))))[
        -1
    ],
    0.25 * np.ones((1, 1)),
)
too_early("Affine.fill_grads", lambda w: Affine(W, B).fill_grads(XS), form="run forward first")
raises(
    "Affine.fill_grads",
    "another shape",
    lambda w: ((a := Affine(W, B)), a.forward(XS), a.fill_grads(np.ones((4, 2)))),
    "dout",
)
raises(
    "Affine.fill_grads",
    "a list",
    lambda w: ((a := Affine(W, B)), a.forward(XS), a.fill_grads([1.0])),
    "dout",
)

# ---------------------------------------------------------------- losses

SOFT = np.array([[0.5, 0.5, 0.0], [0.25, 0.25, 0.5]])
LOSSES = {
    "SoftmaxWithLoss": SoftmaxWithLoss,
    "SigmoidWithLoss": SigmoidWithLoss,
    "MeanSquaredError": MeanSquaredError,
}


@for_each(LOSSES.items())
def _(name, kind):
    t = ROWS
    x_named, t_named = r"\b(x|scores)\b", r"\bt\b"
    of_x, of_t = lambda w, x: kind().forward(x, ROWS), lambda w, t: kind().forward(X, t)
    crossed(f"{name}.forward", "x", not_arrays(), of_x, names=x_named)
    crossed(f"{name}.forward", "x", not_floating(X), of_x, names=x_named)
    crossed(f"{name}.forward", "t", not_arrays(), of_t)
    crossed(f"{name}.forward", "t", wrong_types(t), of_t)
    crossed(f"{name}.target", "t", not_arrays(), lambda w, t: kind().target(t, X))
    alike(f"{name}.forward", "x", disguises(X), of_x, X)
    alike(f"{name}.forward", "t", disguises(t), of_t, t)
    alike(f"{name}.forward", "t", [(d, t.astype(d)) for d in ("bool", "i1", "u1", "f2")], of_t, t)
    alike(f"{name}.forward", "t", [("soft rows", SOFT)], of_t, SOFT)

    def back(w, dout):
        loss = kind()
        loss.forward(X, ROWS)
        return loss.backward(dout)

    crossed(f"{name}.backward", "dout", not_numbers(), back)
    alike(
        f"{name}.backward",
        "dout",
        [
            ("an integer", 2),
            ("a fraction", Fraction(2)),
            ("no axes", np.array(2.0)),
            ("float32", np.float32(2)),
        ],
        back,
        2.0,
    )
    too_early(f"{name}.backward", lambda w: kind().backward())
    raises(f"{name}.forward", "no samples", lambda w: kind().forward(X[:0], ROWS[:0]), x_named)
    raises(f"{name}.forward", "more targets", lambda w: kind().forward(X[:1], ROWS), t_named)
    raises(f"{name}.forward", "fewer columns", lambda w: kind().forward(X, ROWS[:, :2]), t_named)
    raises(f"{name}.forward", "NaN as target", lambda w: of_t(w, ROWS * NAN), t_named)
    raises(f"{name}.forward", "an infinite target", lambda w: of_t(w, ROWS + INF), t_named)
    raises(f"{name}.forward", "two libraries", lambda w: of_t(w, strict(ROWS)), t_named)
    means(f"{name}.forward", "NaN scores", lambda w: of_x(w, X * NAN), NAN)
    means(
        f"{name}.forward",
        "one sample",
        lambda w: kind().forward(X[:1], ROWS[:1]),
        lambda w: float(kind().compare(X[:1], ROWS[:1])),
    )
    means(f"{name}.forward", "a float comes back", lambda w: type(of_x(w, X)) is float, True)
    raises(
        f"{name}.compare",
        "targets of one axis",
        lambda w: kind().compare(np.eye(3), np.ones(3) / 3),
        "target",
    )
    raises(
        f"{name}.compare",
        "targets of one row",
        lambda w: kind().compare(np.eye(3), np.ones((1, 3)) / 3),
        "target",
    )
    raises(f"{name}.score", "other rows", lambda w: kind().score(X, ROWS[:1]), "target")
    means(f"{name}.score", "one sample", lambda w: kind().score(ROWS[:1], ROWS[:1]), 1.0)
    means(
        f"{name}.decide",
        "one sample",
        lambda w: kind().decide(ROWS[:1])[0],
        [True, False, False] if kind is SigmoidWithLoss else 0,
    )
    means(
        f"{name}.answers",
        "one sample",
        lambda w: kind().answers(ROWS[:1])[0],
        [True, False, False] if kind is SigmoidWithLoss else 0,
    )
    raises(name, "an argument", lambda w: kind(3), "", form="takes 1 positional argument")
    if kind is not SoftmaxWithLoss:
        raises(f"{name}.forward", "labels for rows", lambda w: of_t(w, LABELS), t_named)
        raises(
            f"{name}.forward",
            "a column for a row",
            lambda w: kind().forward(np.ones(3), np.ones((3, 1))),
            t_named,
        )
        means(
            f"{name}.forward",
            "one axis",
            lambda w: kind().forward(X[0], ROWS[0]),
            lambda w: kind().forward(X[:1], ROWS[:1]),
        )


@for_each([("below 0", ROWS - 0.1), ("above 1", ROWS + 0.1)])
def _(name, t):
    raises("SoftmaxWithLoss.target", name, lambda w: SoftmaxWithLoss().target(t, X), "\\bt$")
    raises("SigmoidWithLoss.target", name, lambda w: SigmoidWithLoss().target(t, X), "\\bt$")
    means("MeanSquaredError.target", name, lambda w: MeanSquaredError().target(t, X), t)


of_labels = lambda w, t: SoftmaxWithLoss().forward(X, t)  # noqa: E731
alike(
    "SoftmaxWithLoss.forward",
    "labels",
    [(d, LABELS.astype(d)) for d in ("i1", "u1", "u8")],
    of_labels,
    LABELS,
)
raises("SoftmaxWithLoss.forward", "labels as floats", lambda w: of_labels(w, LABELS + 0.5), "\\bt$")
raises("SoftmaxWithLoss.forward", "labels yes and no", lambda w: of_labels(w, LABELS > 0), "\\bt$")
raises(
    "SoftmaxWithLoss.forward",
    "labels in a column",
    lambda w: of_labels(w, LABELS[:, None]),
    "\\bt$",
)
raises("SoftmaxWithLoss.forward", "a label too large", lambda w: of_labels(w, LABELS + 1), "\\bt$")
raises("SoftmaxWithLoss.forward", "a negative label", lambda w: of_labels(w, LABELS - 1), "\\bt$")
raises(
    "SoftmaxWithLoss.forward",
    "one axis",
    lambda w: SoftmaxWithLoss().forward(X[0], ROWS[0]),
    "x|scores",
)
means(
    "SoftmaxWithLoss.forward",
    "the largest scores",
    lambda w: SoftmaxWithLoss().forward(np.array([[1e308, -1e307]]), np.array([0])),
    0.0,
)
means(
    "SigmoidWithLoss.forward",
    "the largest scores",
    lambda w: SigmoidWithLoss().forward(np.array([1e308, -1e308]), np.array([1, 0])),
    0.0,
)
means(
    "MeanSquaredError.forward",
    "uint8 targets",
    lambda w: MeanSquaredError().forward(np.array([0.0]), np.array([200], "u1")),
    40000.0,
)
means("MeanSquaredError.score", "no classes", lambda w: MeanSquaredError().score(X, X), None)
means("Loss.answers", "the base", lambda w: Loss().answers(ROWS), None)
left_open("Loss.decide", lambda w: Loss().decide(X))
means("Loss.score", "the base", lambda w: Loss().score(X, ROWS), None)
left_open("Loss.target", lambda w: Loss().target(ROWS, X))
left_open("Loss.compare", lambda w: Loss().compare(X, ROWS))
left_open("Loss.forward", lambda w: Loss().forward(X, ROWS))
left_open("Loss", lambda w: Loss().backward())

# ---------------------------------------------------------------- models

crossed("Sequential", "layers", not_networks(), lambda w, v: Sequential(v, SoftmaxWithLoss()))
crossed(
    "Sequential",
    "layers[0]",
    dict([*not_networks(), *not_arrays()]).items(),
    lambda w, v: Sequential([v], SoftmaxWithLoss()),
    names="layers\\[0\\]",
)
crossed("Sequential", "loss_layer", not_networks(), lambda w, v: Sequential([Sigmoid()], v))
raises(
    "Sequential",
    "a class in layers",
    lambda w: Sequential([Sigmoid], SoftmaxWithLoss()),
    "layers\\[0\\]",
)
raises(
    "Sequential",
    "an optimizer in layers",
    lambda w: Sequential([SGD()], SoftmaxWithLoss()),
    "layers\\[0\\]",
)
raises(
    "Sequential",
    "a loss in layers",
    lambda w: Sequential([SoftmaxWithLoss()], SoftmaxWithLoss()),
    "layers\\[0\\]",
)
raises(
    "Sequential", "one layer alone", lambda w: Sequential(Sigmoid(), SoftmaxWithLoss()), "layers"
)
raises(
    "Sequential",
    "a layer twice",
    lambda w: Sequential([(s := Sigmoid()), s], SoftmaxWithLoss()),
    "layers\\[1\\]",
)
raises(
    "Sequential",
    "a class as loss",
    lambda w: Sequential([Sigmoid()], SoftmaxWithLoss),
    "loss_layer",
)
raises("Sequential", "a layer as loss", lambda w: Sequential([Sigmoid()], Sigmoid()), "loss_layer")
raises("Sequential", "a model as loss", lambda w: Sequential([Sigmoid()], w.model), "loss_layer")
raises("Sequential", "no loss", lambda w: Sequential([Sigmoid()]), "loss_layer", form="missing")
means(
    "Sequential",
    "a generator of layers",
    lambda w: len(Sequential((kind() for kind in (Sigmoid, ReLU)), SoftmaxWithLoss()).layers),
    2,
)
predict = lambda w, x: w.model.predict(x)  # noqa: E731
crossed("Sequential.predict", "x", not_arrays(), predict)
crossed("Sequential.predict", "x", wrong_types(XS), predict)
alike("Sequential.predict", "x", disguises(XS), predict, XS)
alike("Sequential.predict", "x", [(d, XS.astype(d)) for d in ("i8", "i1", "f2", "f4")], predict, XS)
crossed("Sequential.forward", "x", not_arrays(), lambda w, x: w.model.forward(x, w.t))
crossed("Sequential.forward", "t", not_arrays(), lambda w, t: w.model.forward(w.x, t))
alike(
    "Sequential.forward",
    "t",
    [(d, np.array([0, 1, 2, 0, 1, 2], d)) for d in ("i1", "u1", "u8")],
    lambda w, t: w.model.forward(w.x, t),
    np.array([0, 1, 2, 0, 1, 2]),
)
crossed(
    "Sequential.backward",
    "dout",
    not_numbers(),
    lambda w, dout: (w.model.forward(w.x, w.t), w.model.backward(dout)),
)
raises("Sequential.predict", "another width", lambda w: w.model.predict(np.ones((4, 3))), "x")
raises("Sequential.predict", "one sample without its axis", lambda w: w.model.predict(XS[0]), "x")
raises("Sequential.predict", "another library's", lambda w: w.model.predict(strict(XS)), "x")
means("Sequential.predict", "no samples", lambda w: w.model.predict(XS[:0]).shape, (0, 3))
raises("Sequential.forward", "fewer targets", lambda w: w.model.forward(w.x, w.t[:-1]), "\\bt")
raises("Sequential.forward", "a label too large", lambda w: w.model.forward(w.x, w.t + 1), "\\bt")
raises("Sequential.forward", "no samples", lambda w: w.model.forward(w.x[:0], w.t[:0]), "x|scores")
means("Sequential.forward", "one sample", lambda w: w.model.forward(w.x[:1], w.t[:1]) > 0, True)
too_early(
    "Sequential.backward",
    lambda w: TwoLayerNet(2, 4, 3, rng=w.rng and np.random.default_rng(1)).backward(),
)
too_early(
    "Sequential.fill_grads",
    lambda w: TwoLayerNet(2, 4, 3, rng=np.random.default_rng(1)).fill_grads(),
    form="run forward first",
)


def net(w, **odd):
    sizes = {"input_size": 2, "hidden_size": 4, "output_size": 3}
    return TwoLayerNet(**(sizes | {"rng": w.rng} | odd))


@for_each([["input_size"], ["hidden_size"], ["output_size"]])
def _(argument):
    crossed("TwoLayerNet", argument, counts(), lambda w, n: net(w, **{argument: n}))
    alike(
        "TwoLayerNet",
        argument,
        [("uint8", np.uint8(5)), ("int64", np.int64(5))],
        lambda w, n: net(w, **{argument: n}, rng=np.random.default_rng(1)).params,
        5,
    )


crossed("TwoLayerNet", "weight_scale", numbers(), lambda w, s: net(w, weight_scale=s))
crossed("TwoLayerNet", "rng", rngs(), lambda w, rng: net(w, rng=rng))
crossed("TwoLayerNet", "dtype", dtypes(), lambda w, d: net(w, dtype=d))
crossed("TwoLayerNet", "xp", libraries(), lambda w, xp: net(w, xp=xp))
means(
    "TwoLayerNet",
    "weight_scale is a fraction",
    lambda w: net(w, weight_scale=Fraction(1, 100), rng=np.random.default_rng(1)).params,
    lambda w: net(w, rng=np.random.default_rng(1)).params,
)
raises(
    "TwoLayerNet",
    "a type the library lacks",
    lambda w: net(w, dtype=np.float16, xp=array_api_strict),
    "^dtype",
)
means("TwoLayerNet", "float16", lambda w: net(w, dtype="float16").params[0].dtype.name, "float16")
means("TwoLayerNet", "no weights", lambda w: net(w, weight_scale=0).predict(w.x), np.zeros((6, 3)))

# ---------------------------------------------------------------- files


def paths():
    yield "None", None
    yield "a file number", 1
    yield "bytes", b"model.npz"
    yield "a list", ["model.npz"]
    yield "empty", ""
    yield "a class", Path
    yield "an array", np.zeros(2)


def spoiled(w, change):
    """Write a file as `save_params` does, change its bytes, and return its path."""
    path = w.file("spoiled.npz", **w.params())
    path.write_bytes(change(path.read_bytes()))
    return path


def pickled(w):
    path = w.folder / "pickled.npz"
    path.write_bytes(pickle.dumps({"param_0": 1}))
    return path


FILES = {
    "text": lambda w: spoiled(w, lambda data: b"W1 = 3"),
    "an empty file": lambda w: spoiled(w, lambda data: b""),
    "half a file": lambda w: spoiled(w, lambda data: data[: len(data) // 2]),
    "a changed byte": lambda w: spoiled(w, lambda data: data[:200] + b"?" + data[201:]),
    "a pickle": pickled,
    "foreign arrays": lambda w: w.file("foreign.npz", weights=W, biases=B),
    "no arrays": lambda w: w.file("nothing.npz"),
    "an array too many": lambda w: w.file("more.npz", **w.params(param_4=W)),
    "an array too few": lambda w: w.file("fewer.npz", param_0=w.model.params[0]),
    "other shapes": lambda w: w.file("shapes.npz", **w.params(param_0=np.ones((4, 2)))),
    "a shape that broadcasts": lambda w: w.file("one.npz", **w.params(param_3=np.ones(1))),
    "NaN": lambda w: w.file("nan.npz", **w.params(param_3=np.full(3, NAN))),
    "infinity": lambda w: w.file("inf.npz", **w.params(param_3=np.full(3, INF))),
    "complex": lambda w: w.file("complex.npz", **w.params(param_3=np.ones(3, complex))),
    "strings": lambda w: w.file("strings.npz", **w.params(param_3=np.array(["1", "2", "3"]))),
    "objects": lambda w: w.file("objects.npz", **w.params(param_3=np.array([1, 2, 3], object))),
    "booleans": lambda w: w.file("booleans.npz", **w.params(param_3=np.ones(3, bool))),
}
SAVERS = [
    ("Sequential", lambda w: w.model, "save_params", "load_params", lambda w: []),
    ("Optimizer", lambda w: w.optimizer, "save", "load", lambda w: [w.model.params]),
    ("Trainer", lambda w: w.trainer, "save", "load", lambda w: []),
]


@for_each(SAVERS)
def _(name, owner, save, load, more):
    write = lambda w, path: getattr(owner(w), save)(path, *more(w))  # noqa: E731
    read = lambda w, path: getattr(owner(w), load)(path, *more(w))  # noqa: E731
    crossed(f"{name}.{save}", "path", paths(), write)
    crossed(f"{name}.{load}", "path", paths(), read)
    raises(
        f"{name}.{save}",
        "a missing folder",
        lambda w: write(w, w.folder / "no" / "file.npz"),
        "",
        error=OSError,
        form="",
    )
    raises(
        f"{name}.{load}",
        "a missing file",
        lambda w: read(w, w.folder / "no.npz"),
        "",
        error=OSError,
        form="",
    )
    raises(
        f"{name}.{save}",
        "a folder",
        lambda w: ((w.folder / "a.npz").mkdir(), write(w, w.folder / "a.npz")),
        "",
        error=OSError,
        form="",
    )
    raises(
        f"{name}.{load}",
        "a folder",
        lambda w: ((w.folder / "a.npz").mkdir(), read(w, w.folder / "a.npz")),
        "",
        error=OSError,
        form="",
    )
    means(
        f"{name}.{save}",
        "a name without .npz",
        lambda w: (write(w, w.folder / "run"), (w.folder / "run.npz").is_file())[-1],
        True,
    )
    means(
        f"{name}.{save}",
        "a string",
        lambda w: (write(w, str(w.folder / "run.npz")), (w.folder / "run.npz").is_file())[-1],
        True,
    )
    for kind in FILES if name == "Sequential" else list(FILES)[:7]:
        broken = lambda w, make=FILES[kind]: read(w, make(w))  # noqa: E731
        raises(f"{name}.{load}", kind, broken, r"\.npz|path")


means(
    "Sequential.load_params",
    "float16",
    lambda w: (
        w.model.load_params(w.file("h.npz", **w.params(param_3=np.ones(3, "f2")))),
        w.model.params[3].tolist() == [1.0, 1.0, 1.0],
    )[-1],
    True,
)
means(
    "Sequential.load_params",
    "big-endian numbers",
    lambda w: (
        w.model.load_params(w.file("e.npz", **w.params(param_3=np.ones(3, ">f8")))),
        w.model.params[3].tolist() == [1.0, 1.0, 1.0],
    )[-1],
    True,
)
raises(
    "Sequential.load_params",
    "another model's",
    lambda w: (
        net(w, hidden_size=5, rng=np.random.default_rng(1)).save_params(w.folder / "m"),
        w.model.load_params(w.folder / "m"),
    ),
    "npz",
)
raises(
    "Optimizer.load",
    "another rule's",
    lambda w: (
        SGD().save(w.folder / "o", w.model.params),
        w.optimizer.load(w.folder / "o", w.model.params),
    ),
    "npz",
)
raises(
    "Optimizer.load",
    "a model's",
    lambda w: (
        w.model.save_params(w.folder / "o"),
        w.optimizer.load(w.folder / "o", w.model.params),
    ),
    "npz",
)
raises(
    "Trainer.load",
    "a model's",
    lambda w: (w.model.save_params(w.folder / "o"), w.trainer.load(w.folder / "o")),
    "npz",
)

# ---------------------------------------------------------------- optimizers

means(
    "Sequential.state",
    "is a copy",
    lambda w: ((s := w.model.state()), s["param_3"].fill(9), w.model.params[3])[-1],
    lambda w: w.model.params[3],
)
raises("Sequential.restore", "a list", lambda w: w.model.restore([1.0]), "state")
raises("Sequential.restore", "nothing", lambda w: w.model.restore({}), "state")
raises(
    "Sequential.restore",
    "another model's",
    lambda w: w.model.restore(net(w, hidden_size=5, rng=np.random.default_rng(1)).state()),
    "state",
)
raises("Optimizer.state", "other parameters", lambda w: w.optimizer.state([W.copy()]), "params")
raises("Optimizer.state", "a list of lists", lambda w: w.optimizer.state([[1.0]]), "params")
raises("Optimizer.restore", "nothing", lambda w: w.optimizer.restore({}, w.model.params), "state")
raises(
    "Optimizer.restore",
    "other parameters",
    lambda w: w.optimizer.restore(w.optimizer.state(w.model.params), [W.copy()]),
    "params",
)

RATES = {"learning_rate": ("zero", 0)}
OPTIMIZERS: dict[Any, dict[str, tuple[str, float]]] = {
    Optimizer: RATES,
    SGD: RATES,
    Momentum: RATES | {"momentum": ("one", 1)},
    AdaGrad: RATES | {"epsilon": ("zero", 0)},
    RMSprop: RATES | {"decay": ("one", 1), "epsilon": ("zero", 0)},
    Adam: RATES | {"beta1": ("one", 1), "beta2": ("one", 1), "epsilon": ("zero", 0)},
}


def after_steps(make, grads, start=W):
    """Return the parameters that start at W after some updates."""
    optimizer, params = make(), [start.copy()]
    for _ in range(3):
        optimizer.update(params, grads)
    return params


@for_each([(kind, *row) for kind, rows in OPTIMIZERS.items() for row in rows.items()])
def _(kind, argument, limit):
    name = kind.__name__
    build = lambda w, v: kind(**({"learning_rate": 1} | {argument: v}))  # noqa: E731
    found = lambda w, v: getattr(build(w, v), argument)  # noqa: E731
    crossed(name, argument, [*numbers(), limit], build)
    alike(name, argument, [("1/4", Fraction(1, 4)), ("float32", np.float32(0.25))], found, 0.25)
    means(
        name, f"{argument} is kept as", lambda w: type(found(w, Fraction(1, 4))).__name__, "float"
    )


@for_each([[SGD], [Momentum], [AdaGrad], [RMSprop], [Adam]])
def _(kind):
    subject, move = f"{kind.__name__}.step", lambda w, grads: after_steps(kind, grads)
    alike(subject, "grads", [(k, [v]) for k, v in disguises(W)], move, [W])
    crossed(subject, "grads", [(k, [v]) for k, v in wrong_types(W)], move)
    rate = lambda w, rate: after_steps(lambda: kind(learning_rate=rate), [W])  # noqa: E731
    alike(subject, "learning_rate", [("a fraction", Fraction(1, 4))], rate, 0.25)
    half = lambda w: after_steps(kind, [W.astype("f2")], start=W.astype("f2"))  # noqa: E731
    means(subject, "float16", lambda w: half(w)[0].dtype.name, "float16")


DW = np.ones((2, 3))


def update(w, params=NOTHING, grads=NOTHING):
    """Update the world's model with other parameters or gradients than its own."""
    params = w.model.params if params is NOTHING else params
    grads = [np.ones_like(param) for param in w.model.params] if grads is NOTHING else grads
    w.optimizer.update(params, grads)


def one_grad(w, grad):
    """Update the world's model with good gradients but for the last."""
    update(w, grads=[*[np.ones_like(param) for param in w.model.params[:-1]], grad])


crossed("Optimizer.update", "params", not_arrays(), lambda w, p: update(w, params=p))
crossed("Optimizer.update", "grads", not_arrays(), lambda w, g: update(w, grads=g))
crossed("Optimizer.update", "a gradient", not_arrays(), lambda w, g: one_grad(w, g), names="grads")
crossed(
    "Optimizer.update",
    "one gradient",
    not_floating(np.ones(3)),
    lambda w, g: one_grad(w, g),
    names="grads",
)
raises(
    "Optimizer.update", "a gradient of another shape", lambda w: one_grad(w, np.ones(4)), "grads"
)
raises("Optimizer.update", "a gradient that broadcasts", lambda w: one_grad(w, np.ones(1)), "grads")
raises(
    "Optimizer.update",
    "another library's gradient",
    lambda w: one_grad(w, strict(np.ones(3))),
    "grads",
)
raises(
    "Optimizer.update", "a gradient too few", lambda w: update(w, grads=w.model.grads[1:]), "grads"
)
raises(
    "Optimizer.update",
    "a gradient too many",
    lambda w: update(w, grads=[*w.model.grads, W]),
    "grads",
)
raises("Optimizer.update", "no gradients", lambda w: update(w, grads=[]), "grads")
means("Optimizer.update", "nothing", lambda w: SGD().update([], []), None)
raises(
    "Optimizer.update",
    "other parameters",
    lambda w: update(w, [p.copy() for p in w.model.params]),
    "params",
)
raises(
    "Optimizer.update",
    "an order of its own",
    lambda w: w.optimizer.update(w.model.params[::-1], w.model.grads[::-1]),
    "params|grads",
)
raises(
    "Optimizer.update",
    "an array for a list",
    lambda w: update(w, w.model.params[0], w.model.grads[0]),
    "params|grads",
)
raises(
    "Optimizer.update",
    "integer parameters",
    lambda w: SGD().update([np.ones(2, int)], [np.ones(2)]),
    "params",
)
raises(
    "Optimizer.update",
    "complex parameters",
    lambda w: SGD().update([np.ones(2, complex)], [np.ones(2)]),
    "params",
)
raises(
    "Optimizer.update",
    "a read-only parameter",
    lambda w: (w.model.params[3].setflags(write=False), update(w)),
    "params",
)
means(
    "Optimizer.update",
    "a generator of parameters",
    lambda w: ((p := [W.copy()]), SGD().update((each for each in p), (each for each in [DW])), p)[
        -1
    ],
    [W - 0.01 * DW],
)
means(
    "Optimizer.update",
    "a tuple",
    lambda w: ((p := [W.copy()]), SGD().update(tuple(p), (DW,)), p)[-1],
    [W - 0.01 * DW],
)
left_open("Optimizer.update", lambda w: Optimizer(0.1).update([W.copy()], [DW]))
left_open("Optimizer.step", lambda w: Optimizer(0.1).step(W.copy(), DW))


@for_each([*numbers(), ("zero", 0)])
def _(kind, value):
    raises(
        "Optimizer",
        f"learning_rate is set to {kind}",
        lambda w: setattr(w.optimizer, "learning_rate", value),
        "learning_rate",
    )


# ---------------------------------------------------------------- the trainer

trainer = lambda w, **odd: Trainer(  # noqa: E731
    **({"model": w.model, "optimizer": w.optimizer, "rng": w.rng} | odd)
)
crossed("Trainer", "model", not_networks(), lambda w, v: trainer(w, model=v))
crossed("Trainer", "optimizer", not_networks(), lambda w, v: trainer(w, optimizer=v))
crossed("Trainer", "rng", rngs(), lambda w, v: trainer(w, rng=v))
raises("Trainer", "a class as model", lambda w: trainer(w, model=TwoLayerNet), "model")
raises("Trainer", "a class as optimizer", lambda w: trainer(w, optimizer=SGD), "optimizer")
raises("Trainer", "a layer as model", lambda w: trainer(w, model=Sigmoid()), "model")
raises(
    "Trainer",
    "the two swapped",
    lambda w: Trainer(w.optimizer, w.model, rng=w.rng),
    "model|optimizer",
)
raises("Trainer", "a trainer as model", lambda w: trainer(w, model=w.trainer), "model")
raises("Trainer", "no generator", lambda w: Trainer(w.model, w.optimizer), "rng", form="missing")


def fit(w, x=NOTHING, t=NOTHING, **odd):
    x, t = w.x if x is NOTHING else x, w.t if t is NOTHING else t
    return w.trainer.fit(x, t, **({"max_epoch": 2, "batch_size": 4} | odd))


def epochs(w, x=NOTHING, t=NOTHING, **odd):
    """Call `epochs`, which checks at once, and take no epoch."""
    x, t = w.x if x is NOTHING else x, w.t if t is NOTHING else t
    return w.trainer.epochs(x, t, **({"max_epoch": 2, "batch_size": 4} | odd))


def losses(history):
    return history.loss, history.accuracy, history.validation_loss


PLAIN = np.random.default_rng(0).standard_normal((6, 2))  # as in the world
PLAIN_T = np.array([0, 1, 2, 0, 1, 2])


@for_each([("Trainer.fit", fit), ("Trainer.epochs", epochs)])
def _(subject, start):
    crossed(subject, "max_epoch", counts(), lambda w, n: start(w, max_epoch=n))
    crossed(subject, "batch_size", counts(), lambda w, n: start(w, batch_size=n))
    crossed(subject, "x", not_arrays(), lambda w, x: start(w, x))
    crossed(subject, "x", not_floating(PLAIN), lambda w, x: start(w, x))
    crossed(subject, "t", not_arrays(), lambda w, t: start(w, t=t))
    crossed(subject, "t", wrong_types(PLAIN_T), lambda w, t: start(w, t=t))
    pairs = [(kind, pair) for kind, pair in not_arrays() if pair is not None]
    crossed(subject, "validation", pairs, lambda w, v: start(w, validation=v))
    raises(subject, "a batch larger than the data", lambda w: start(w, batch_size=7), "batch_size")
    raises(subject, "x of another width", lambda w: start(w, np.ones((6, 3))), "x")
    raises(subject, "x of one axis", lambda w: start(w, np.ones(6)), "^x")
    raises(subject, "x without samples", lambda w: start(w, w.x[:0], w.t[:0]), "^x")
    raises(subject, "x without columns", lambda w: start(w, w.x[:, :0]), "x")
    raises(subject, "NaN in x", lambda w: start(w, np.where(w.x == w.x[1], NAN, w.x)), "^x")
    raises(subject, "infinity in x", lambda w: start(w, w.x + INF), "^x")
    raises(subject, "fewer targets", lambda w: start(w, t=w.t[:-1]), "^t")
    raises(subject, "a label too large", lambda w: start(w, t=w.t + 1), "\\bt$")
    raises(subject, "targets as floats", lambda w: start(w, t=w.t + 0.0), "\\bt$")
    raises(subject, "another library's x", lambda w: start(w, strict(PLAIN)), "^x")
    raises(
        subject, "another library's data", lambda w: start(w, strict(PLAIN), strict(PLAIN_T)), "x"
    )
    raises(
        subject, "validation of three", lambda w: start(w, validation=(w.x, w.t, w.t)), "validation"
    )
    raises(subject, "validation of one", lambda w: start(w, validation=(w.x,)), "validation")
    raises(
        subject,
        "validation of another width",
        lambda w: start(w, validation=(np.ones((6, 3)), w.t)),
        "validation|x",
    )
    raises(
        subject,
        "validation with other classes",
        lambda w: start(w, validation=(w.x, w.t + 1)),
        "validation t|\\bt$",
    )
    raises(
        subject, "NaN in validation", lambda w: start(w, validation=(w.x * NAN, w.t)), "validation"
    )
    raises(
        subject, "empty validation", lambda w: start(w, validation=(w.x[:0], w.t[:0])), "validation"
    )
    raises(
        subject,
        "validation of other lengths",
        lambda w: start(w, validation=(w.x, w.t[:-1])),
        "validation",
    )
    raises(
        subject,
        "lists in validation",
        lambda w: start(w, validation=([[1.0, 2.0]], [0])),
        "validation",
    )


of_x, of_t = lambda w, x: losses(fit(w, x)), lambda w, t: losses(fit(w, t=t))
alike("Trainer.fit", "x", disguises(PLAIN), of_x, PLAIN)
alike("Trainer.fit", "t", disguises(PLAIN_T), of_t, PLAIN_T)
alike("Trainer.fit", "t", [(d, PLAIN_T.astype(d)) for d in ("i1", "u1", "u8")], of_t, PLAIN_T)
alike("Trainer.fit", "t", [("rows", np.eye(3)[PLAIN_T])], of_t, PLAIN_T)
alike(
    "Trainer.fit",
    "batch_size",
    [("uint8", np.uint8(4)), ("int8", np.int8(4))],
    lambda w, n: losses(fit(w, batch_size=n)),
    4,
)
alike(
    "Trainer.fit",
    "max_epoch",
    [("uint8", np.uint8(2)), ("int8", np.int8(2))],
    lambda w, n: losses(fit(w, max_epoch=n)),
    2,
)
alike(
    "Trainer.fit",
    "validation",
    [("a pair in a list", [PLAIN, PLAIN_T])],
    lambda w, v: losses(fit(w, validation=v)),
    (PLAIN, PLAIN_T),
)
means(
    "Trainer.fit",
    "uint8 batches of many samples",
    lambda w: losses(
        fit(w, np.tile(PLAIN, (100, 1)), np.tile(PLAIN_T, 100), batch_size=np.uint8(200))
    ),
    lambda w: losses(fit(w, np.tile(PLAIN, (100, 1)), np.tile(PLAIN_T, 100), batch_size=200)),
)
means("Trainer.fit", "one sample", lambda w: len(fit(w, w.x[:1], w.t[:1], batch_size=1)), 3)
means("Trainer.fit", "float16", lambda w: len(fit(w, w.x.astype("f2"))), 3)
raises(
    "Trainer.fit",
    "a model on another library",
    lambda w: Trainer(
        net(w, xp=array_api_strict, rng=np.random.default_rng(1)), SGD(), rng=w.rng
    ).fit(w.x, w.t, batch_size=2),
    "x and W",
)
raises("History.append", "a number", lambda w: w.trainer.history.append(0.5), "result")
raises("History.append", "None", lambda w: w.trainer.history.append(None), "result")
raises("History.append", "a class", lambda w: w.trainer.history.append(History), "result")
means("History", "nothing", lambda w: len(History()), 0)
means(
    "History.shorten",
    "more than there are",
    lambda w: (w.trainer.history.shorten(9), len(w.trainer.history))[-1],
    1,
)
means("DivergenceError", "a text", lambda w: str(DivergenceError("too fast")), "too fast")
raises(
    "Trainer.fit",
    "a learning rate that diverges",
    lambda w: Trainer(net(w, rng=np.random.default_rng(1)), SGD(1e308), rng=w.rng).fit(
        1e5 * w.x, w.t, batch_size=1
    ),
    "the loss became",
    error=DivergenceError,
    form="epoch.*learning rate",
)
