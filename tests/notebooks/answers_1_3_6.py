"""Answers to the exercises of 1.3.6: right ones, and wrong ones with what is said of them."""

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
MOMENTUM = """def momentum_step(w, v, gradient, learning_rate, momentum):
    new = momentum * v {} learning_rate * gradient
    return np.array([w + {}, new])"""

SLOW = {"mistakes-in-training", "mean-forgotten"}

# For some exercises, right answers beside the solution.
RIGHT = {
    "ex-1-3-6-a": ["answer = [0.95, -1.9]"],
    "ex-1-3-6-b": ["answer = 1 / 3", "answer = 0.333"],
}
# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-3-6-a": [
        ("answer = [1.05, -2.1]", "This goes uphill."),
        ("answer = [0.5, -1.0]", "The learning rate is missing."),
        ("answer = [0.95, -2.1]", "Two minus signs make a plus"),
        ("answer = [-0.05, 0.1]", "This is the step."),
    ],
    "ex-1-3-6-b": [
        ("answer = 1", "That is the limit for L = w²."),
        ("answer = 2 / 3", "The gradient of 3w² is 6w, not 3w."),
        ("answer = 0.33", "The value 0.33 is close, but not right to 3 decimals."),
        ("answer = 1 / 6", "There one step ends at the minimum"),
    ],
    "ex-1-3-6-c": [
        (MOMENTUM.format("-", "v"), "The weight moves by the old velocity"),
        (MOMENTUM.format("+", "new"), "This goes uphill."),
        (
            MOMENTUM.format("-", "learning_rate * new"),
            "The learning rate is in the velocity already.",
        ),
    ],
    "ex-1-3-6-d": [
        (SWISH.format("x * z", "dout * z * (1 - z)"), "This is the way through the sigmoid"),
        (SWISH.format("x * z", "dout * z"), "This is one of the two ways of the branch, straight"),
        (SWISH.format("x * z", "dout * (x + z)"), "The slope of the sigmoid is missing"),
        (SWISH.format("x * z", "z + x * z * (1 - z)"), "the upstream gradient is left out"),
        (SWISH.format("x * z", "-dout * (z + x * z * (1 - z))"), "has the wrong sign"),
        (SWISH.format("z", "dout * z * (1 - z)"), "forward is not right"),
    ],
}
