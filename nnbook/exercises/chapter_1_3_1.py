"""The exercises of 1.3.1 to 1.3.3: the loss, slopes by small steps, and the chain rule."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnbook.exercises.functions import check_function
from nnbook.exercises.registry import exercise
from nnbook.exercises.samples import normal
from nnbook.exercises.values import check_array, check_each, check_number
from nnbook.exercises.verdict import Verdict, judged
from nnlib.functions import log_softmax, sigmoid, softmax

Function = Callable[..., Any]

# ---------------------------------------------------------------- 1.3.1 Loss


@exercise(
    "1.3.1-a",
    hint="Only the probability y of the right class counts, and its surprise is −log y. The loss "
    "of a minibatch is the mean over its samples (section 1.3.1).",
)
def loss_of_two_samples(answer: object) -> Verdict:
    """Compute the cross-entropy of a minibatch of two."""
    y, t = np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]]), np.array([0, 1])
    right = y[[0, 1], t]  # the probabilities of the right classes
    mistakes = {
        "This is the sum of the two. Take the mean.": -np.log(right).sum(),
        "Only the probability of the right class counts.": -np.log(y.max(axis=1)).mean(),
        "The logarithm is the natural one, np.log.": -np.log10(right).mean(),
        "A loss of probabilities below 1 is positive.": np.log(right).mean(),
        "These are the losses of the two samples. Take the mean.": -np.log(right),
        "Take the logarithms first, and their mean last.": -np.log(right.mean()),
    }
    return check_number(answer, -np.log(right).mean(), decimals=3, mistakes=mistakes)


@exercise(
    "1.3.1-b",
    hint="Take the logarithm of softmax on paper first. Subtract the largest score of each row, so "
    "that no exponent is above 0 (section 1.3.1).",
)
def safe_log_softmax(function: object) -> Verdict:
    """Write log-softmax for scores of any size."""
    large = np.array([[1000.0, 0.0, -1000.0], [3.0, 3.0, 3.0]])
    mistakes: dict[str, Function] = {
        "e to the power of 1000 is too large for a float.": lambda x: (
            x - np.log(np.exp(x).sum(axis=1, keepdims=True))
        ),
        "A very small probability is 0 in floats, and has no logarithm.": lambda x: np.log(
            softmax(x)
        ),
        "A small number was added to the probabilities.": lambda x: np.log(softmax(x) + 1e-7),
        "The sum runs over the whole minibatch; each row has its own.": lambda x: (
            x - x.max() - np.log(np.exp(x - x.max()).sum())
        ),
        "The logarithm of the sum is missing.": lambda x: x - x.max(axis=1, keepdims=True),
        "These are the probabilities. Take their logarithm.": softmax,
    }
    cases = [normal((4, 3)), (large,)]
    forbidden = ["softmax", "log_softmax", "cross_entropy"]
    return check_function(function, log_softmax, cases, without=forbidden, mistakes=mistakes)


# ---------------------------------------------------------------- 1.3.2 Derivatives

H = 1e-5
KNOWN_SLOPES = {np.sin: np.cos, np.exp: np.exp}


@exercise(
    "1.3.2-a",
    hint="Take the values of f one step to the right and one step to the left of x. Divide their "
    "difference by the distance between the two points.",
)
def slope(function: Any) -> Verdict:
    """Write the central difference with h = 1e-5."""
    cases = [(np.sin, 0.5), (np.sin, 2.0), (np.exp, 1.0)]
    mistakes: dict[str, Function] = {
        "This is the forward difference: its error is about h.": lambda f, x: (f(x + H) - f(x)) / H,
        "/ 2 * h divides by 2 and multiplies by h.": lambda f, x: (f(x + H) - f(x - H)) / 2 * H,
        "The two points are 2h apart.": lambda f, x: (f(x + H) - f(x - H)) / H,
        "The sign is wrong.": lambda f, x: (f(x - H) - f(x + H)) / (2 * H),
    }
    verdict = check_function(
        function, lambda f, x: KNOWN_SLOPES[f](x), cases, tolerance=1e-7, mistakes=mistakes
    )
    return judged(_find_other_places(function), verdict.message) if verdict.ok else verdict


def _find_other_places(function: Any) -> str | None:
    """Say with which steps a slope was measured, if not with one of h to both sides."""
    x, places = 0.5, set()

    def noted(place: float) -> float:
        places.add(float(place))
        return place**3

    function(noted, x)
    steps = sorted(place - x for place in places - {x})
    if len(steps) == 2 and np.allclose(steps, [-H, H], rtol=1e-4, atol=0):
        return None
    found = " and ".join(f"{step:+.0e}" for step in steps) or "none"
    return f"The slopes are right, but the steps from x are {found}, not -h and +h."


@exercise(
    "1.3.2-b",
    hint="Nothing has to be computed. A gradient has one entry for each entry of its array, so ask "
    "for the shapes of the arrays themselves.",
)
def shapes_of_gradients(answer: object) -> Verdict:
    """Give the shapes of a layer's four gradients."""
    N, D, M = 5, 3, 2
    right = {"∂L/∂W": (D, M), "∂L/∂b": (M,), "∂L/∂x": (N, D), "∂L/∂h": (N, M)}
    if not isinstance(answer, tuple) or len(answer) != len(right):
        return check_array(answer, tuple(right.values()))
    mistakes = {
        "∂L/∂W": {"x stands left of W: its columns meet the rows of W.": (M, D)},
        "∂L/∂b": {"All samples share one bias for each output.": (N, M)},
        "∂L/∂x": {"A sample is a row.": (D, N)},
        "∂L/∂h": {"A sample is a row.": (M, N), "L is a number, but h is not.": ()},
    }
    return check_each(dict(zip(right, answer, strict=True)), right, mistakes=mistakes)


