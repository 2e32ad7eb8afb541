"""Answers to the exercises of chapter 1.3: right ones, and wrong ones with what the check says."""

RELU = "class MyReLU(MyReLU):\n    def backward(self, dout):\n        return "
SCALE = """class Scale(Scale):
    def backward(self, dout):
        g, dg = self.params[0], self.grads[0]
        """
COLUMNS = """class ColumnMatMul(ColumnMatMul):
    def backward(self, dout):
        W, X = self.saved()
        return """
IDENTITY = """class MyReLU(MyReLU):
    def forward(self, x):
        return x

    def backward(self, dout):
        return dout"""
SCALED_BY_1 = """class Scale(Scale):
    def forward(self, x):
        return x

    def backward(self, dout):
        self.grads[0][...] = 0
        return dout"""
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

SLOW = {"mistakes-in-training", "mean-forgotten"}

# Answers that are wrong from the beginning: the reader repairs them.
REPAIRED = {"ex-1-3-5-e"}

# For each exercise, right answers; the cell of the solution has run before them.
RIGHT = {
    "ex-1-3-1-a": ["answer = solution", "answer = 1.498"],
    "ex-1-3-1-b": ["my_log_softmax = solved_log_softmax"],
    "ex-1-3-2-a": ["slope = solved_slope", SLOPE + "(f(x + h) - f(x - h)) / h / 2"],
    "ex-1-3-2-b": ["answer = solution"],
    "ex-1-3-3-a": ["answer = solution", "answer = 54"],
    "ex-1-3-3-b": ["neuron_gradients = solved_neuron_gradients"],
    "ex-1-3-4-a": ["answer = [3.0, 8.0]", "answer = (3, 8)"],
    "ex-1-3-4-b": ["column_gradient = solved_column_gradient", COLUMN + ".sum(1)[:, None]"],
    "ex-1-3-4-c": ["weight_gradient = solved_weight_gradient"],
    "ex-1-3-4-d": ["ColumnMatMul = SolvedColumnMatMul", COLUMNS + "dout.dot(X.T), W.T.dot(dout)"],
    "ex-1-3-4-e": ["answer = 2", "answer = 2.0"],
    "ex-1-3-5-a": ["answer = 0.25**5", "answer = 0.00098"],
    "ex-1-3-5-b": ["MyReLU = SolvedReLU", RELU + "np.where(self.x > 0, dout, 0)"],
    "ex-1-3-5-c": ["Scale = SolvedScale"],
    "ex-1-3-5-d": ["answer = solution", "answer = [[0.1, -0.25, 0.15], [0.3, 0.15, -0.45]]"],
    "ex-1-3-5-e": ["Suspect = Repaired"],
    "ex-1-3-6-a": ["answer = solution", "answer = [0.95, -1.9]"],
    "ex-1-3-6-b": ["answer = 1 / 3", "answer = 0.333"],
    "ex-1-3-6-c": ["momentum_step = solved_momentum_step"],
    "ex-1-3-6-d": ["Swish = SolvedSwish"],
}

# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-3-1-a": [
        ("answer = -np.log(0.5) - np.log(0.1)", "is not right"),  # the sum
        ("answer = (-np.log(0.5) - np.log(0.8)) / 2", "is not right"),  # the largest, not the right
        ("answer = -(np.log10(0.5) + np.log10(0.1)) / 2", "is not right"),
        ("answer = [0.693, 2.303]", "shape is (2,), but it should be ()"),
    ],
    "ex-1-3-1-b": [
        (LOG_SOFTMAX + "np.log(softmax(x) + 1e-7)", "values are not"),
        (LOG_SOFTMAX + "x - x.max() - np.log(np.exp(x - x.max()).sum())", "values are not"),
        (LOG_SOFTMAX + "x - x.max(axis=1, keepdims=True)", "values are not"),
        (LOG_SOFTMAX + "x - np.log(np.exp(x).sum(axis=1))", "raised ValueError"),
    ],
    "ex-1-3-2-a": [
        (SLOPE + "(f(x + h) - f(x)) / h", "is not right"),
        (SLOPE + "(f(x + h) - f(x - h)) / 2 * h", "is not right"),
        (SLOPE + "(f(x + h) - f(x - h)) / h", "is not right"),
        ("def slope(f, x):\n    return (f(x + 1e-8) - f(x)) / 1e-8", "is not right"),
    ],
    "ex-1-3-2-b": [
        ("answer = ((2, 3), (2,), (5, 3), (5, 2))", "is not right"),
        ("answer = ((3, 2), (5, 2), (5, 3), (5, 2))", "is not right"),
        ("answer = [(3, 2), (2,), (5, 3), (5, 2)]", "should be a tuple"),
    ],
    "ex-1-3-3-a": [
        ("answer = 27", "27 is not right"),  # without the inner slope
        ("answer = 29", "29 is not right"),  # added, not multiplied
        ("answer = 18", "18 is not right"),  # u instead of its square
        ('answer = "54"', "should be a number or an array of numbers; it is '54'"),
    ],
    "ex-1-3-3-b": [
        (NEURON.format("2 * (a - t) * x", "2 * (a - t)"), "values are not"),  # no sigmoid
        (NEURON.format("(a - t) * a * (1 - a) * x", "(a - t) * a * (1 - a)"), "values are not"),
        (NEURON.format("2 * (a - t) * a * (1 - a) * x", "2 * (a - t) * a * (1 - a) * b"), "1 of 2"),
    ],
    "ex-1-3-4-a": [
        ("answer = [3.0, 5.0]", "1 of 2"),  # only one of the two ways of b
        ("answer = [5.0, 8.0]", "1 of 2"),  # not swapped
        ("answer = [8.0, 3.0]", "2 of 2"),
    ],
    "ex-1-3-4-b": [
        (COLUMN + ".sum(axis=0)", "The shape is (3,), but it should be (4, 1)"),
        (COLUMN + ".sum(axis=1)", "The shape is (4,), but it should be (4, 1)"),
        (COLUMN + ".mean(axis=1, keepdims=True)", "values are not"),
        (COLUMN, "The shape is (4, 3)"),
    ],
    "ex-1-3-4-c": [
        (WEIGHT + "dout.T @ x", "The shape is (3, 2), but it should be (2, 3)"),
        (WEIGHT + "x.T @ dout / len(x)", "values are not"),
        (WEIGHT + "np.outer(x[0], dout[0])", "values are not"),
        (WEIGHT + "x.T @ dout", "The results are right, but you used @."),
        (WEIGHT + "sum(map(np.outer, x, dout))", "The results are right, but you used outer."),
    ],
    "ex-1-3-4-d": [
        (COLUMNS + "X @ dout.T, W.T @ dout", "gradient of input 0: is the transpose"),
        (COLUMNS + "dout @ X.T, dout.T @ W", "gradient of input 1: is the transpose"),
        (COLUMNS + "dout @ X.T", "must return 2 gradients"),
        (COLUMNS + "dout @ X.T, None", "must return 2 gradients"),
        (COLUMNS + "[dout @ X.T, W.T @ dout]", "it returned a list"),
        (COLUMNS + "W.T @ dout, dout @ X.T", "input 0: has shape (2, 5); it should have (3, 2)"),
        (COLUMNS + "dout @ X, W.T @ dout", "Your code raised ValueError"),
    ],
    "ex-1-3-4-e": [
        ("answer = 9", "The value 9 is not right."),
        ("answer = 1", "The value 1 is not right."),
        ("answer = [2.0, 2.0]", "The shape is (2,), but it should be ()."),
        ("answer = 7.0", "The value 7 is not right."),  # second was added to first
    ],
    "ex-1-3-5-a": [
        ("answer = 0.25", "is not right"),
        ("answer = 5 * 0.25", "is not right"),
        ("answer = 0.098", "is not right"),  # percent
        ("answer = 0.25**4", "is not right"),
        ("answer = 1", "is not right"),
    ],
    "ex-1-3-5-b": [
        (RELU + "dout", "gradient of input 0: is wrong in"),
        (RELU + "dout * self.x", "is wrong in"),
        (RELU + "-dout * (self.x > 0)", "has the wrong sign"),
        (RELU + "dout * (self.x < 0)", "is wrong in"),
        (RELU + "self.x > 0", "gradient of input 0"),
        (IDENTITY, "forward is not right. The shape is right"),
    ],
    "ex-1-3-5-c": [
        (SCALE + "dg = (dout * self.x).sum(axis=0)\n        return dout * g", "params[0]: is 0"),
        (SCALED_BY_1, "forward is not right. The shape is right"),
        (SCALE + "dg[...] = dout.sum(axis=0)\n        return dout * g", "params[0]: is wrong"),
        (SCALE + "dg[...] = (dout * self.x).mean(axis=0)\n        return dout * g", "is 0.2 times"),
        (SCALE + "dg[...] = (dout * self.x).sum(axis=0)\n        return dout", "input 0: is wrong"),
        (SCALE + "dg[...] = (dout * self.x).sum(axis=1)\n        return dout * g", "raised ValueE"),
    ],
    "ex-1-3-5-d": [
        ("answer = [[0.2, -0.5, 0.3], [0.6, 0.3, -0.9]]", "6 of 6 values"),  # the sum
        ("answer = [[-0.1, 0.25, -0.15], [-0.3, -0.15, 0.45]]", "6 of 6 values"),  # uphill
        ("answer = [[0.1, 0.25, 0.15], [0.3, 0.15, 0.05]]", "2 of 6 values"),  # y / N
        ("answer = [0.1, -0.25, 0.15]", "The shape is (3,)"),
    ],
    "ex-1-3-5-e": [
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
    ],
    "ex-1-3-6-a": [
        ("answer = [1.05, -2.1]", "2 of 2"),  # uphill
        ("answer = [0.5, -1.0]", "2 of 2"),  # without the learning rate
        ("answer = [0.95, -2.1]", "1 of 2"),
    ],
    "ex-1-3-6-b": [
        ("answer = 1", "is not right"),  # that of w²
        ("answer = 2 / 3", "is not right"),
        ("answer = 1 / 6", "is not right"),  # the fastest, not the limit
    ],
    "ex-1-3-6-c": [
        (MOMENTUM.format("-", "v"), "values are not"),  # the old velocity
        (MOMENTUM.format("+", "new"), "values are not"),  # uphill
        (MOMENTUM.format("-", "learning_rate * new"), "values are not"),
    ],
    "ex-1-3-6-d": [
        (SWISH.format("x * z", "dout * z * (1 - z)"), "gradient of input 0: is wrong in"),
        (SWISH.format("x * z", "dout * z"), "gradient of input 0: is wrong in"),
        (SWISH.format("x * z", "dout * (x + z)"), "gradient of input 0: is wrong in"),
        (SWISH.format("x * z", "-dout * (z + x * z * (1 - z))"), "has the wrong sign"),
        (SWISH.format("z", "dout * z * (1 - z)"), "forward is not right"),
    ],
}
