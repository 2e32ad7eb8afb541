"""The exercises of chapter 1.3: likely wrong answers fail, and the stored solutions pass.

The cells are the notebook's own. They run in order; at each exercise a copy of the names takes a
wrong answer through the check cell, and then the solution.
"""

import ast
import re
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest

from nnbook.exercises import Verdict

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "1_3_training.ipynb"
NOT_NEEDED = re.compile(r"picture|explore|break-the|mistakes-in|mean-forgotten|^setup$|-train$")
SETUP = "import numpy as np\nimport matplotlib.pyplot as plt\nrng = np.random.default_rng(1984)"

RELU = "class MyReLU(MyReLU):\n    def backward(self, dout):\n        return "
SCALE = """class Scale(Scale):
    def backward(self, dout):
        g, dg = self.params[0], self.grads[0]
        """
COLUMNS = """class ColumnMatMul(ColumnMatMul):
    def backward(self, dout):
        W, X = self.saved()
        return """
SUSPECT = """class Suspect(Suspect):
    def backward(self, dout):
        W, (dW, db) = self.params[0], self.grads
        """
SWISH = """class Swish(Layer):
    def __init__(self):
        super().__init__()

    def forward(self, x):
        z = sigmoid(x)
        self.save(x, z)
        return {}

    def backward(self, dout):
        x, z = self.saved()
        return {}
"""
LOG_SOFTMAX = "def my_log_softmax(x):\n    return "
SLOPE = "def slope(f, x):\n    h = 1e-5\n    return "
NEURON = """def neuron_gradients(w, x, b, t):
    a = sigmoid(w * x + b)
    return np.array([{}, {}])"""
COLUMN = "def column_gradient(dout):\n    return dout"
WEIGHT = "def weight_gradient(x, dout):\n    return "
MOMENTUM = """def momentum_step(w, v, gradient, learning_rate, momentum):
    new = momentum * v {} learning_rate * gradient
    return np.array([w + {}, new])"""

