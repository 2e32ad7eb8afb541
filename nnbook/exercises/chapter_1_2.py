"""The exercises of chapter 1.2: neurons, layers, and layers as classes."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from nnbook.exercises.functions import check_forward, check_function, words_of
from nnbook.exercises.registry import exercise
from nnbook.exercises.samples import normal
from nnbook.exercises.values import check_array, check_each, find_fault
from nnbook.exercises.verdict import Verdict, judged
from nnlib.functions import sigmoid

Function = Callable[..., Any]

SIZES = [(5, 2, 4), (1, 2, 4), (5, 4, 3)]  # samples, inputs, neurons
LAYERS = [normal((n, d), (d, h), (h,)) for n, d, h in SIZES]  # x, W and b

# ---------------------------------------------------------------- 1.2.1 Inference


@exercise(
    "1.2.1-a",
    hint="Each input has a weight of its own: multiply them pair by pair and add the products. The "
    "bias is added once, at the end (section 1.2.1).",
)
def one_neuron(answer: object) -> Verdict:
    """Compute the value of a neuron on paper."""
    x1, x2, w1, w2, b = 2.0, 3.0, 0.3, -0.5, 0.2
    mistakes = {
        "The bias is missing.": x1 * w1 + x2 * w2,
        "The sign is wrong.": -(x1 * w1 + x2 * w2 + b),
        "The second weight is negative.": x1 * w1 - x2 * w2 + b,
        "Each input has a weight of its own: you exchanged them.": x1 * w2 + x2 * w1 + b,
        "The bias is added once, not to each product.": x1 * w1 + x2 * w2 + 2 * b,
        "Add the three numbers.": [x1 * w1, x2 * w2, b],
    }
    return check_array(answer, x1 * w1 + x2 * w2 + b, mistakes=mistakes)


@exercise(
    "1.2.1-b",
    hint="On its line, the value of a neuron is 0. Put the point into the formula of the neuron, "
    "and solve for the bias.",
)
def bias_of_a_line(answer: object) -> Verdict:
    """Find the bias that moves a line through a point."""
    (x1, x2), (w1, w2) = (1, 2), (3, -1)
    mistakes = {
        "Try it: with this bias, is the neuron's value at (1, 2) equal to 0?": x1 * w1 + x2 * w2,
        "The second weight is negative.": -(x1 * w1 - x2 * w2),
        "The second weight is negative; and what must the bias do to the sum?": x1 * w1 - x2 * w2,
        "A bias is one number; this is the point.": (x1, x2),
        "The line must go through (1, 2), not through (2, 1).": -(x2 * w1 + x1 * w2),
        "With this bias the line goes through (0, 0).": 0,
    }
    return check_array(answer, -(x1 * w1 + x2 * w2), mistakes=mistakes)


@exercise(
    "1.2.1-c",
    hint="`W` leads from the inputs to the neurons: a row for each input, a column for each "
    "neuron. Then ask which of the three arrays know the number of samples.",
)
def shapes_of_a_layer(answers: object) -> Verdict:
    """Give the shapes of a hidden layer's arrays."""
    N, D, H = 10, 3, 6
    mistakes = {
        "W": {
            "x stands left of W: its columns meet the rows of W.": (H, D),
            "No weight knows how many samples there are.": (N, H),
        },
        "b": {
            "No bias knows how many samples there are.": (N, H),
            "A bias for each neuron, not for each input.": (D,),
        },
        "h": {
            "A sample is a row.": (H, N),
            "That is the shape of x.": (N, D),
        },
    }
    return check_each(answers, {"W": (D, H), "b": (H,), "h": (N, H)}, mistakes=mistakes)


@exercise(
    "1.2.1-d",
    hint="First compute the weighted sums of all samples with one matrix product, and add the "
    "biases. Then bend every entry with the activation function (section 1.2.1).",
)
def hidden_layer(function: object) -> Verdict:
    """Compute the activations of a hidden layer."""
    mistakes: dict[str, Function] = {
        "The sigmoid is missing.": lambda x, W, b: x @ W + b,
        "The bias was added after the sigmoid.": lambda x, W, b: sigmoid(x @ W) + b,
        "The bias is missing.": lambda x, W, b: sigmoid(x @ W),
        "The bias is subtracted.": lambda x, W, b: sigmoid(x @ W - b),
        "This is the first sample only.": lambda x, W, b: sigmoid(x[0] @ W + b),
        "* multiplies entry by entry; you need @.": lambda x, W, b: sigmoid(x * W + b),
        "x stands left of W.": lambda x, W, b: sigmoid(W @ x + b),
    }
    return check_function(
        function, lambda x, W, b: sigmoid(np.dot(x, W) + b), LAYERS, mistakes=mistakes
    )


