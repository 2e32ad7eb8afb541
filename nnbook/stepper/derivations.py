"""The equations of every node, layer and loss, with each local gradient beside its forward.

A forward function receives the node, what it read and what it wrote. A backward function receives
the node, the values of its forward step, the upstream gradients and those it passed on; it returns
the local gradients as formulas, and equations of the form *upstream × local gradient*.
"""

import numpy as np

from nnbook.drawing.text import number_text
from nnbook.stepper.equations import (
    Equation,
    Item,
    by_entry,
    by_rows,
    copied,
    matrix_product,
    plug,
    sum_text,
    to_number,
    worked_out,
)
from nnlib import layers, losses, nodes
from nnlib.functions import sigmoid, softmax, target_distribution

__all__ = ["DERIVATIONS"]

# ---------------------------------------------------------------- nodes of a calculation


def add_forward(node, a, b, y):
    return [by_entry("y = a + b", ("y", y), ["", "+", ""], [("a", a), ("b", b)], "{} + {}")]


def add_backward(node, values, dout, da, db):
    """Pass the gradient on: an input moved by a little moves the sum by as much, slope 1."""
    formula, signs = "da = db = dout × 1", ["", "× 1"]
    equation = by_entry(formula, ("da = db", da), signs, [("dout", dout)], "{} × 1")
    return ["∂y/∂a = 1", "∂y/∂b = 1"], [equation]


def multiply_forward(node, a, b, y):
    return [by_entry("y = a × b", ("y", y), ["", "×", ""], [("a", a), ("b", b)], "{} × {}")]


def multiply_backward(node, values, dout, da, db):
    """Swap: moving `a` by a little moves the product by `b` times as much, and vice versa."""
    a, b, _ = values
    return ["∂y/∂a = b", "∂y/∂b = a"], [
        _upstream_times("da", da, dout, "b", b),
        _upstream_times("db", db, dout, "a", a),
    ]


def _upstream_times(name, result, dout, local_name, local):
    """Return ``result = dout × local``, entry by entry."""
    items = [("dout", dout), (local_name, local)]
    formula = f"{name} = dout × {local_name}"
    return by_entry(formula, (name, result), ["", "×", ""], items, "{} × {}")


def branch_forward(node, x, *copies):
    name = " = ".join(f"y{i + 1}" for i in range(len(copies)))
    return [by_entry(f"{name} = x", (name, copies[0]), ["", ""], [("x", x)], "{}")]


def branch_backward(node, values, *gradients):
    """Add up: every copy moves as `x` does, slope 1, so the effects on the loss add up."""
    *douts, dx = gradients
    names = [f"dout{i + 1}" for i in range(len(douts))]
    local = [f"∂y{i + 1}/∂x = 1" for i in range(len(douts))]
    signs = ["", *["+"] * (len(douts) - 1), ""]
    items = list(zip(names, douts, strict=True))
    numbers = " + ".join(["{}"] * len(douts))
    return local, [by_entry(f"dx = {' + '.join(names)}", ("dx", dx), signs, items, numbers)]


def repeat_forward(node, x, y):
    return [by_entry("y[i] = x", ("y", y), ["", ""], [("x", x)], "{}")]


def repeat_backward(node, values, dout, dx):
    """Add up the rows: every row of `y` moves as `x` does, slope 1."""
    return ["∂y[i]/∂x = 1"], [by_rows("dx = ∑ᵢ dout[i]", ("dx", dx), ("dout", dout))]


def sum_forward(node, x, y):
    return [by_rows("y = ∑ᵢ x[i]", ("y", y), ("x", x))]


def sum_backward(node, values, dout, dx):
    """Repeat: every row of `x` moves the sum as much as it moves itself, slope 1."""
    return ["∂y/∂x[i] = 1"], [
        by_entry("dx[i] = dout × 1", ("dx", dx), ["", "× 1"], [("dout", dout)], "{} × 1")
    ]


def matmul_forward(node, x, W, y):
    return [matrix_product(("y", y), ("x", x), ("W", W))]


def matmul_backward(node, values, dout, dx, dW):
    """Swap, and sum: ``y[i, k]`` holds ``x[i, j] × W[j, k]``, each the slope of the other.

    ``x[i, j]`` is used for every k, so its gradient is a sum over k, and that of ``W[j, k]`` over
    i. Written as products of matrices the sums need a transpose.
    """
    x, W, _ = values
    return _matmul_gradients(x, W, dout, dx, dW)


def _matmul_gradients(x, W, dout, dx, dW):
    local = ["∂y[i, k]/∂x[i, j] = W[j, k]", "∂y[i, k]/∂W[j, k] = x[i, j]"]
    return local, [
        matrix_product(("dx", dx), ("dout", dout), ("W.T", W.T)),
        matrix_product(("dW", dW), ("x.T", x.T), ("dout", dout)),
    ]


# ---------------------------------------------------------------- layers


