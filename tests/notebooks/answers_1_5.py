"""Answers to the exercises of chapter 1.5: right ones, and wrong ones with what is said of them."""

SLOW = {"train-three", "time-here"}

STANDARDISE = "def standardise(x):\n    xp = array_namespace(x)\n    return "
MEAN, STD = "xp.mean(x, axis=0)", "xp.std(x, axis=0)"

NUMPY_INSIDE = """def standardise(x):
    xp = array_namespace(x)
    return np.multiply(1, 1) * (x - xp.mean(x, axis=0)) / xp.std(x, axis=0)"""

# For some exercises, right answers beside the solution.
RIGHT = {
    "ex-1-5-1-a": ["answer = 318_040"],
    "ex-1-5-1-b": ["answer = 2048", "answer = 2**11"],
    "ex-1-5-1-c": [
        'answer = "float64"',
        'answer = np.dtype("float64").name',
        'answer = " Float64."',
    ],
    "ex-1-5-2-b": ["answer = 119_100_000"],
    "ex-1-5-2-c": ["answer = 10.55", "answer = 10.6", "answer = 6005 / 569.1"],
}

# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-5-1-a": [
        ("answer = 79_510", "Those are the numbers."),
        ("answer = 8 * 79_510", "That is float64."),
        ("answer = 4 * 79_400", "The biases are missing."),
        ("answer = 32 * 79_510", "Those are the bits."),
        ('answer = "318_040"', "it is '318_040'"),
    ],
    "ex-1-5-1-b": [
        ("answer = 1024", "try np.float16"),
        ("answer = 2049", "n is the number before."),
        ("answer = 11", "That is the exponent of the power of two."),
        ("answer = 65504", "That is the largest number of float16."),
    ],
    "ex-1-5-1-c": [
        ('answer = "float32"', "a NumPy number with a type of its own."),
        ('answer = "float16"', "The larger type wins at each step."),
        ("answer = np.float64", "float32, float64, in quotes; it is a type."),
        ("answer = 64", "float32, float64, in quotes; it is 64."),
    ],
    "ex-1-5-2-a": [
        (STANDARDISE + "(x - np.mean(x, axis=0)) / np.std(x, axis=0)", "Case 2"),
        (STANDARDISE + "(x - x.mean(axis=0)) / x.std(axis=0)", "raised AttributeError"),
        (STANDARDISE + f"x - {MEAN} / {STD}", "brackets are missing."),
        (STANDARDISE + f"(x - {MEAN}) / {STD} ** 2", "That divides by the variance."),
        (STANDARDISE + "(x - xp.mean(x)) / xp.std(x)", "Each column has a mean"),
        (NUMPY_INSIDE, "The results are right, but you used np."),
        (STANDARDISE + "(x - xp.mean(x, axis=1)) / xp.std(x, axis=1)", "your function raised"),
        (STANDARDISE + MEAN, "These are the means alone."),
    ],
    "ex-1-5-2-b": [
        ("answer = 397_000", "That is one sample, forward alone."),
        ("answer = 39_700_000", "That is forward alone."),
        ("answer = 3 * 397_000", "That is one sample; a minibatch has more."),
        ("answer = 300 * 784 * 500 * 10", "is added, not multiplied."),
    ],
    "ex-1-5-2-c": [
        ("answer = 569.1 / 6005", "That is how fast the CPU is beside the GPU."),
        ("answer = 20_000 / 1_000_000", "That is upside down"),
        ("answer = 50", "There are fixed times too."),
        ("answer = 10", "The value 10 is close, but not right to 1 decimal."),
        ("answer = 10.5", "The value 10.5 is close, but not right to 1 decimal."),
        ("answer = 11", "The value 11 is close, but not right to 1 decimal."),
        ("answer = 1055", "That is in percent."),
    ],
}
