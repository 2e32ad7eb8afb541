"""The exercises of chapter 1.6: one for each idea of the book."""

import numpy as np

from nnbook.exercises.chapter_1_2 import check_biases_of_two
from nnbook.exercises.chapter_1_3_4 import check_score_gradient, check_weight_gradient
from nnbook.exercises.chapter_1_4 import check_first_loss
from nnbook.exercises.chapter_1_5 import check_bytes
from nnbook.exercises.registry import exercise
from nnbook.exercises.values import check_array, check_choice, check_each, check_number
from nnbook.exercises.verdict import Verdict
from nnlib.functions import sigmoid


@exercise(
    "1.6-a",
    hint="For a product, compare the inner lengths; for a sum or difference, align the shapes at "
    "the right. A sum over an axis removes it, and so does an index.",
)
def shapes(answers: object) -> Verdict:
    """Predict the shapes of four results."""
    x, W, b, t = np.ones((30, 2)), np.ones((2, 10)), np.ones(10), np.ones((30, 1))
    results = {"a": x @ W + b, "b": x.T @ (x @ W), "c": (x @ W).sum(axis=0), "d": x[:, 0] - t}
    mistakes = {
        "a": {"That is the shape of W.": (2, 10)},
        "b": {"x.T stands left: its rows are those of the result.": (10, 2)},
        "c": {
            "axis=0 adds up the rows.": (30,),
            "The axis that is summed is gone.": (1, 10),
        },
        "d": {
            "x[:, 0] has one axis, and t has two.": (30, 1),
            "Line the shapes up at the right.": (30,),
        },
    }
    right = {name: np.shape(array) for name, array in results.items()}
    return check_each(answers, right, mistakes=mistakes)


@exercise(
    "1.6-b",
    hint="First the weighted sum of the inputs with the bias, then its sigmoid (section 1.2.1). "
    "Take care of the sign of the second input.",
)
def activation_of_a_neuron(answer: object) -> Verdict:
    """Compute the activation of one neuron."""
    x, w, b = np.array([1.0, -2.0]), np.array([0.5, 0.25]), 0.1
    h = x @ w + b
    mistakes = {
        "That is h. Its sigmoid is asked for.": h,
        "That is the sigmoid of -h.": sigmoid(-h),
        "The bias is missing.": sigmoid(h - b),
        "The second input is negative.": sigmoid(np.abs(x) @ w + b),
        "That is in percent.": 100 * sigmoid(h),
        "The bias was added after the sigmoid.": sigmoid(h - b) + b,
    }
    return check_number(answer, float(sigmoid(h)), decimals=3, mistakes=mistakes)


@exercise(
    "1.6-c",
    hint="Write down the output of both layers and multiply out the brackets. The new bias is all "
    "that does not depend on x (section 1.2.1).",
)
def joined_bias(function: object) -> Verdict:
    """Return the bias of two affine layers in one."""
    return check_biases_of_two(function)


@exercise(
    "1.6-d",
    hint="Nearly equal scores give every class nearly the same probability. The loss is the "
    "surprise at that probability (section 1.3.1).",
)
def first_loss(answer: object) -> Verdict:
    """Say what loss a new network for five classes starts with."""
    return check_first_loss(answer, classes=5, decimals=2)


@exercise(
    "1.6-e",
    hint="Prediction minus truth: write the labels as one-hot rows and subtract them. The loss is "
    "a mean over the samples, so a factor is still missing (section 1.3.5).",
)
def gradient_of_scores(answer: object) -> Verdict:
    """Compute the gradient of the scores of two samples."""
    return check_score_gradient(answer, [[0.2, 0.7, 0.1], [0.5, 0.25, 0.25]], [0, 2])


@exercise(
    "1.6-f",
    hint="Write down the shapes of `x`, of `dout` and of the result. The axis of the samples is "
    "summed away, so it must be the inner one.",
)
def weight_gradient(function: object) -> Verdict:
    """Return the gradient of the weights."""
    return check_weight_gradient(function)


@exercise(
    "1.6-g",
    hint="All samples use the same bias, so its gradient collects from every row (section 1.3.5). "
    "Then take a step against it (section 1.3.6).",
)
def step_of_a_bias(answer: object) -> Verdict:
    """Take one step of SGD with the bias of a minibatch."""
    b, d, rate = np.ones(2), np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), 0.1
    gradient = d.sum(axis=0)
    mistakes = {
        "This goes uphill.": b + rate * gradient,
        "The gradient of a bias is the sum over the samples, not the mean.": b - rate * d.mean(0),
        "This is the step. Where does it end?": -rate * gradient,
        "This is the gradient.": gradient,
        "The learning rate is missing.": b - gradient,
        "The sum runs over the samples, not over the neurons.": b[0] - rate * d.sum(axis=1),
        "Only the first sample was used.": b - rate * d[0],
    }
    return check_array(answer, b - rate * gradient, mistakes=mistakes)


@exercise(
    "1.6-h",
    hint="The two lists differ, but at the start they hold the same array. Which line changes that "
    "array, and which one only puts another into a list?",
)
def in_place_or_not(answer: object) -> Verdict:
    """Say after which line an optimizer sees a new gradient."""
    mistakes = {
        "Line a puts another array into the layer's list. Which one is in the optimizer's?": "a",
        "One of the lines replaces the array in the layer's list alone.": "both",
    }
    return check_choice(answer, "b", ["a", "b", "both"], mistakes=mistakes)


@exercise(
    "1.6-i",
    hint="A network gives equal samples the same answer. Which samples are equal but have "
    "different labels, and how many of them can then be right?",
)
def best_possible(answer: object) -> Verdict:
    """Say how many of the spiral's samples can be right at most."""
    samples, equal = 300, 3  # three samples at the origin, each of another class
    mistakes = {
        "Look at the three samples again. Can all of them be right?": samples,
        "Look at the three samples again. Must all of them be wrong?": samples - equal,
        "Equal samples get the same answer. How many labels can it be?": samples - 1,
        "Count the samples; the accuracy is not asked for.": (samples - equal + 1) / samples,
    }
    return check_array(answer, samples - equal + 1, mistakes=mistakes)


@exercise(
    "1.6-j",
    hint="Count the weights and biases of both layers. A float32 number has 32 bits, and 8 bits "
    "are a byte (section 1.5.1).",
)
def parameters_and_bytes(answer: object) -> Verdict:
    """Count the bytes of a 784-100-10 network in float32."""
    return check_bytes(answer)
