"""The equations of every node and layer, with each local gradient beside its forward.

A forward function receives the node, what it read and what it wrote. A backward function receives
the node, the values of its forward step, the upstream gradients and those it passed on; it returns
the local gradients as formulas, and equations of the form *upstream × local gradient*.
"""

from nnbook.stepper.equations import by_entry, by_rows, copied, matrix_product
from nnlib import graph, layers

__all__ = ["NODE_DERIVATIONS", "sigmoid_forward"]

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


def matmul_layer_forward(node, x, y):
    return matmul_forward(node, x, node.params[0], y)


def matmul_layer_backward(node, values, dout, dx):
    """Do as `matmul_backward`; the gradient of the weight stays in the layer."""
    (W,), (dW,) = map(copied, node.params), map(copied, node.grads)
    return _matmul_gradients(values[0], W, dout, dx, dW)


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
    """Return the sigmoid as an equation; the loss that contains one uses it too."""
    items = [("x", x)]
    return [by_entry("y = 1 / (1 + exp(-x))", ("y", y), ["σ(", ")"], items, "1 / (1 + exp(-{}))")]


def sigmoid_backward(node, values, dout, dx):
    """Multiply by the slope of the sigmoid, which its own output gives: y (1 − y), at most 1/4."""
    _, y = values
    formula, items = "dx = dout × y × (1 - y)", [("dout", dout), ("y × (1 - y)", y * (1 - y))]
    numbers = "{0} × {1} × (1 - {1})"
    equation = by_entry(formula, ("dx", dx), ["", "×", ""], items, numbers, plugged=[dout, y])
    return ["∂y/∂x = y × (1 - y)"], [equation]


def relu_forward(node, x, y):
    return [by_entry("y = max(x, 0)", ("y", y), ["max(", ", 0)"], [("x", x)], "max({}, 0)")]


def relu_backward(node, values, dout, dx):
    """Let pass where `x` was positive and the output moved with it; elsewhere the slope is 0."""
    positive = (values[0] > 0).astype(int)
    return ["∂y/∂x = 1 (x > 0), 0 (x ≤ 0)"], [_upstream_times("dx", dx, dout, "(x > 0)", positive)]


NODE_DERIVATIONS = {
    graph.Add: (add_forward, add_backward),
    graph.Multiply: (multiply_forward, multiply_backward),
    graph.Branch: (branch_forward, branch_backward),
    graph.Repeat: (repeat_forward, repeat_backward),
    graph.Sum: (sum_forward, sum_backward),
    graph.MatMul: (matmul_forward, matmul_backward),
    layers.MatMul: (matmul_layer_forward, matmul_layer_backward),
    layers.Affine: (affine_forward, affine_backward),
    layers.Sigmoid: (sigmoid_forward, sigmoid_backward),
    layers.ReLU: (relu_forward, relu_backward),
}