# For each exercise: how the solution becomes the answer, then likely wrong answers, each with a
# part of what the check must say.
EXERCISES = {
    "1-3-1-a": (
        "answer = solution",
        ("answer = -np.log(0.5) - np.log(0.1)", "is not right"),  # the sum
        ("answer = (-np.log(0.5) - np.log(0.8)) / 2", "is not right"),  # the largest, not the right
        ("answer = -(np.log10(0.5) + np.log10(0.1)) / 2", "is not right"),
        ("answer = [0.693, 2.303]", "shape is (2,), but it should be ()"),
    ),
    "1-3-1-b": (
        "my_log_softmax = solved_log_softmax",
        (LOG_SOFTMAX + "np.log(softmax(x) + 1e-7)", "values are not"),
        (LOG_SOFTMAX + "x - x.max() - np.log(np.exp(x - x.max()).sum())", "values are not"),
        (LOG_SOFTMAX + "x - x.max(axis=1, keepdims=True)", "values are not"),
        (LOG_SOFTMAX + "x - np.log(np.exp(x).sum(axis=1))", "raised ValueError"),
    ),
    "1-3-2-a": (
        "slope = solved_slope",
        (SLOPE + "(f(x + h) - f(x)) / h", "is not right"),
        (SLOPE + "(f(x + h) - f(x - h)) / 2 * h", "is not right"),
        (SLOPE + "(f(x + h) - f(x - h)) / h", "is not right"),
    ),
    "1-3-2-b": (
        "answer = solution",
        ("answer = ((2, 3), (2,), (5, 3), (5, 2))", "is not right"),
        ("answer = ((3, 2), (5, 2), (5, 3), (5, 2))", "is not right"),
        ("answer = [(3, 2), (2,), (5, 3), (5, 2)]", "should be a tuple"),
    ),
    "1-3-3-a": (
        "answer = solution",
        ("answer = 27", "27 is not right"),  # without the inner slope
        ("answer = 29", "29 is not right"),  # added, not multiplied
    ),
    "1-3-3-b": (
        "neuron_gradients = solved_neuron_gradients",
        (NEURON.format("2 * (a - t) * x", "2 * (a - t)"), "values are not"),  # no sigmoid
        (NEURON.format("(a - t) * a * (1 - a) * x", "(a - t) * a * (1 - a)"), "values are not"),
        (NEURON.format("2 * (a - t) * a * (1 - a) * x", "2 * (a - t) * a * (1 - a) * b"), "1 of 2"),
    ),
    "1-3-4-a": (
        "answer = [3.0, 8.0]",
        ("answer = [3.0, 5.0]", "1 of 2"),  # only one of the two ways of b
        ("answer = [5.0, 8.0]", "1 of 2"),  # not swapped
        ("answer = [8.0, 3.0]", "2 of 2"),
    ),
    "1-3-4-b": (
        "column_gradient = solved_column_gradient",
        (COLUMN + ".sum(axis=0)", "The shape is (3,), but it should be (4, 1)"),
        (COLUMN + ".sum(axis=1)", "The shape is (4,), but it should be (4, 1)"),
        (COLUMN + ".mean(axis=1, keepdims=True)", "values are not"),
        (COLUMN, "The shape is (4, 3)"),
    ),
    "1-3-4-c": (
        "weight_gradient = solved_weight_gradient",
        (WEIGHT + "dout.T @ x", "The shape is (3, 2), but it should be (2, 3)"),
        (WEIGHT + "x.T @ dout / len(x)", "values are not"),
        (WEIGHT + "np.outer(x[0], dout[0])", "values are not"),
    ),
    "1-3-4-d": (
        "ColumnMatMul = SolvedColumnMatMul",
        (COLUMNS + "X @ dout.T, W.T @ dout", "gradient of input 0: is the transpose"),
        (COLUMNS + "dout @ X.T, dout.T @ W", "gradient of input 1: is the transpose"),
        (COLUMNS + "dout @ X.T", "must return 2 gradients"),
        (COLUMNS + "W.T @ dout, dout @ X.T", "input 0: has shape (2, 5); it should have (3, 2)"),
        (COLUMNS + "dout @ X, W.T @ dout", "Your code raised ValueError"),
    ),
    "1-3-4-e": ("answer = 2.0", ("answer = 9", "9 is not right"), ("answer = 1", "is not right")),
    "1-3-5-a": (
        "answer = 0.25**5",
        ("answer = 0.25", "is not right"),
        ("answer = 5 * 0.25", "is not right"),
        ("answer = 0.25**4", "is not right"),
        ("answer = 1", "is not right"),
    ),
    "1-3-5-b": (
        "MyReLU = SolvedReLU",
        (RELU + "dout", "gradient of input 0: is wrong in"),
        (RELU + "dout * self.x", "is wrong in"),
        (RELU + "-dout * (self.x > 0)", "has the wrong sign"),
        (RELU + "dout * (self.x < 0)", "is wrong in"),
        (RELU + "self.x > 0", "gradient of input 0"),
    ),
    "1-3-5-c": (
        "Scale = SolvedScale",
        (SCALE + "dg = (dout * self.x).sum(axis=0)\n        return dout * g", "params[0]: is 0"),
        (SCALE + "dg[...] = dout.sum(axis=0)\n        return dout * g", "params[0]: is wrong"),
        (SCALE + "dg[...] = (dout * self.x).mean(axis=0)\n        return dout * g", "is 0.2 times"),
        (SCALE + "dg[...] = (dout * self.x).sum(axis=0)\n        return dout", "input 0: is wrong"),
        (SCALE + "dg[...] = (dout * self.x).sum(axis=1)\n        return dout * g", "raised ValueE"),
    ),
    "1-3-5-d": (
        "answer = solution",
        ("answer = [[0.2, -0.5, 0.3], [0.6, 0.3, -0.9]]", "6 of 6 values"),  # the sum
        ("answer = [[-0.1, 0.25, -0.15], [-0.3, -0.15, 0.45]]", "6 of 6 values"),  # uphill
        ("answer = [[0.1, 0.25, 0.15], [0.3, 0.15, 0.05]]", "2 of 6 values"),  # y / N
        ("answer = [0.1, -0.25, 0.15]", "The shape is (3,)"),
    ),
    "1-3-5-e": (
        "Suspect = Repaired",
        ("", "params[0]: is 0.2 times the right one"),  # as it was given
        (
            SUSPECT + "dW[...] = self.x.T @ dout\n        db[...] = dout[0]\n        "
            "return dout @ W.T",
            "gradient of params[1]: is wrong in 3 of 3",
        ),
        (
            SUSPECT + "dW[...] = self.x.T @ dout\n        db[...] = dout.mean(axis=0)\n        "
            "return dout @ W.T",
            "gradient of params[1]: is 0.2 times",
        ),
    ),
    "1-3-6-a": (
        "answer = solution",
        ("answer = [1.05, -2.1]", "2 of 2"),  # uphill
        ("answer = [0.5, -1.0]", "2 of 2"),  # without the learning rate
        ("answer = [0.95, -2.1]", "1 of 2"),
    ),
    "1-3-6-b": (
        "answer = 1 / 3",
        ("answer = 1", "is not right"),  # that of w²
        ("answer = 2 / 3", "is not right"),
        ("answer = 1 / 6", "is not right"),  # the fastest, not the limit
    ),
    "1-3-6-c": (
        "momentum_step = solved_momentum_step",
        (MOMENTUM.format("-", "v"), "values are not"),  # the old velocity
        (MOMENTUM.format("+", "new"), "values are not"),  # uphill
        (MOMENTUM.format("-", "learning_rate * new"), "values are not"),
    ),
    "1-3-6-d": (
        "Swish = SolvedSwish",
        (SWISH.format("x * z", "dout * z * (1 - z)"), "gradient of input 0: is wrong in"),
        (SWISH.format("x * z", "dout * z"), "gradient of input 0: is wrong in"),
        (SWISH.format("x * z", "dout * (x + z)"), "gradient of input 0: is wrong in"),
        (SWISH.format("x * z", "-dout * (z + x * z * (1 - z))"), "has the wrong sign"),
        (SWISH.format("z", "dout * z * (1 - z)"), "forward is not right"),
    ),
}


