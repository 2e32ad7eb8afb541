"""Answers to the exercises of chapter 1.2: right ones, and wrong ones with what is said of them."""

THREE = "shape_of_W, shape_of_b, shape_of_h = "
HIDDEN = "def hidden_layer(x, W, b):\n    return "
WINNER = "def predicted_class(s):\n    return "
BIASES = "def combined_biases(b1, W2, b2):\n    return "
AFFINE = """class YourAffine:
    def __init__(self, W, b):
        self.params, self.grads = {}

    def forward(self, x):
        W, b = self.params
        return {}"""
RELU = "class YourReLU(MyLayer):\n    def forward(self, x):\n        "
PREDICT = "def your_predict(layers, x):\n    for layer in layers:\n        "
LISTS = "[W, b], [np.zeros_like(W), np.zeros_like(b)]"
ZERO_PARAMS = """class YourAffine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.params = self.grads = [W * 0, b * 0]

    def forward(self, x):
        return x @ self.W + self.b"""

LEANING = """class YourAffine:
    def __init__(self, W, b):
        self.params, self.grads = [W, b], [W * 0, b * 0]

    def forward(self, x):
        return Affine(*self.params).forward(x)"""

# For some exercises, right answers beside the solution.
RIGHT = {
    "ex-1-2-1-a": ["answer = -0.7", "answer = np.array(-0.7)"],
    "ex-1-2-1-b": ["answer = -1", "answer = -1.0"],
    "ex-1-2-1-c": [THREE + "(3, 6), (6,), (10, 6)"],
    "ex-1-2-1-d": [HIDDEN + "1 / (1 + np.exp(-x @ W - b))"],
    "ex-1-2-1-e": [WINNER + "np.argmax(s, axis=-1)"],
    "ex-1-2-2-a": ["answer = [[0, 1], [-1, 0]]"],
    "ex-1-2-2-b": [AFFINE.format(LISTS, "np.dot(x, W) + b")],
    "ex-1-2-2-c": [RELU + "return x * (x > 0)"],
    "ex-1-2-2-d": ["answer = 63", "answer = 2 * 10 + 10 + 10 * 3 + 3"],
}
# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-2-1-a": [
        ("answer = 0.7", "The value 0.7 is not right. The sign is wrong."),
        ('answer = "-0.7"', "should be a number or an array of numbers; it is '-0.7'"),
        ("answer = -0.7 + 0j", "should be a number or an array of numbers; it is (-0.7+0j)"),
        ("answer = -0.9", "The bias is missing."),
        ("answer = 2 * -0.5 + 3 * 0.3 + 0.2", "you exchanged them."),
        ("answer = [0.6, -1.5, 0.2]", "Add the three numbers."),
    ],
    "ex-1-2-1-b": [
        ("answer = 1", "is the neuron's value at (1, 2) equal to 0?"),
        ("answer = 5", "The second weight is negative;"),
        ("answer = (1, 2)", "The shape is (2,), but it should be ()."),
        ('answer = "-1 + b"', "should be a number or an array of numbers; it is '-1 + b'"),
    ],
    "ex-1-2-1-c": [
        (THREE + "(6, 3), (6,), (10, 6)", "x stands left of W"),
        (THREE + "(3, 6), (6), (10, 6)", "b: The answer should be a tuple such as (7,)"),
        (THREE + "(3, 6), (10, 6), (10, 6)", "b: (10, 6) is not right"),
        (THREE + "(3, 6), (6,), [10, 6]", "h: The answer should be a tuple"),
        (THREE + "(3, 6), (6,), (6, 10)", "A sample is a row."),
    ],
    "ex-1-2-1-d": [
        (HIDDEN + "x @ W + b", "The sigmoid is missing."),
        (HIDDEN + "sigmoid(x @ W) + b", "The bias was added after the sigmoid."),
        (HIDDEN + "sigmoid(x * W + b)", "raised ValueError: operands could not be broadcast"),
        (HIDDEN + "sigmoid(W @ x + b)", "raised ValueError: matmul: Input operand 1"),
        (HIDDEN + "sigmoid(x[0] @ W + b)", "The shape is (4,), but it should be (5, 4)."),
    ],
    "ex-1-2-1-e": [
        (WINNER + "s.argmax()", "The shape is (), but it should be (5,)."),
        (WINNER + "s.argmax(axis=0)", "The shape is (3,), but it should be (5,)."),
        (WINNER + "s.max(axis=1)", "These are the largest scores."),
        (WINNER + "s.argmax(axis=1) + 1", "The first class is 0."),
        (WINNER + "s.argmax(axis=1, keepdims=True)", "The shape is (5, 1)"),
        (WINNER + "np.abs(s).argmax(axis=1)", "A large negative score is still a low one."),
    ],
    "ex-1-2-1-f": [
        (BIASES + "b1 + b2", "raised ValueError: operands could not be broadcast"),
        (BIASES + "W2 @ b1 + b2", "raised ValueError: matmul"),
        (BIASES + "b1 @ W2", "The second biases are missing."),
        (BIASES + "(b1 + b2[0]) @ W2", "values are not; the first is at index (0,)"),
    ],
    "ex-1-2-2-a": [
        ("answer = [[0, -1], [1, 0]]", "This turns clockwise."),
        ("answer = np.array([[0, 1], [1, 0]])", "it reflects."),
        ("answer = -np.eye(2)", "This turns by half a turn."),
        ("answer = [0, 1, -1, 0]", "The shape is (4,), but it should be (2, 2)."),
    ],
    "ex-1-2-2-b": [
        (AFFINE.format(LISTS, "W @ x + b"), "raised ValueError: matmul"),
        (AFFINE.format(LISTS, "x @ W"), "The bias is missing."),
        (AFFINE.format(LISTS, "x[0] @ W + b"), "The shape is (4,), but it should be (5, 4)."),
        (AFFINE.format("[W, b], None", "x @ W + b"), "forward is right; grads should be a list"),
        (AFFINE.format("[W, b], [0, 0]", "x @ W + b"), "forward is right; grads should be a list"),
        (AFFINE.format("(W, b), [W * 0, b * 0]", "x @ W + b"), "params should be a list: W and b"),
        (AFFINE.format("[W, b], [W, b]", "x @ W + b"), "grads should be a list: zeros"),
        (AFFINE.format("[W, b], [W * 0]", "x @ W + b"), "grads should be a list: zeros"),
        ("class YourAffine(Affine):\n    pass", "forward is right, but it leans on Affine"),
        (
            "class YourAffine(MyAffine):\n    pass",
            "forward is right, but it leans on MyAffine and MyLayer.",
        ),
        (LEANING, "forward is right, but it leans on Affine."),
        ("YourAffine = Affine(W1, b1)", "The answer should be a class; it is a Affine."),
        (ZERO_PARAMS, "forward is right; params should be a list: W and b."),
        (AFFINE.format("[b, W], [b, W]", "x @ W + b"), "your function raised"),
    ],
    "ex-1-2-2-c": [
        (RELU + "return np.max(x, 0)", "np.max looks for the largest entry of each column."),
        (RELU + "return max(x, 0)", "your function raised ValueError"),
        (RELU + "x[x < 0] = 0\n        return x", "your function changed its argument 0."),
        (RELU + "return np.abs(x)", "A negative number becomes 0"),
        (RELU + "return np.minimum(x, 0)", "This keeps the negative numbers."),
    ],
    "ex-1-2-2-d": [
        ("answer = 50", "The biases are missing."),
        ("answer = 4", "Those are the arrays."),
        ("answer = 2 * 10 + 10 * 3 + 2 + 10", "The value 62 is not right."),
        ("answer = (2, 10, 3)", "Those are the sizes of the layers."),
    ],
    "ex-1-2-2-e": [
        (PREDICT + "return layer.forward(x)", "Only the first layer ran."),
        (
            PREDICT + "y = layer.forward(x)\n    return y",
            "Each layer gets the output of the one before",
        ),
        (PREDICT + "x = layer.forward(x)", "Not answered yet: the function returns nothing"),
        (PREDICT + "x = layer(x)\n    return x", "TypeError: 'Step' object is not callable"),
        (
            "def your_predict(layers, x):\n    f, g, h = layers\n"
            "    return h.forward(g.forward(f.forward(x)))",
            "your function raised ValueError: not enough values to unpack",
        ),
    ],
}
