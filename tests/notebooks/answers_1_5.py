"""Answers to the exercises of chapter 1.5: right ones, and wrong ones with what the check says."""

SLOW = {"train-three", "time-here"}

STANDARDISE = "def standardise(x):\n    xp = array_namespace(x)\n    return "
MEAN, STD = "xp.mean(x, axis=0)", "xp.std(x, axis=0)"

# For each exercise, right answers; the cell of the solution has run before them.
RIGHT = {
    "ex-1-5-1-a": ["answer = 318_040"],
    "ex-1-5-1-b": ["answer = 2048", "answer = 2**11"],
    "ex-1-5-1-c": ['answer = "float64"', 'answer = np.dtype("float64").name'],
    "ex-1-5-2-a": ["standardise = solved_standardise"],
    "ex-1-5-2-b": ["answer = 119_100_000"],
    "ex-1-5-2-c": ["answer = 10.55", "answer = 11", "answer = 10.6", "answer = 10.5"],
}

# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-5-1-a": [
        ("answer = 79_510", "The value 79510 is not right."),  # numbers, not bytes
        ("answer = 8 * 79_510", "The value 636080 is not right."),  # float64
        ("answer = 4 * 79_400", "The value 317600 is not right."),  # the biases forgotten
        ("answer = 32 * 79_510", "is not right."),  # bits
    ],
    "ex-1-5-1-b": [
        ("answer = 1024", "The value 1024 is not right."),
        ("answer = 2049", "The value 2049 is not right."),  # n + 1, not n
        ("answer = 11", "The value 11 is not right."),  # the exponent
        ("answer = 65504", "The value 65504 is not right."),  # the largest number
    ],
    "ex-1-5-1-c": [
        ('answer = "float32"', "'float32' is not right."),
        ('answer = "float16"', "'float16' is not right."),
        ("answer = np.float64", "is not right."),  # the type, not its name
        ("answer = 64", "64 is not right."),
    ],
    "ex-1-5-2-a": [
        (STANDARDISE + "(x - np.mean(x, axis=0)) / np.std(x, axis=0)", "Case 2"),
        (STANDARDISE + "(x - x.mean(axis=0)) / x.std(axis=0)", "raised AttributeError"),
        (STANDARDISE + f"x - {MEAN} / {STD}", "6 of 6 values are not"),
        (STANDARDISE + f"(x - {MEAN}) / {STD} ** 2", "values are not"),
        (STANDARDISE + "(x - xp.mean(x)) / xp.std(x)", "6 of 6 values are not"),
        (STANDARDISE + "(x - xp.mean(x, axis=1)) / xp.std(x, axis=1)", "your function raised"),
        (STANDARDISE + MEAN, "The shape is (2,), but it should be (3, 2)."),
    ],
    "ex-1-5-2-b": [
        ("answer = 397_000", "The value 397000 is not right."),  # forwards, one sample
        ("answer = 39_700_000", "is not right."),  # forwards only
        ("answer = 3 * 397_000", "is not right."),  # one sample
        ("answer = 300 * 784 * 500 * 10", "is not right."),
    ],
    "ex-1-5-2-c": [
        ("answer = 569.1 / 6005", "The value 0.094771 is not right."),  # upside down
        ("answer = 20_000 / 1_000_000", "The value 0.02 is not right."),
        ("answer = 50", "The value 50 is not right."),  # without the fixed times
        ("answer = 10", "The value 10 is not right."),
        ("answer = 1055", "The value 1055 is not right."),  # percent
    ],
}
