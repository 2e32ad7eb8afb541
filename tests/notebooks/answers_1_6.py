"""Answers to the exercises of chapter 1.6: right ones, and wrong ones with what is said of them."""

SHAPES = 'shapes = {"a": (30, 10), "b": (2, 10), "c": (10,), "d": (30, 30)}\n'
BIAS = "def joined_bias(b1, W2, b2):\n    return "
WEIGHT = "def weight_gradient(x, dout):\n    return "

# For some exercises, right answers beside the solution.
RIGHT = {
    "ex-1-6-a": [SHAPES],
    "ex-1-6-b": ["activation = 0.525", "activation = 1 / (1 + np.exp(-0.1))"],
    "ex-1-6-c": [BIAS + "W2.T @ b1 + b2"],
    "ex-1-6-d": ["first_loss = 1.61", "first_loss = np.log(5)"],
    "ex-1-6-e": ["ds = [[-0.4, 0.35, 0.05], [0.25, 0.125, -0.375]]"],
    "ex-1-6-f": [WEIGHT + "(dout.T @ x).T"],
    "ex-1-6-g": ["new_bias = np.array([0.1, -0.2])", "new_bias = (0.1, -0.2)"],
    "ex-1-6-h": ['line = "b"', 'line = "B"', "line = '\"b\"'", 'line = "b)"'],
    "ex-1-6-i": ["best = 298"],
    "ex-1-6-j": ["size = 318_040"],
}

# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-6-a": [
        (SHAPES + 'shapes["a"] = (2, 10)', "a: (2, 10) is not right."),
        (SHAPES + 'shapes["b"] = (10, 2)', "x.T stands left"),
        (SHAPES + 'shapes["c"] = 10', "c: The answer should be a tuple such as"),
        (SHAPES + 'shapes["d"] = (30, 1)', "x[:, 0] has one axis, and t has two."),
        (SHAPES + 'del shapes["d"]', "d: Not answered yet"),
        ("shapes = [(30, 10), (2, 10), (10,), (30, 30)]", "should be a dict; it is a list"),
    ],
    "ex-1-6-b": [
        ("activation = 0.1", "That is h."),
        ("activation = 0.475", "That is the sigmoid of -h."),
        ("activation = 0.5", "The bias is missing."),
        ("activation = 0.52", "The value 0.52 is close, but not right to 3 decimals."),
        ("activation = 52.5", "That is in percent."),
        ("activation = [0.525]", "The shape is (1,), but it should be ()."),
        ("activation = True", "it is True"),
    ],
    "ex-1-6-c": [
        (BIAS + "b1 + b2", "The first biases pass through the second weights."),
        (BIAS + "b1 @ W2", "The second biases are missing."),
        (BIAS + "b1 @ W2.T + b2", "your function raised ValueError"),
        (BIAS + "(b1 @ W2 + b2)[None]", "The shape is (1, 3), but it should be (3,)."),
        (BIAS + "b1 @ W2 + 2 * b2", "values are not"),
    ],
    "ex-1-6-d": [
        ("first_loss = 0.2", "That is the probability."),
        ("first_loss = -1.61", "A loss of probabilities below 1 is positive."),
        ("first_loss = 0.699", "The logarithm is the natural one, np.log."),
        ("first_loss = 2.32", "not that to the base of 2."),
        ("first_loss = 1.1", "That is for three classes."),
        ("first_loss = 1.6", "The value 1.6 is close, but not right to 2 decimals."),
        ('first_loss = float("nan")', "The value nan is not right."),
    ],
    "ex-1-6-e": [
        ("ds = [[-0.8, 0.7, 0.1], [0.5, 0.25, -0.75]]", "The loss is a mean: divide by N."),
        ("ds = [[0.4, -0.35, -0.05], [-0.25, -0.125, 0.375]]", "This points uphill"),
        ("ds = [[0.1, 0.35, 0.05], [0.25, 0.125, 0.125]]", "1 is not subtracted anywhere."),
        ("ds = np.transpose([[-0.4, 0.35, 0.05], [0.25, 0.125, -0.375]])", "A sample is a row."),
        ("ds = [[-0.4, 0.35, 0.05], [0.25, 0.125]]", "it is a list"),
    ],
    "ex-1-6-f": [
        (WEIGHT + "x @ dout", "what has N must stand inside."),
        (WEIGHT + "dout.T @ x", "This is the transpose of it."),
        (WEIGHT + "x.T @ dout / len(x)", "don't divide by N"),
        (WEIGHT + "x.T * dout", "your function raised ValueError"),
        (WEIGHT + "dout", "This is the upstream gradient itself."),
    ],
    "ex-1-6-g": [
        ("new_bias = [1.9, 2.2]", "This goes uphill."),
        ("new_bias = [0.7, 0.6]", "not the mean."),
        ("new_bias = [-0.9, -1.2]", "This is the step."),
        ("new_bias = [-8, -11]", "The learning rate is missing."),
        ("new_bias = [0.7, 0.3, -0.1]", "The sum runs over the samples, not over the neurons."),
        ("new_bias = [[0.1, -0.2]]", "The shape is (1, 2)"),
    ],
    "ex-1-6-h": [
        ('line = "a"', "Line a puts another array into the layer's list."),
        ('line = "both"', "One of the lines replaces the array"),
        ('line = ("b",)', "should be one of a, b, both, in quotes; it is a tuple."),
        ("line = 2", "should be one of a, b, both, in quotes; it is 2."),
        ('line = "c"', "should be one of a, b, both, in quotes; it is 'c'."),
    ],
    "ex-1-6-i": [
        ("best = 300", "Can all of them be right?"),
        ("best = 297", "Must all of them be wrong?"),
        ("best = 299", "How many labels can it be?"),
        ("best = 298 / 300", "the accuracy is not asked for."),
        ("best = np.array([298])", "The shape is (1,), but it should be ()."),
    ],
    "ex-1-6-j": [
        ("size = 79_510", "Those are the numbers."),
        ("size = 636_080", "That is float64."),
        ("size = 317_600", "The biases are missing."),
        ("size = 318.04", "not kilobytes."),
        ("size = 318_041", "The value 318041 is not right."),
    ],
}
