"""Answers to the exercises of 1.3.4 and 1.3.5: right ones, and wrong ones with their verdicts."""

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
COLUMN = "def column_gradient(dout):\n    return dout"
WEIGHT = "def weight_gradient(x, dout):\n    return "

LOCAL_NAME = """def weight_gradient(x, dout):
    rows = []
    for column in x.T:
        dot = 0
        for sample, d in zip(column, dout):
            dot = dot + sample * d
        rows.append(dot)
    return np.array(rows)"""
CONSTANT_FACTOR = """class Scale(Layer):
    def __init__(self, g):
        super().__init__()
        self.g = g

    def forward(self, x):
        return x * self.g

    def backward(self, dout):
        return dout * self.g"""

# Answers that are wrong from the beginning: the reader repairs them.
REPAIRED = {"ex-1-3-5-e"}

# For some exercises, right answers beside the solution.
RIGHT = {
    "ex-1-3-4-a": ["answer = [3.0, 8.0]", "answer = (3, 8)"],
    "ex-1-3-4-b": [COLUMN + ".sum(1)[:, None]"],
    "ex-1-3-4-c": [LOCAL_NAME],
    "ex-1-3-4-d": [COLUMNS + "dout.dot(X.T), W.T.dot(dout)"],
    "ex-1-3-4-e": ["answer = 2", "answer = 2.0"],
    "ex-1-3-5-a": ["answer = 0.25**5", "answer = 0.00098"],
    "ex-1-3-5-b": [RELU + "np.where(self.x > 0, dout, 0)"],
    "ex-1-3-5-d": ["answer = [[0.1, -0.25, 0.15], [0.3, 0.15, -0.45]]"],
}
# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-3-4-a": [
        ("answer = [3.0, 5.0]", "b leaves on two wires"),
        ("answer = [5.0, 8.0]", "A multiplication swaps"),
        ("answer = 15", "This is the value of f."),
        ("answer = [8.0, 3.0]", "The gradient of a comes first."),
    ],
    "ex-1-3-4-b": [
        (COLUMN + ".sum(axis=0)", "This sums over the samples"),
        (COLUMN + ".sum(axis=1)", "c has two axes"),
        (COLUMN + ".mean(axis=1, keepdims=True)", "it takes no mean"),
        (COLUMN, "Each entry of c was used in a whole row."),
    ],
    "ex-1-3-4-c": [
        (WEIGHT + "dout.T @ x", "This is the transpose of it."),
        (WEIGHT + "x.T @ dout / len(x)", "don't divide by N"),
        (WEIGHT + "np.outer(x[0], dout[0])", "This is the first sample alone"),
        (WEIGHT + "x.T @ dout", "The results are right, but you used @."),
        (WEIGHT + "sum(map(np.outer, x, dout))", "The results are right, but you used outer."),
        (WEIGHT + "np.tensordot(x, dout, (0, 0))", "you used tensordot."),
        (WEIGHT + "np.einsum('nd,nh->dh', x, dout)", "you used einsum."),
        (WEIGHT + "np.inner(x.T, dout.T)", "you used inner."),
        (WEIGHT + "x.T.dot(dout)", "you used dot."),
        (WEIGHT + "np.linalg.matmul(x.T, dout)", "you used linalg and matmul."),
        (WEIGHT + "(x[:, :, None] * dout[:, None]).sum(axis=0)", "there is no for loop."),
        ("from numpy import matmul as m\n" + WEIGHT + "m(x.T, dout)", "you used matmul."),
    ],
    "ex-1-3-4-d": [
        (COLUMNS + "X @ dout.T, W.T @ dout", "gradient of input 0: is the transpose"),
        (COLUMNS + "dout @ X.T, dout.T @ W", "gradient of input 1: is the transpose"),
        (COLUMNS + "dout @ X.T", "must return 2 gradients, one for each input; got 1."),
        (COLUMNS + "dout @ X.T, None", "must return 2 gradients"),
        (
            COLUMNS + "[dout @ X.T, W.T @ dout]",
            "2 gradients with a comma between them; it returned a list of 2.",
        ),
        (
            COLUMNS + "W.T @ dout, dout @ X.T",
            "it should have (3, 2). The two gradients are exchanged",
        ),
        (COLUMNS + "dout @ X, W.T @ dout", "Your code raised ValueError"),
    ],
    "ex-1-3-4-e": [
        ("answer = 9", "Whose name is second after that?"),
        ("answer = 1", "writes into the array that is there."),
        ("answer = [2.0, 2.0]", "That is the whole of first."),
        ('answer = "2"', "it is '2'"),
        ("answer = 2 + 0j", "it is (2+0j)"),
        ("answer = 7.0", "changes nothing in first."),
    ],
    "ex-1-3-5-a": [
        ("answer = 0.25", "That is one layer."),
        ("answer = 5 * 0.25", "multiplied, not added"),
        ("answer = 0.098", "That is in percent."),
        ("answer = 0.001", "The value 0.001 is close, but not right to 5 decimals."),
        ("answer = 0.25**4", "Those are four layers."),
        ("answer = 1", "y can come near 1"),
    ],
    "ex-1-3-5-b": [
        (RELU + "dout", "6 of 12 entries. Where x < 0, nothing changes"),
        (RELU + "dout * self.x", "does not grow with x"),
        (RELU + "-dout * (self.x > 0)", "has the wrong sign"),
        (RELU + "dout * (self.x < 0)", "It is the other way round"),
        (RELU + "self.x > 0", "backward gives the same for every dout"),
        (IDENTITY, "forward is not right. The shape is right"),
    ],
    "ex-1-3-5-c": [
        (SCALE + "dg = (dout * self.x).sum(axis=0)\n        return dout * g", "params[0]: is 0"),
        (SCALED_BY_1, "forward is not right. The shape is right"),
        (
            SCALE + "dg[...] = dout.sum(axis=0)\n        return dout * g",
            "A multiplication swaps: g gets dout * x",
        ),
        (
            SCALE + "dg[...] = (dout * self.x).mean(axis=0)\n        return dout * g",
            "A Repeat adds up",
        ),
        (CONSTANT_FACTOR, "params must hold 1 array; got 0."),
        (
            SCALE + "dg[...] = (dout * self.x).sum(axis=0)\n        return dout",
            "A multiplication swaps: x gets",
        ),
        (SCALE + "dg[...] = (dout * self.x).sum(axis=1)\n        return dout * g", "raised ValueE"),
    ],
    "ex-1-3-5-d": [
        ("answer = [[0.2, -0.5, 0.3], [0.6, 0.3, -0.9]]", "The loss is a mean: divide by N."),
        ("answer = [[-0.1, 0.25, -0.15], [-0.3, -0.15, 0.45]]", "This points uphill"),
        ("answer = [[0.1, 0.25, 0.15], [0.3, 0.15, 0.05]]", "1 is not subtracted anywhere."),
        ("answer = [0.1, -0.25, 0.15]", "That is one sample."),
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
}
