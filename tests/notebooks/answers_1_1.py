"""Answers to the exercises of chapter 1.1: right ones, and wrong ones with what is said of them."""

SHAPES = 'shapes = {"a": (3,), "b": (1, 3), "c": (3, 1), "d": (1, 3, 2)}\n'
SUMS = (
    'sums = {"a": (3, 2), "b": "error", "c": (3, 2), "d": (4, 3), "e": (5, 3, 2), "f": "error"}\n'
)
RESULTS = """results = {"a": (3,), "b": "error", "c": (3,)}
results |= {"d": (5, 3, 2), "e": (3, 5, 2), "f": "error"}
"""
CHAIN = """chain = {"x": (10, 2), "W1": (2, 6), "b1": (6,), "h": (10, 6)}
chain |= {"W2": (6, 3), "b2": (3,), "s": (10, 3)}
"""
CENTRE, SCALE = "def centre(x):\n    ", "def scale_samples(x, factors):\n    return "
MULTIPLY, LOOPS = (
    "def multiply(A, B):\n    ",
    """def multiply(A, B):
    result = np.zeros({}, dtype={})
    for n in range(len(A)):
        for h in range(B.shape[1]):
            result[n, h] = np.dot({})
    return result""",
)
AFFINE = """def affine(x, W, b):
    if {}:
        raise {}(f"got {{x.shape}}, {{W.shape}}, {{b.shape}}")
    return x @ W + b"""
FITS = "x.ndim == W.ndim == 2 and x.shape[1] == W.shape[0] and b.shape == W.shape[1:]"
SIZES_FIT = "x.ndim == W.ndim == 2 and x.shape[1] == W.shape[0] and b.size == W.shape[1]"