@exercise(
    "1.2.1-e",
    hint="`argmax` finds the place of the largest entry. Choose the axis that runs over the "
    "classes, so that each row is searched by itself (section 1.2.1).",
)
def predicted_class(function: object) -> Verdict:
    """Return the class with the largest score of each sample."""
    cases = [normal((5, 3)), normal((2, 3)), (np.array([[-3.0, -1.0, -2.0, -5.0]]),)]
    mistakes: dict[str, Function] = {
        "This is one number for the whole array.": lambda s: s.argmax(),
        "axis=0 compares the samples, not the classes.": lambda s: s.argmax(axis=0),
        "These are the largest scores. Which classes have them?": lambda s: s.max(axis=1),
        "The first class is 0.": lambda s: s.argmax(axis=1) + 1,
        "These are the classes with the smallest scores.": lambda s: s.argmin(axis=1),
        "A large negative score is still a low one.": lambda s: np.abs(s).argmax(axis=1),
        "One axis too many was kept.": lambda s: s.argmax(axis=1, keepdims=True),
    }
    return check_function(
        function, lambda s: np.argsort(s, axis=1)[:, -1], cases, mistakes=mistakes
    )


@exercise(
    "1.2.1-f",
    hint="Write down the output of both layers and multiply out the brackets. The new biases are "
    "all that does not depend on x.",
)
def combined_biases(function: object) -> Verdict:
    """Return the biases of one layer that does the work of two linear ones."""
    return check_biases_of_two(function)


def check_biases_of_two(function: object) -> Verdict:
    """Check the biases of two affine layers in one; 1.6-c asks for them again."""
    cases = [normal((h,), (h, c), (c,)) for h, c in [(4, 3), (3, 3)]]
    mistakes: dict[str, Function] = {
        "The first biases pass through the second weights.": lambda b1, W2, b2: b1 + b2,
        "The second biases are missing.": lambda b1, W2, b2: b1 @ W2,
        "The first biases are missing.": lambda b1, W2, b2: b2,
        "The biases are a row: they stand left of the weights.": lambda b1, W2, b2: W2 @ b1 + b2,
        "The second biases don't pass through weights.": lambda b1, W2, b2: (b1 + b2) @ W2,
    }
    return check_function(
        function, lambda b1, W2, b2: np.dot(W2.T, b1) + b2, cases, mistakes=mistakes
    )


# ---------------------------------------------------------------- 1.2.2 Layers as classes


@exercise(
    "1.2.2-a",
    hint="Work out the row (1, 0) times `W` with letters for the entries: which row of `W` is the "
    "result? Then do the same with (0, 1).",
)
def quarter_turn(answer: object) -> Verdict:
    """Find the matrix that turns the plane by a quarter turn."""
    W = np.array([[0, 1], [-1, 0]])
    mistakes = {
        "This turns clockwise.": W.T,
        "This sends (0, 1) to (1, 0): it reflects.": np.abs(W),
        "This turns by half a turn.": -np.eye(2),
        "This leaves everything where it is.": np.eye(2),
        "The numbers need two rows, in brackets of their own.": W.ravel(),
    }
    return check_array(answer, W, mistakes=mistakes)


NOT_ITS_OWN = {"Affine", "MyAffine", "Layer", "MyLayer", "Sequential"}


@exercise(
    "1.2.2-b",
    hint="Both lists hold two arrays: `params` what the layer is given, `grads` zeros in the same "
    "shapes. The formula of `forward` is that of section 1.2.1 for a minibatch.",
)
def affine_layer(kind: Any) -> Verdict:
    """Write Affine as a class of its own: `params`, `grads` and `forward`."""
    mistakes: dict[str, Function] = {
        "The bias is missing.": lambda x, W, b: x @ W,
        "This is the first sample only.": lambda x, W, b: x[0] @ W + b,
        "x stands left of W.": lambda x, W, b: W @ x + b,
        "* multiplies entry by entry; you need @.": lambda x, W, b: x * W + b,
    }
    verdict = check_forward(kind, lambda x, W, b: np.dot(x, W) + b, LAYERS, mistakes=mistakes)
    if not verdict.ok:
        return verdict
    return judged(_find_help(kind) or _find_fault_of_lists(kind), verdict.message)


