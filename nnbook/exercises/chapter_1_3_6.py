"""The exercises of 1.3.6: updates by hand, momentum, and a layer of one's own."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnbook.exercises.functions import check_function
from nnbook.exercises.gradients import check_backward
from nnbook.exercises.registry import exercise
from nnbook.exercises.samples import new_rng, normal
from nnbook.exercises.values import check_array, check_number
from nnbook.exercises.verdict import Verdict
from nnlib.functions import sigmoid

# ---------------------------------------------------------------- The learning rate


@exercise(
    "1.3.6-a",
    hint="Multiply the gradient by the learning rate, and step against it: subtract entry by "
    "entry. Take care where the gradient is negative.",
)
def one_update(answer: object) -> Verdict:
    """Take one step of SGD."""
    w, gradient, rate = np.array([1.0, -2.0]), np.array([0.5, -1.0]), 0.1
    mistakes = {
        "This goes uphill.": w + rate * gradient,
        "The learning rate is missing.": w - gradient,
        "This is the step. Where does it end?": -rate * gradient,
        "Two minus signs make a plus: look at the second weight.": w - rate * np.abs(gradient),
        "The gradient is subtracted, not multiplied.": w * rate * gradient,
    }
    return check_array(answer, w - rate * gradient, mistakes=mistakes)


@exercise(
    "1.3.6-b",
    hint="An update multiplies w by the same factor each time. Work it out from the slope of 3w², "
    "and ask when its size is no longer below 1.",
)
def limit_of_a_parabola(answer: object) -> Verdict:
    """Find the learning rate from which on SGD comes no closer on L = 3w²."""
    curvature = 6.0  # the gradient is 6w
    mistakes = {
        "That is the limit for L = w².": 1,
        "The gradient of 3w² is 6w, not 3w.": 4 / curvature,
        "There one step ends at the minimum; larger ones still come closer.": 1 / curvature,
        "That is the factor in the gradient.": curvature,
        "An update multiplies w by a number. When is it as far from 0 as 1 is?": 0,
    }
    return check_number(answer, 2 / curvature, decimals=3, mistakes=mistakes)


# ---------------------------------------------------------------- Momentum


def _velocity(v: float, gradient: float, rate: float, momentum: float) -> float:
    return momentum * v - rate * gradient


@exercise(
    "1.3.6-c",
    hint="First the velocity: slow the old one down with `momentum`, and add a step against the "
    "gradient. Then move the weight by the new velocity.",
)
def momentum_step(function: object) -> Verdict:
    """Take one step with momentum."""
    cases = [(0.0, 0.0, 1.0, 0.1, 0.9), (-0.1, -0.1, 1.0, 0.1, 0.9), (2.0, 0.5, -3.0, 0.2, 0.5)]

    def right(w: float, v: float, *rest: float) -> Any:
        return np.array([w + _velocity(v, *rest), _velocity(v, *rest)])

    mistakes: dict[str, Callable[..., Any]] = {
        "The weight moves by the old velocity, not by the new one.": lambda w, v, *rest: np.array(
            [w + v, _velocity(v, *rest)]
        ),
        "This goes uphill.": lambda w, v, g, *rest: right(w, v, -g, *rest),
        "The learning rate is in the velocity already.": lambda w, v, g, rate, m: np.array(
            [w + rate * _velocity(v, g, rate, m), _velocity(v, g, rate, m)]
        ),
        "The velocity points downhill already: add it.": lambda w, v, *rest: np.array(
            [w - _velocity(v, *rest), _velocity(v, *rest)]
        ),
        "w comes first, then v.": lambda *arguments: right(*arguments)[::-1],
        "The weight moves without its velocity.": lambda w, v, g, rate, m: np.array(
            [w - rate * g, _velocity(v, g, rate, m)]
        ),
        "The old velocity is not slowed down.": lambda w, v, g, rate, m: right(w, v, g, rate, 1),
    }
    return check_function(function, right, cases, mistakes=mistakes)


# ---------------------------------------------------------------- A layer of your own


@exercise(
    "1.3.6-d",
    hint="Let z = σ(x). Then x acts on the product in two ways, directly and through the sigmoid: "
    "find the gradient of each way, and add the two.",
)
def swish_layer(kind: object) -> Verdict:
    """Write Swish as a layer."""
    mistakes: dict[str, Callable[..., Any]] = {
        "This is the way through the sigmoid without its x.": lambda x, dout: (
            dout * sigmoid(x) * (1 - sigmoid(x))
        ),
        "This is one of the two ways of the branch, straight to the product.": lambda x, dout: (
            dout * sigmoid(x)
        ),
        "This is one of the two ways of the branch, through the sigmoid.": lambda x, dout: (
            dout * x * sigmoid(x) * (1 - sigmoid(x))
        ),
        "The slope of the sigmoid is missing on one of the ways.": lambda x, dout: (
            dout * (x + sigmoid(x))
        ),
    }
    return check_backward(
        kind,
        *normal((4, 3)),
        rng=new_rng(),
        reference=lambda x: x * sigmoid(x),
        mistakes={"input 0": mistakes},
    )