def affine_forward(node, x, y):
    W, b = node.params
    return [matrix_product(("y", y), ("x", x), ("W", W), plus=("b", b))]


def affine_backward(node, values, dout, dx):
    """Do as MatMul; the bias was repeated for every row, so its gradient sums the rows."""
    (W, _), (dW, db) = map(copied, node.params), map(copied, node.grads)
    local, equations = _matmul_gradients(values[0], W, dout, dx, dW)
    bias = by_rows("db = ∑ᵢ dout[i]", ("db", db), ("dout", dout))
    return [*local, "∂y[i, k]/∂b[k] = 1"], [*equations, bias]


def sigmoid_forward(node, x, y):
    items = [("x", x)]
    return [by_entry("y = 1 / (1 + exp(-x))", ("y", y), ["σ(", ")"], items, "1 / (1 + exp(-{}))")]


def sigmoid_backward(node, values, dout, dx):
    """Multiply by the slope of the sigmoid, which its own output gives: y (1 − y), at most 1/4."""
    _, y = values
    formula, items = "dx = dout × y × (1 - y)", [("dout", dout), ("y × (1 - y)", y * (1 - y))]
    numbers = "{0} × {1} × (1 - {1})"
    equation = by_entry(formula, ("dx", dx), ["", "×", ""], items, numbers, plugged=[dout, y])
    return ["∂y/∂x = y × (1 - y)"], [equation]


def tanh_forward(node, x, y):
    return [by_entry("y = tanh(x)", ("y", y), ["tanh(", ")"], [("x", x)], "tanh({})")]


def tanh_backward(node, values, dout, dx):
    """Multiply by the slope of the tangent, which its own output gives: 1 − y², at most 1."""
    _, y = values
    formula, items = "dx = dout × (1 - y²)", [("dout", dout), ("1 - y²", 1 - y * y)]
    equation = by_entry(
        formula, ("dx", dx), ["", "×", ""], items, "{0} × (1 - {1}²)", plugged=[dout, y]
    )
    return ["∂y/∂x = 1 - y²"], [equation]


def relu_forward(node, x, y):
    return [by_entry("y = max(x, 0)", ("y", y), ["max(", ", 0)"], [("x", x)], "max({}, 0)")]


def relu_backward(node, values, dout, dx):
    """Let pass where `x` was positive and the output moved with it; elsewhere the slope is 0."""
    positive = (values[0] > 0).astype(int)
    return ["∂y/∂x = 1 (x > 0), 0 (x ≤ 0)"], [_upstream_times("dx", dx, dout, "(x > 0)", positive)]


# ---------------------------------------------------------------- losses

# The probabilities inside a loss stand on no wire: nnlib's own functions give them once more.


def softmax_loss_forward(node, x, t, L):
    y, target = softmax(x), target_distribution(t, x)

    def work(place):
        total = sum_text([f"exp({number_text(score)})" for score in x[place[0]]])
        return f"exp({number_text(x[place])}) / ({total})"

    made_of = ("= softmax(", Item("x", x, "row"), ")")
    signs = ["-∑", "× log(", f") / {len(x)}"]
    logs = f"-({_surprises(target, y)}) / {len(x)}"
    return [
        Equation("y = softmax(x)", Item("y", y, "entry"), made_of, worked_out(y, work)),
        to_number("L = -∑ t × log(y) / N", L, signs, [("t", target), ("y", y)], logs),
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
        to_number(formula, L, ["loss(", ",", ")"], [("y", y), ("t", t)], numbers),
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
    return [to_number("L = ∑ (x - t)² / n", L, signs, [("x", x), ("t", t)], numbers)]


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


def _surprises(target, y):
    """Write the sum of ``t × log(y)``, without what is multiplied by 0 or 1."""
    terms = []
    for place in map(tuple, np.argwhere(target)):
        factor = "" if target[place] == 1 else f"{plug(target[place])} × "
        terms.append(f"{factor}log({number_text(y[place])})")
    return sum_text(terms)


DERIVATIONS = {
    nodes.Add: (add_forward, add_backward),
    nodes.Multiply: (multiply_forward, multiply_backward),
    nodes.Branch: (branch_forward, branch_backward),
    nodes.Repeat: (repeat_forward, repeat_backward),
    nodes.Sum: (sum_forward, sum_backward),
    nodes.MatMul: (matmul_forward, matmul_backward),
    layers.Affine: (affine_forward, affine_backward),
    layers.Sigmoid: (sigmoid_forward, sigmoid_backward),
    layers.Tanh: (tanh_forward, tanh_backward),
    layers.ReLU: (relu_forward, relu_backward),
    losses.SoftmaxWithLoss: (softmax_loss_forward, softmax_loss_backward),
    losses.SigmoidWithLoss: (sigmoid_loss_forward, sigmoid_loss_backward),
    losses.MeanSquaredError: (squared_error_forward, squared_error_backward),
}