def _find_help(kind: Any) -> str | None:
    """Say which other class a class leans on, if it does."""
    words = {each.__name__ for each in kind.__mro__[1:-1]}
    for method in filter(callable, vars(kind).values()):
        words |= words_of(method) & NOT_ITS_OWN
    return f"forward is right, but it leans on {' and '.join(sorted(words))}." if words else None


def _find_fault_of_lists(kind: Any) -> str | None:
    """Say whether `params` or `grads` is not the list that it should be."""
    _, W, b = LAYERS[0]
    layer = kind(W, b)
    wanted = {
        "params": ("W and b", (W, b)),
        "grads": ("zeros, in the shapes of W and b", (np.zeros_like(W), np.zeros_like(b))),
    }
    for name, (words, arrays) in wanted.items():
        given = getattr(layer, name, None)
        if not isinstance(given, list) or find_fault(tuple(given), arrays, 1e-8):
            return f"forward is right; {name} should be a list: {words}."
    return None


@exercise(
    "1.2.2-c",
    hint="NumPy has an elementwise function that keeps the larger of two numbers, here an entry "
    "and 0. It is not `np.max`, which searches along an axis.",
)
def relu_layer(kind: object) -> Verdict:
    """Write the `forward` of ReLU."""
    cases = [*(layer[:1] for layer in LAYERS), (np.array([[-2.0, 0.0, 3.0]]),)]
    cases += [(np.array([-0.5, 0.25]),)]
    mistakes: dict[str, Function] = {
        "np.max looks for the largest entry of each column.": lambda x: np.max(x, 0),
        "A negative number becomes 0; it does not change its sign.": np.abs,
        "This keeps the negative numbers.": lambda x: np.minimum(x, 0),
        "These are the slopes. Keep the numbers themselves.": lambda x: x > 0,
        "Nothing was replaced.": lambda x: x,
    }
    return check_forward(kind, lambda x: np.where(x > 0, x, 0.0), cases, mistakes=mistakes)


@exercise(
    "1.2.2-d",
    hint="Count each affine layer by itself: one weight for every pair of an input and a neuron, "
    "and one bias for every neuron.",
)
def parameters_of_the_spiral(answer: object) -> Verdict:
    """Count the parameters of a 2-10-3 network."""
    D, H, C = 2, 10, 3
    mistakes = {
        "The biases are missing.": D * H + H * C,
        "Those are the arrays. How many numbers do they hold?": 4,
        "The output neurons have biases too.": D * H + H + H * C,
        "The hidden neurons have biases too.": D * H + H * C + C,
        "Inputs have no biases.": D * H + H * C + D + H + C,
        "Those are the neurons. How many weights lead to them?": D + H + C,
        "Those are the sizes of the layers.": (D, H, C),
        "The two layers are counted one after the other, not multiplied.": D * H * C,
    }
    return check_array(answer, D * H + H + H * C + C, mistakes=mistakes)


class Step:
    """A layer that knows its `forward` and nothing else."""

    def __init__(self, forward: Function):
        self.forward = forward


DOUBLE, ADD_1, SQUARE = Step(lambda x: 2 * x), Step(lambda x: x + 1), Step(np.square)


@exercise(
    "1.2.2-e",
    hint="The output of one layer is the input of the next. Loop over the layers, and let one name "
    "hold whatever goes into the next layer.",
)
def predict(function: object) -> Verdict:
    """Run any list of layers."""
    cases = [([DOUBLE], *normal((2, 3))), ([ADD_1, SQUARE], *normal((2, 3)))]
    cases += [([SQUARE, ADD_1, DOUBLE, SQUARE], *normal((1, 2)))]
    mistakes: dict[str, Function] = {
        "Only the first layer ran. Where does the return stand?": _first,
        "Each layer gets the output of the one before, not x.": lambda layers, x: layers[
            -1
        ].forward(x),
        "The layers ran from the last to the first.": lambda layers, x: _run(layers[::-1], x),
    }
    return check_function(function, _run, cases, mistakes=mistakes)


def _first(layers: Sequence[Step], x: Any) -> Any:
    return layers[0].forward(x)


def _run(layers: Sequence[Step], x: Any) -> Any:
    for layer in layers:
        x = layer.forward(x)
    return x