def run(cell, names):
    """Run a cell and return the value of its last line."""
    body = ast.parse(cell.source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), cell.id, "exec"), names)
    return last and eval(compile(ast.Expression(last.value), cell.id, "eval"), names)


@pytest.fixture(scope="module")
def cells():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    return {cell.id: cell for cell in notebook.cells if cell.cell_type == "code"}


@pytest.fixture(scope="module")
def names_at(cells):
    """Return for each exercise the names that exist before its check cell."""
    plt.switch_backend("Agg")
    names, found = {}, {}
    exec(SETUP, names)
    for name, cell in cells.items():
        if name.startswith("ex-") and name.endswith("-check"):
            found[name[3:-6]] = dict(names)
        if not NOT_NEEDED.search(name):
            run(cell, names)
    plt.close("all")
    return found


def test_every_exercise_of_the_chapter_is_here(cells):
    checks = [name[3:-6] for name in cells if name.startswith("ex-") and name.endswith("-check")]
    assert checks == list(EXERCISES)
    assert len(checks) >= 12


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_empty_answer_is_not_ok(cells, names_at, exercise):
    verdict = run(cells[f"ex-{exercise}-check"], dict(names_at[exercise]))
    assert isinstance(verdict, Verdict)
    assert not verdict.ok
    assert exercise == "1-3-5-e" or verdict.message.startswith("Not answered yet")


@pytest.mark.parametrize(
    ("exercise", "answer", "message"),
    [(name, *wrong) for name, (_, *wrongs) in EXERCISES.items() for wrong in wrongs],
)
def test_wrong_answers_are_rejected_with_a_hint(cells, names_at, exercise, answer, message):
    names = dict(names_at[exercise])
    try:
        exec(answer, names)
        verdict = run(cells[f"ex-{exercise}-check"], names)
    except ValueError as error:  # the answer itself can't be computed
        verdict = Verdict(False, f"raised {type(error).__name__}")
    assert not verdict.ok
    assert message in verdict.message


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_stored_solution_is_right(cells, names_at, exercise):
    names = dict(names_at[exercise])
    run(cells[f"ex-{exercise}-check"], names)
    verdict = run(cells[f"ex-{exercise}-solved"], names)
    assert verdict.ok if isinstance(verdict, Verdict) else exercise in ("1-3-4-a", "1-3-6-b")
    exec(EXERCISES[exercise][0], names)
    assert run(cells[f"ex-{exercise}-check"], names).ok


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_solution_stands_in_the_page_folded(cells, exercise):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    text = next(cell.source for cell in notebook.cells if cell.id == f"ex-{exercise}-solution")
    assert f"```{{solution}} ex-{exercise}\n:class: dropdown\n" in text
    assert "hide-cell" in cells[f"ex-{exercise}-solved"].metadata["tags"]
