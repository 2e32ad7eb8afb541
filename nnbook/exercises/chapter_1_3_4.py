"""The exercises of 1.3.4 and 1.3.5: gradients through nodes, and through layers."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnbook.exercises.functions import PRODUCTS, check_function
from nnbook.exercises.gradients import check_backward
from nnbook.exercises.registry import exercise
from nnbook.exercises.samples import new_rng, normal
from nnbook.exercises.values import check_array, check_number
from nnbook.exercises.verdict import Verdict

Function = Callable[..., Any]

# ---------------------------------------------------------------- 1.3.4 Computational graphs


@exercise(
    "1.3.4-a",
    hint="A multiplication swaps: each input gets the value of the other one, times what arrives. "
    "The input b is used in two places, and a branch adds what comes back.",
)
def branch(answer: object) -> Verdict:
    """Send 1 backward through f = (a + b) · b."""
    a, b = 2.0, 3.0
    mistakes = {
        "b leaves on two wires: add what comes back on them.": [b, a + b],
        "Only one of the two wires of b is counted.": [b, b],
        "A multiplication swaps: each input gets the other one.": [a + b, b + (a + b)],
        "The gradient of a comes first.": [a + 2 * b, b],
        "This is the value of f.": (a + b) * b,
        "These are the values of a and b.": [a, b],
    }
    return check_array(answer, [b, a + 2 * b], mistakes=mistakes)


@exercise(
    "1.3.4-b",
    hint="Where broadcasting stretched an axis on the way forward, sum over it on the way back. "
    "Then compare the number of axes with that of `c`.",
)
def column_gradient(function: object) -> Verdict:
    """Return the gradient of a column that was stretched to a matrix."""
    mistakes: dict[str, Function] = {
        "This sums over the samples; the column was stretched the other way.": lambda dout: (
            dout.sum(axis=0)
        ),
        "c has two axes, and so has its gradient.": lambda dout: dout.sum(axis=1),
        "A branch adds; it takes no mean.": lambda dout: dout.mean(axis=1, keepdims=True),
        "Each entry of c was used in a whole row.": lambda dout: dout,
        "This is the sum of everything.": lambda dout: dout.sum(),
        "This is one of the copies. Which others are there?": lambda dout: dout[:, :1],
    }
    return check_function(
        function,
        lambda dout: dout.sum(axis=1, keepdims=True),
        [normal((4, 3)), normal((2, 5))],
        mistakes=mistakes,
    )


@exercise(
    "1.3.4-c",
    hint="Begin with zeros in the shape of W. Entry (i, j) collects from every sample its input i "
    "times its upstream gradient j (section 1.3.4).",
)
def weight_gradient_in_loops(function: object) -> Verdict:
    """Compute the gradient of the weights entry by entry."""
    return check_weight_gradient(function, without=PRODUCTS, with_loop=True)


def check_weight_gradient(function: object, **rules: Any) -> Verdict:
    """Check a function of `x` and `dout`; 1.6-f asks for it again, by other rules."""
    mistakes: dict[str, Function] = {
        "This is the transpose of it.": lambda x, dout: dout.T @ x,
        "The mean is in the loss already: don't divide by N.": lambda x, dout: x.T @ dout / len(x),
        "This is the first sample alone; add up all of them.": lambda x, dout: np.outer(
            x[0], dout[0]
        ),
        "This is the last sample alone; add up all of them.": lambda x, dout: np.outer(
            x[-1], dout[-1]
        ),
        "The sign is wrong.": lambda x, dout: -x.T @ dout,
        "The shapes don't fit in this order: what has N must stand inside.": lambda x, dout: (
            x @ dout
        ),
        "* multiplies entry by entry.": lambda x, dout: x.T * dout,
        "This is the upstream gradient itself.": lambda x, dout: dout,
    }
    cases = [normal((5, 2), (5, 3)), normal((3, 3), (3, 3))]
    return check_function(
        function, lambda x, dout: np.dot(x.T, dout), cases, mistakes=mistakes, **rules
    )


@exercise(
    "1.3.4-d",
    hint="The gradient of `W` is a product of `dout` and `X`, that of `X` a product of `W` and "
    "`dout`. Which order and which transpose give the right shapes?",
)
def samples_as_columns(kind: object) -> Verdict:
    """Write the two gradients of Y = W X."""
    W, X = normal((3, 2), (2, 5))
    swapped = "The two gradients are exchanged: the one of W comes first."
    mistakes: dict[str, dict[str, Function]] = {
        "input 0": {swapped: lambda W, X, dout: W.T @ dout},
        "input 1": {swapped: lambda W, X, dout: dout @ X.T},
    }
    return check_backward(kind, W, X, rng=new_rng(), reference=np.matmul, mistakes=mistakes)


@exercise(
    "1.3.4-e",
    hint="Follow the names, not the numbers. Which lines write into an array that is there, and "
    "which one makes a new array and moves a name to it (section 1.3.4)?",
)
def names_of_arrays(answer: object) -> Verdict:
    """Say what an array holds after five lines."""
    first = np.array([1.0, 1.0])
    second = first
    first[...] = [2.0, 2.0]
    second = second + 5.0
    second[0] = 9.0
    mistakes = {
        "second + 5.0 is a new array. Whose name is second after that?": 9,
        "first[...] = writes into the array that is there.": 1,
        "second + 5.0 changes nothing in first.": 7,
        "That is the whole of first. What is its first number?": first,
        "That is second.": second,
    }
    return check_array(answer, first[0], mistakes=mistakes)


# ---------------------------------------------------------------- 1.3.5 Back-propagation


@exercise(
    "1.3.5-a",
    hint="Find the y for which the slope of one sigmoid, y(1 − y), is largest. Local gradients "
    "along a chain are multiplied (section 1.3.3).",
)
def five_sigmoids(answer: object) -> Verdict:
    """Find the largest factor of five sigmoid layers."""
    largest, layers = 0.25, 5
    mistakes = {
        "That is one layer.": largest,
        "Factors along a chain are multiplied, not added.": largest * layers,
        "y can come near 1; y(1 - y) can't.": 1,
        "Those are four layers.": largest**4,
        "That is y at its middle; the slope is y(1 - y).": 0.5**layers,
        "That is in percent.": 100 * largest**layers,
    }
    return check_number(answer, largest**layers, decimals=5, mistakes=mistakes)


@exercise(
    "1.3.5-b",
    hint="Draw the curve: on which side is it flat, and how steep is it on the other? Then "
    "multiply `dout` by this slope, entry by entry.",
)
def relu_backward(kind: object) -> Verdict:
    """Complete the `backward` of ReLU."""
    mistakes: dict[str, Function] = {
        "Where x < 0, nothing changes with x.": lambda x, dout: dout,
        "The slope of ReLU is a number that does not grow with x.": lambda x, dout: dout * x,
        "This is the output times dout. Use the slope.": lambda x, dout: dout * x * (x > 0),
        "It is the other way round: x > 0 passes.": lambda x, dout: dout * (x < 0),
    }
    return check_backward(
        kind,
        *normal((4, 3)),
        rng=new_rng(),
        reference=lambda x: x * (x > 0),
        mistakes={"input 0": mistakes},
    )


@exercise(
    "1.3.5-c",
    hint="Each input of the product gets `dout` times the other one. The factors were repeated for "
    "every row, so sum over the rows, and write the gradient in place.",
)
def scale_backward(kind: object) -> Verdict:
    """Complete a layer that multiplies each column by a factor."""
    x, g = normal((5, 3), (3,))
    mistakes: dict[str, dict[str, Function]] = {
        "input 0": {
            "A multiplication swaps: x gets dout * g.": lambda x, dout: dout,
            "A multiplication swaps: what x gets has g in it, not x.": lambda x, dout: dout * x,
        },
        "params[0]": {
            "A multiplication swaps: g gets dout * x, before the sum.": lambda x, dout: dout.sum(
                axis=0
            ),
            "The sum comes last, after dout * x.": lambda x, dout: dout.sum(axis=0) * x.sum(axis=0),
            "A Repeat adds up; it takes no mean.": lambda x, dout: (dout * x).mean(axis=0),
        },
    }
    return check_backward(
        kind, x, params=[g], rng=new_rng(), reference=lambda x: x * g, mistakes=mistakes
    )


@exercise(
    "1.3.5-d",
    hint="The gradient is prediction minus truth, with the truth as one-hot rows. The loss is a "
    "mean, and its factor belongs to every row (section 1.3.5).",
)
def gradient_of_scores(answer: object) -> Verdict:
    """Compute the gradient of the scores of two samples."""
    return check_score_gradient(answer, [[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]], [1, 2])


def check_score_gradient(answer: object, probabilities: Any, labels: list[int]) -> Verdict:
    """Check (Y - T) / N for these probabilities; 1.6-e asks for it with others."""
    Y = np.array(probabilities)
    T = np.eye(Y.shape[1])[labels]
    right = (Y - T) / len(Y)
    mistakes = {
        "The loss is a mean: divide by N.": Y - T,
        "This points uphill for the right class: it is Y - T.": -right,
        "1 is not subtracted anywhere.": Y / len(Y),
        "1 is subtracted everywhere, not at the right class alone.": (Y - 1) / len(Y),
        "Divide by the number of samples, not by that of the classes.": (Y - T) / Y.shape[1],
        "A sample is a row.": right.T,
        "That is one sample. There are two.": right[0],
    }
    return check_array(answer, right, mistakes=mistakes)


@exercise(
    "1.3.5-e",
    hint="Compare the lines for `dW` and `db` with the formulas of the Affine layer in section "
    "1.3.5. Where is the division by N done already, and how many samples use the bias?",
)
def repaired_affine(kind: object) -> Verdict:
    """Repair an Affine layer."""
    x, W, b = normal((5, 2), (2, 3), (3,))
    mistakes: dict[str, dict[str, Function]] = {
        "params[0]": {"N stands in the loss already.": lambda x, dout: x.T @ dout / len(x)},
        "params[1]": {
            "What do the other samples say?": lambda x, dout: dout[0],
            "N stands in the loss already.": lambda x, dout: dout.mean(axis=0),
        },
    }
    return check_backward(
        kind,
        x,
        params=[W, b],
        rng=new_rng(),
        reference=lambda x: np.dot(x, W) + b,
        mistakes=mistakes,
    )
