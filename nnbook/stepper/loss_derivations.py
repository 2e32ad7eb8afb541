"""The equations of the losses, forwards and backwards; see `derivations` for the form.

The probabilities inside a loss stand on no wire: nnlib's own functions give them here once more.
"""

import numpy as np

from nnbook.stepper.derivations import sigmoid_forward
from nnbook.stepper.equations import (
    Equation,
    Item,
    by_entry,
    copied,
    plug,
    sum_text,
    worked_out,
)
from nnlib import losses
from nnlib.functions import sigmoid, softmax, target_distribution

__all__ = ["LOSS_DERIVATIONS"]


def softmax_loss_forward(node, x, t, L):
    y, target = softmax(x), target_distribution(t, x)

    def work(place):
        total = sum_text([f"exp({_number(score)})" for score in x[place[0]]])
        return f"exp({_number(x[place])}) / ({total})"

    terms = (Item("y", y, "entry"), "= softmax(", Item("x", x, "row"), ")")
    signs = ["-∑", "× log(", f") / {len(x)}"]
    logs = f"-({_surprises(target, y)}) / {len(x)}"
    return [
        Equation("y = softmax(x)", terms, worked_out(y, work)),
        _to_number("L = -∑ t × log(y) / N", L, signs, [("t", target), ("y", y)], logs),
    ]


def softmax_loss_backward(node, values, dout, dx):
    """Take prediction minus target: softmax and cross-entropy together; N samples share it."""
    x, t, _ = values
    return ["∂L/∂x[i, k] = (y[i, k] - t[i, k]) / N"], [
        _difference("N", len(x), dout, dx, ("y", softmax(x)), ("t", target_distribution(t, x)))
    ]


def sigmoid_loss_forward(node, x, t, L):
    y, t = sigmoid(x), t.astype(x.dtype)
    chances = np.stack([y.ravel(), sigmoid(-x).ravel()], axis=1)  # of yes, of no
    truth = np.stack([t.ravel(), 1 - t.ravel()], axis=1)
    formula = "L = -∑ (t × log(y) + (1 - t) × log(1 - y)) / n"
    numbers = f"-({_surprises(truth, chances)}) / {x.size}"
    return [
        *sigmoid_forward(node, x, y),
        _to_number(formula, L, ["loss(", ",", ")"], [("y", y), ("t", t)], numbers),
    ]


def sigmoid_loss_backward(node, values, dout, dx):
    """Take prediction minus target: sigmoid and binary cross-entropy together."""
    x, t, _ = values
    local = ["∂L/∂x[i] = (y[i] - t[i]) / n"]
    return local, [_difference("n", x.size, dout, dx, ("y", sigmoid(x)), ("t", t))]


def squared_error_forward(node, x, t, L):
    pairs = zip(x.ravel(), t.ravel(), strict=True)
    total = sum_text([f"({plug(a)} - {plug(b)})²" for a, b in pairs])
    signs = ["∑ (", "-", f")² / {x.size}"]
    numbers = f"({total}) / {x.size}"
    return [_to_number("L = ∑ (x - t)² / n", L, signs, [("x", x), ("t", t)], numbers)]


def squared_error_backward(node, values, dout, dx):
    """Double what was squared, which is the slope of a square; n entries share it."""
    x, t, _ = values
    local = ["∂L/∂x[i] = 2 × (x[i] - t[i]) / n"]
    return local, [_difference("n", x.size, dout, dx, ("x", x), ("t", t), factor="2 × ")]


def _difference(letter, count, dout, dx, one, other, factor=""):
    """Return ``dx = dout × (one − other) / count``."""
    formula = f"dx = dout × {factor}({one[0]} - {other[0]}) / {letter}"
    upstream = plug(dout[()])
    signs = [f"{upstream} × {factor}(", "-", f") / {count}"]
    numbers = f"{upstream} × {factor}({{}} - {{}}) / {count}"
    return by_entry(formula, ("dx", dx), signs, [one, other], numbers)


def _to_number(formula, result, signs, items, numbers):
    """Return an equation whose result is a single number."""
    terms = [Item("L", copied(result)), f"= {signs[0]}"]
    for (name, array), sign in zip(items, signs[1:], strict=True):
        terms += [Item(name, copied(array)), sign]
    return Equation(formula, tuple(terms), {(): numbers})


def _surprises(target, y):
    """Write the sum of ``t × log(y)``, without what is multiplied by 0 or 1."""
    terms = []
    for place in map(tuple, np.argwhere(target)):
        factor = "" if target[place] == 1 else f"{plug(target[place])} × "
        terms.append(f"{factor}log({_number(y[place])})")
    return sum_text(terms)


def _number(value):
    return plug(value).strip("()")


LOSS_DERIVATIONS = {
    losses.SoftmaxWithLoss: (softmax_loss_forward, softmax_loss_backward),
    losses.SigmoidWithLoss: (sigmoid_loss_forward, sigmoid_loss_backward),
    losses.MeanSquaredError: (squared_error_forward, squared_error_backward),
}