# For some exercises, right answers beside the solution.
RIGHT = {
    "ex-1-1-1-a": [SHAPES],
    "ex-1-1-1-b": ["second = x[1:2]", "second = x[[1]]", "second = x[1].reshape(1, -1)"],
    "ex-1-1-2-a": ["squares = np.array([[0, 4], [4, 9]])", "squares = [[0.0, 4.0], [4.0, 9.0]]"],
    "ex-1-1-3-a": [SUMS, SUMS.replace("error", "Error")],
    "ex-1-1-3-b": [CENTRE + "return x - x.mean(0, keepdims=True)"],
    "ex-1-1-3-c": [SCALE + "np.diag(factors) @ x"],
    "ex-1-1-4-a": ["product = np.array([[4, 7], [11, 6]])", "product = [[4, 7], [11, 6]]"],
    "ex-1-1-4-b": [
        MULTIPLY + "return np.array([[np.dot(a, b) for b in B.T] for a in A])",
    ],
    "ex-1-1-4-c": [RESULTS],
    "ex-1-1-5-a": [CHAIN],
    "ex-1-1-5-b": [AFFINE.format(f"not ({FITS})", "ValueError")],
}
# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-1-1-a": [
        (SHAPES + 'shapes["a"] = (3)', "a: The answer should be a tuple such as (7,)"),
        (SHAPES + 'shapes["a"] = (1, 3)', "a: (1, 3) is not right. That has two axes."),
        (SHAPES + 'shapes["b"] = [1, 3]', "b: The answer should be a tuple"),
        (
            SHAPES + 'shapes["c"] = (1, 3)',
            "The first number counts the lists inside the outer one.",
        ),
        (SHAPES + 'shapes["d"] = (3, 2)', "d: (3, 2) is not right"),
        (SHAPES + 'del shapes["d"]', "d: Not answered yet"),
    ],
    "ex-1-1-1-b": [
        ("second = x[1]", "An index removes its axis."),
        ("second = np.array([0, 3])", "An index removes its axis."),
        ("second = x[2:3]", "2 of 2 values are not; the first is at row 0, column 0: 4."),
        ("second = x[:, 1]", "The shape is (3,)"),
        ("second = x[1].reshape(-1, 1)", "The basket should be a row."),
    ],
    "ex-1-1-2-a": [
        ("squares = np.array([[0, 2], [-2, 3]])", "These are the differences."),
        ("squares = np.array([[0, 4], [-4, 9]])", "1 of 4 values are not; the first is at row 1"),
        ("squares = [[0, 8], [-12, 21]]", "These are the differences of the squares."),
        ("squares = 17", "The shape is ()"),
        ('squares = "0 4 4 9"', "should be a number or an array of numbers"),
    ],
    "ex-1-1-3-a": [
        (SUMS + 'sums["a"] = "error"', "a: The answer should be a tuple"),
        (SUMS + 'sums["b"] = (3, 3)', "b: (3, 3) is not right"),
        (SUMS + 'sums["c"] = "error"', "c: The answer should be a tuple"),
        (SUMS + 'sums["d"] = (4, 1)', "Both of them can be stretched."),
        (SUMS + 'sums["e"] = (3, 2)', "e: (3, 2) is not right"),
        (SUMS + 'sums["f"] = (2, 3)', "f: (2, 3) is not right"),
    ],
    "ex-1-1-3-b": [
        (CENTRE + "return x - np.mean(x)", "You subtract the mean of all numbers."),
        (CENTRE + "return x - np.mean(x, axis=1)", "raised ValueError: operands could not be"),
        (CENTRE + "return x - np.mean(x, axis=1, keepdims=True)", "the mean of each row"),
        (CENTRE + "return np.mean(x, axis=0)", "The shape is (2,), but it should be (3, 2)."),
        (CENTRE + "x -= np.mean(x, axis=0)\n    return x", "changed its argument 0"),
        (CENTRE + "x - np.mean(x, axis=0)", "Use return"),
    ],
    "ex-1-1-3-c": [
        (SCALE + "x * factors", "your function raised ValueError: operands could not be"),
        (SCALE + "x * factors if len(x) == x.shape[1] else (x.T * factors).T", "Case 2"),
        (SCALE + "x.T * factors", "The shape is (2, 3), but it should be (3, 2)."),
        (SCALE + "x + factors[:, None]", "The factors are added, not multiplied."),
        (SCALE + "factors @ x", "The shape is (2,)"),
    ],
    "ex-1-1-4-a": [
        ("product = np.array([[4, 11], [7, 6]])", "2 of 4 values are not"),
        ("product = [[4, 7], [11, 5]]", "1 of 4 values are not; the first is at row 1, column 1"),
        ("product = np.array([[5, 1, 5], [4, 0, 8], [10, 3, 5]])", "This is B A."),
        ("product = [4, 7, 11, 6]", "The numbers need two rows"),
    ],
    "ex-1-1-4-b": [
        (MULTIPLY + "return A * B", "raised ValueError: operands could not be broadcast"),
        (MULTIPLY + "return B @ A", "The shape is (2, 2), but it should be (3, 3)."),
        (LOOPS.format("(len(A), len(B))", "float", "A[n], B[:, h]"), "raised IndexError"),
        (LOOPS.format("(len(A), B.shape[1])", "int", "A[n], B[:, h]"), "values are not"),
        (LOOPS.format("(len(A), B.shape[1])", "float", "A[n], B[h]"), "shapes (2,) and (3,) not"),
        (LOOPS.format("(len(A), len(A))", "float", "A[n], B[:, h]"), "Case 3"),
        (MULTIPLY + "return A @ B", "The results are right, but you used @."),
        (MULTIPLY + "return np.matmul(A, B)", "The results are right, but you used matmul."),
        (MULTIPLY + "return np.dot(A, B)", "np.dot got a whole matrix; give it a row"),
        (MULTIPLY + "return A.dot(B)", "np.dot got a whole matrix; give it a row"),
        (MULTIPLY + "return np.dot(a=A, b=B)", "your function raised TypeError"),
        (MULTIPLY + "product = np.dot\n    return product(A, B)", "np.dot got a whole matrix"),
        (MULTIPLY + "return np.einsum('nd,dh->nh', A, B)", "you used einsum."),
        (MULTIPLY + "return np.inner(A, B.T)", "you used inner."),
        (MULTIPLY + "return np.tensordot(A, B, 1)", "you used tensordot."),
        (MULTIPLY + "A @= B\n    return A", "your function raised"),
        ("multiply = np.matmul", "The results are right, but you used matmul."),
        ("times = np.matmul\n" + MULTIPLY + "return times(A, B)", "you used matmul."),
        ("def times(A, B):\n    return A @ B\n" + MULTIPLY + "return times(A, B)", "you used @."),
        (MULTIPLY + "return (A[:, :, None] * B).sum(axis=1)", "there is no for loop."),
    ],
    "ex-1-1-4-c": [
        (RESULTS + 'results["a"] = (3, 1)', "a: (3, 1) is not right"),
        (RESULTS + 'results["b"] = (3,)', "b: (3,) is not right. What stands inside must be equal"),
        (RESULTS + 'results["c"] = "error"', "c: The answer should be a tuple"),
        (RESULTS + 'results["d"] = (3, 5, 2)', "This is how np.dot joins the axes."),
        (RESULTS + 'results["e"] = (5, 3, 2)', "e: (5, 3, 2) is not right"),
        (RESULTS + 'results["f"] = (3, 4)', "f: (3, 4) is not right"),
    ],
    "ex-1-1-5-a": [
        (CHAIN + 'chain["W1"] = (6, 2)', "x stands left of W1"),
        (CHAIN + 'chain["b1"] = (10, 6)', "b1: (10, 6) is not right"),
        (CHAIN + 'chain["b2"] = 3', "b2: The answer should be a tuple such as (7,)"),
        (CHAIN + 'chain["s"] = (3, 10)', "s: (3, 10) is not right. A sample is a row."),
        (CHAIN + 'chain["W2"] = (10, 3)', "W2: (10, 3) is not right"),
    ],
    "ex-1-1-5-b": [
        (AFFINE.format("False", "ValueError"), "the message does not name them"),  # NumPy's own
        (
            AFFINE.format("x.shape[-1] != W.shape[0]", "ValueError"),
            "((3, 2), (2, 4), (1,)) do not fit, but were accepted",
        ),
        (
            AFFINE.format("x.shape[-1] != len(W) or b.shape != W.shape[1:]", "ValueError"),
            "((2,), (2, 4), (4,)) do not fit, but were accepted",
        ),
        (
            AFFINE.format(f"not ({SIZES_FIT})", "ValueError"),
            "((4, 2), (2, 4), (4, 1)) do not fit, but were accepted",
        ),
        (AFFINE.format(f"not ({FITS})", "TypeError"), "it raised TypeError"),
        (AFFINE.format(f"not ({FITS})", "ValueError").replace("{W.shape}", ""), "not name them"),
        ("def affine(x, W, b):\n    return W @ x + b", "x stands left of W."),
        ("def affine(x, W, b):\n    return x @ W", "The bias is missing."),
    ],
}
