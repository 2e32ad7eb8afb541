"""Answers to the exercises of 1.3.1 to 1.3.3: right ones, and wrong ones with their verdicts."""

LOG_SOFTMAX = "def my_log_softmax(x):\n    return "
SLOPE = "def slope(f, x):\n    h = 1e-5\n    return "
NEURON = """def neuron_gradients(w, x, b, t):
    a = sigmoid(w * x + b)
    return np.array([{}, {}])"""

MEASURED = """def neuron_gradients(w, x, b, t):
    def loss(w, b):
        return (sigmoid(w * x + b) - t) ** 2

    h = 1e-5
    dw = (loss(w + h, b) - loss(w - h, b)) / (2 * h)
    return np.array([dw, (loss(w, b + h) - loss(w, b - h)) / (2 * h)])"""
NUMERICAL = """def neuron_gradients(w, x, b, t):
    def loss(p):
        return (sigmoid(p[0] * x + p[1]) - t) ** 2

    return numerical_gradient(loss, np.array([w, b]))"""

# For some exercises, right answers beside the solution.
RIGHT = {
    "ex-1-3-1-a": ["answer = 1.498"],
    "ex-1-3-2-a": [SLOPE + "(f(x + h) - f(x - h)) / h / 2"],
    "ex-1-3-3-a": ["answer = 150"],
}
# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-3-1-a": [
        ("answer = -np.log(0.5) - np.log(0.1)", "This is the sum of the two."),
        (
            "answer = (-np.log(0.5) - np.log(0.8)) / 2",
            "Only the probability of the right class counts.",
        ),
        ("answer = -(np.log10(0.5) + np.log10(0.1)) / 2", "The logarithm is the natural one"),
        ("answer = 1.5", "The value 1.5 is close, but not right to 3 decimals."),
        ("answer = 1.497", "The value 1.497 is close, but not right to 3 decimals."),
        ("answer = [0.693, 2.303]", "These are the losses of the two samples."),
    ],
    "ex-1-3-1-b": [
        (LOG_SOFTMAX + "np.log(softmax(x) + 1e-7)", "A small number was added"),
        (LOG_SOFTMAX + "np.log(softmax(x))", "A very small probability is 0 in floats"),
        (LOG_SOFTMAX + "log_softmax(x)", "The results are right, but you used log_softmax."),
        (
            LOG_SOFTMAX + "x - np.log(np.exp(x).sum(axis=1, keepdims=True))",
            "e to the power of 1000 is too large for a float.",
        ),
        (LOG_SOFTMAX + "x - x.max() - np.log(np.exp(x - x.max()).sum())", "each row has its own."),
        (LOG_SOFTMAX + "x - x.max(axis=1, keepdims=True)", "The logarithm of the sum is missing."),
        (LOG_SOFTMAX + "x - np.log(np.exp(x).sum(axis=1))", "raised ValueError"),
    ],
    "ex-1-3-2-a": [
        (SLOPE + "(f(x + h) - f(x)) / h", "This is the forward difference"),
        (SLOPE + "(f(x + h) - f(x - h)) / 2 * h", "divides by 2 and multiplies by h"),
        (SLOPE + "(f(x + h) - f(x - h)) / h", "The two points are 2h apart."),
        (
            "def slope(f, x):\n    return (f(x + 1e-8) - f(x)) / 1e-8",
            "the steps from x are +1e-08, not -h and +h",
        ),
        (SLOPE.replace("1e-5", "1e-6") + "(f(x + h) - f(x - h)) / 2 / h", "-1e-06 and +1e-06"),
        (
            "def slope(f, x):\n    return {np.sin: np.cos, np.exp: np.exp}.get(f, f)(x)",
            "the steps from x are none",
        ),
    ],
    "ex-1-3-2-b": [
        ("answer = ((2, 3), (2,), (5, 3), (5, 2))", "∂L/∂W: (2, 3) is not right. x stands left"),
        ("answer = ((3, 2), (5, 2), (5, 3), (5, 2))", "All samples share one bias"),
        ("answer = [(3, 2), (2,), (5, 3), (5, 2)]", "should be a tuple"),
    ],
    "ex-1-3-3-a": [
        ("answer = 75", "The slope of u = 2x - 3 is missing."),
        ("answer = 77", "Slopes along a chain are multiplied, not added."),
        ("answer = 30", "The slope of u³ has u squared."),
        ("answer = 96", "3u² is taken at u, not at x."),
        ("answer = 150 + 0j", "it is (150+0j)"),
        ('answer = "150"', "should be a number or an array of numbers; it is '150'"),
    ],
    "ex-1-3-3-b": [
        (NEURON.format("2 * (a - t) * x", "2 * (a - t)"), "The slope of the sigmoid is missing."),
        (NEURON.format("(a - t) * a * (1 - a) * x", "(a - t) * a * (1 - a)"), "a factor 2"),
        (
            NEURON.format("2 * (a - t) * a * (1 - a) * x", "2 * (a - t) * a * (1 - a) * b"),
            "and b is added alone",
        ),
        (MEASURED, "Almost right, as small steps are."),
        (MEASURED.replace("1e-5", "1e-4"), "Almost right, as small steps are."),
        (NUMERICAL, "The results are right, but you used numerical_gradient."),
        (NUMERICAL.replace("b]))", "b]), extrapolate=True)"), "The results are right, but you"),
    ],
}