# ---------------------------------------------------------------- 1.3.3 Chain rule


@exercise(
    "1.3.3-a",
    hint="Go forward first: what is u at this x? Then multiply the slopes of the two links, each "
    "taken at its own place (section 1.3.3).",
)
def two_steps(answer: object) -> Verdict:
    """Multiply the slopes of two steps."""
    x, inner = 4, 2
    u = inner * x - 3
    mistakes = {
        "The slope of u = 2x - 3 is missing.": 3 * u**2,
        "Slopes along a chain are multiplied, not added.": 3 * u**2 + inner,
        "The slope of u³ has u squared.": 3 * u * inner,
        "This is y. How fast does it change?": u**3,
        "3u² is taken at u, not at x.": 3 * x**2 * inner,
        "The factor 3 of 3u² is missing.": u**2 * inner,
        "This is the slope of u alone.": inner,
    }
    return check_array(answer, 3 * u**2 * inner, mistakes=mistakes)


NEURONS = [tuple(map(np.array, each)) for each in [(1.0, 3.0, -2.0, 0.0), (0.5, 2.0, -1.0, 1.0)]]
SMALL_STEPS = ["numerical_gradient", "central_slope", "forward_slope", "slope"]


def _neuron_gradients(
    w: float, x: float, b: float, t: float, *, square: float = 2, bend: bool = True
) -> Any:
    """Return the two gradients; without `bend` the slope of the sigmoid is left out."""
    a = sigmoid(np.array(w * x + b))
    dL_dh = square * (a - t) * (a * (1 - a) if bend else 1)
    return np.array([dL_dh * x, dL_dh])


@exercise(
    "1.3.3-b",
    hint="Go forward and keep the activation. Then multiply the local slopes of section 1.3.3 from "
    "the end: the first two are the same for both gradients.",
)
def neuron_gradients(function: object) -> Verdict:
    """Write the gradients of one neuron by the chain rule."""
    mistakes: dict[str, Function] = {
        "The slope of the sigmoid is missing.": lambda *n: _neuron_gradients(*n, bend=False),
        "The slope of (a - t)² has a factor 2.": lambda *n: _neuron_gradients(*n, square=1),
        "The sign is wrong: it is a - t.": lambda *n: -_neuron_gradients(*n),
        "The gradient of w comes first.": lambda *n: _neuron_gradients(*n)[::-1],
        "The gradient of w takes x, and b is added alone.": lambda w, x, b, t: (
            _neuron_gradients(w, x, b, t)[1] * np.array([x, b])
        ),
        "h = wx + b changes with w by x, not by w.": lambda w, x, b, t: (
            _neuron_gradients(w, x, b, t)[1] * np.array([w, 1])
        ),
    }
    verdict = check_function(
        function,
        _neuron_gradients,
        NEURONS,
        tolerance=1e-6,
        without=SMALL_STEPS,
        mistakes=mistakes,
    )
    exact = check_function(function, _neuron_gradients, NEURONS, tolerance=1e-13)
    if verdict.ok and not exact.ok:
        return judged("Almost right, as small steps are. The chain rule is exact.")
    return verdict
