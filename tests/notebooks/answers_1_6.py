"""Answers to the exercises of chapter 1.6: right ones, and wrong ones with what the check says."""

SHAPES = 'shapes = {"a": (30, 10), "b": (2, 10), "c": (10,), "d": (30, 30)}\n'
BIAS = "def joined_bias(b1, W2, b2):\n    return "
WEIGHT = "def weight_gradient(x, dout):\n    return "

# For each exercise, right answers; the cell of the solution has run before them.
RIGHT = {
    "ex-1-6-a": [SHAPES],
    "ex-1-6-b": ["activation = 0.525", "activation = 1 / (1 + np.exp(-0.1))"],
    "ex-1-6-c": ["joined_bias = joined_bias_solved", BIAS + "W2.T @ b1 + b2"],
    "ex-1-6-d": ["first_loss = 1.61", "first_loss = np.log(5)"],
    "ex-1-6-e": ["ds = [[-0.4, 0.35, 0.05], [0.25, 0.125, -0.375]]"],
    "ex-1-6-f": ["weight_gradient = weight_gradient_solved", WEIGHT + "(dout.T @ x).T"],
    "ex-1-6-g": ["new_bias = np.array([0.1, -0.2])", "new_bias = (0.1, -0.2)"],
    "ex-1-6-h": ['line = "b"', 'line = "B"'],
    "ex-1-6-i": ["best = 298"],
    "ex-1-6-j": ["size = 318_040"],
}

# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-6-a": [
        (SHAPES + 'shapes["a"] = (2, 10)', "a: (2, 10) is not right."),
        (SHAPES + 'shapes["b"] = (10, 2)', "b: (10, 2) is not right."),
        (SHAPES + 'shapes["c"] = 10', "c: The answer should be a tuple such as"),
        (SHAPES + 'shapes["d"] = (30, 1)', "d: (30, 1) is not right."),
        (SHAPES + 'del shapes["d"]', "d: Not answered yet"),
        ("shapes = [(30, 10), (2, 10), (10,), (30, 30)]", "should be a dict; it is a list"),
    ],
    "ex-1-6-b": [
        ("activation = 0.1", "The value 0.1 is not right."),  # before the sigmoid
        ("activation = 0.475", "The value 0.475 is not right."),  # wrong sign
        ("activation = 0.5", "The value 0.5 is not right."),  # the bias forgotten
        ("activation = 52.5", "The value 52.5 is not right."),  # percent
        ("activation = [0.525]", "The shape is (1,), but it should be ()."),
        ("activation = True", "it is True"),
    ],
    "ex-1-6-c": [
        (BIAS + "b1 + b2", "your function raised ValueError"),
        (BIAS + "b1 @ W2", "3 of 3 values are not"),
        (BIAS + "b1 @ W2.T + b2", "your function raised ValueError"),
        (BIAS + "(b1 @ W2 + b2)[None]", "The shape is (1, 3), but it should be (3,)."),
        (BIAS + "b1 @ W2 + 2 * b2", "values are not"),
    ],
    "ex-1-6-d": [
        ("first_loss = 0.2", "The value 0.2 is not right."),  # the probability
        ("first_loss = -1.61", "The value -1.61 is not right."),
        ("first_loss = 0.699", "The value 0.699 is not right."),  # log10
        ("first_loss = 2.32", "The value 2.32 is not right."),  # log2
        ("first_loss = 1.1", "The value 1.1 is not right."),  # three classes
        ('first_loss = float("nan")', "The value nan is not right."),
    ],
    "ex-1-6-e": [
        ("ds = [[-0.8, 0.7, 0.1], [0.5, 0.25, -0.75]]", "6 of 6 values are not"),  # the sum
        ("ds = [[0.4, -0.35, -0.05], [-0.25, -0.125, 0.375]]", "6 of 6 values"),  # uphill
        ("ds = [[0.1, 0.35, 0.05], [0.25, 0.125, 0.125]]", "2 of 6 values are not"),  # y / N
        ("ds = np.transpose([[-0.4, 0.35, 0.05], [0.25, 0.125, -0.375]])", "The shape is (3, 2)"),
        ("ds = [[-0.4, 0.35, 0.05], [0.25, 0.125]]", "it is a list"),
    ],
    "ex-1-6-f": [
        (WEIGHT + "x @ dout", "your function raised ValueError"),
        (WEIGHT + "dout.T @ x", "The shape is (4, 2), but it should be (2, 4)."),
        (WEIGHT + "x.T @ dout / len(x)", "8 of 8 values are not"),
        (WEIGHT + "x.T * dout", "your function raised ValueError"),
        (WEIGHT + "dout", "The shape is (5, 4), but it should be (2, 4)."),
    ],
    "ex-1-6-g": [
        ("new_bias = [1.9, 2.2]", "2 of 2 values are not"),  # uphill
        ("new_bias = [0.7, 0.6]", "2 of 2 values are not"),  # the mean
        ("new_bias = [-0.9, -1.2]", "2 of 2 values are not"),  # the step alone
        ("new_bias = [-8, -11]", "2 of 2 values are not"),  # without the learning rate
        ("new_bias = [0.7, 0.3, -0.1]", "The shape is (3,), but it should be (2,)."),
        ("new_bias = [[0.1, -0.2]]", "The shape is (1, 2)"),
    ],
    "ex-1-6-h": [
        ('line = "a"', "'a' is not right."),
        ('line = "both"', "'both' is not right."),
        ('line = ("b",)', "('b',) is not right."),
        ("line = 2", "2 is not right."),
    ],
    "ex-1-6-i": [
        ("best = 300", "The value 300 is not right."),
        ("best = 297", "The value 297 is not right."),  # all three counted as wrong
        ("best = 299", "The value 299 is not right."),
        ("best = 298 / 300", "The value 0.993333 is not right."),
        ("best = np.array([298])", "The shape is (1,), but it should be ()."),
    ],
    "ex-1-6-j": [
        ("size = 79_510", "The value 79510 is not right."),  # numbers, not bytes
        ("size = 636_080", "The value 636080 is not right."),  # float64
        ("size = 317_600", "The value 317600 is not right."),  # the biases forgotten
        ("size = 318.04", "The value 318.04 is not right."),  # kilobytes
        ("size = 318_041", "The value 318041 is not right."),
    ],
}
