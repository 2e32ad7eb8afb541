"""Answers to the exercises of chapter 1.4: right ones, and wrong ones with what the check says."""

SLOW = {
    "playground-ends",
    "start-matters-table",
    "progress-bar",
    "printed-book-run",
}

POINT = """def spiral_point(i, j, n):
    r = {}
    angle = {}
    return {}"""
ARRAY = "np.array([r * np.sin(angle), r * np.cos(angle)])"
COUNT = "def count_parameters(D, H, C):\n    return "
EPOCH = """def my_epoch(net, optimizer, batch_size):
    losses, sizes = [], []
    for start in range(0, {}, batch_size):
        x_batch, t_batch = x[start : start + batch_size], t[start : start + batch_size]
        losses.append(net.forward(x_batch, t_batch))
        sizes.append(len(x_batch))
        {}
    return {}"""
UPDATE = "net.backward(); optimizer.update(net.params, net.grads)"
MEAN = "np.dot(losses, sizes) / len(x)"

# For each exercise, right answers; the cell of the solution has run before them.
RIGHT = {
    "ex-1-4-1-a": ["spiral_point = solved_point", POINT.format("i / n", "4 * (j + i / n)", ARRAY)],
    "ex-1-4-1-b": ["answer = np.eye(4)[labels]", "answer = np.eye(4, dtype=int)[labels].tolist()"],
    "ex-1-4-2-a": ["count_parameters = solved_count", COUNT + "D * H + H + H * C + C"],
    "ex-1-4-2-b": ["expected_loss = 2.303", "expected_loss = np.log(10)"],
    "ex-1-4-3-a": ["answer = (10, 12)", "answer = (np.ceil(300 / 32), 300 % 32)"],
    "ex-1-4-3-b": ["my_epoch = solved_epoch", EPOCH.format("len(x)", UPDATE, MEAN)],
    "ex-1-4-4-a": ["answer = 129"],
    "ex-1-4-4-b": ["answer = 1 / 9", "answer = 0.111", "answer = 0.11"],
    "ex-1-4-4-c": ['answer = "B"', 'answer = "b"'],
}

# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-4-1-a": [
        (
            POINT.format(
                "i / n", "4 * (j + r)", "np.array([r * np.cos(angle), r * np.sin(angle)])"
            ),
            "2 of 2 values are not",  # sine and cosine swapped
        ),
        (POINT.format("i / n", "4 * r", ARRAY), "Case 1"),  # every class on one arm
        (POINT.format("i / (n - 1)", "4 * (j + r)", ARRAY), "2 of 2 values are not"),
        (POINT.format("i", "4 * (j + r)", ARRAY), "2 of 2 values are not"),
        (POINT.format("i / n", "4 * (j + r)", "np.array([[r, angle]])"), "The shape is (1, 2)"),
        (POINT.format("i / n", "4 * (j + r)", "r * np.sin(angle)"), "The shape is ()"),
    ],
    "ex-1-4-1-b": [
        ("answer = labels", "The shape is (4,), but it should be (4, 4)."),
        ("answer = np.eye(4)", "6 of 16 values are not; the first is at row 0, column 0: 1."),
        ("answer = np.eye(4)[:, labels]", "values are not; the first is at row 0, column 1: 1."),
        ("answer = np.eye(3)[labels - 1]", "The shape is (4, 3), but it should be (4, 4)."),
        ("answer = labels[:, None] == np.arange(4)", "of numbers; it is an array of shape (4, 4)"),
    ],
    "ex-1-4-2-a": [
        (COUNT + "D * H + H * C", "The value 50 is not right."),  # the biases forgotten
        (COUNT + "D * H + H + H * C", "The value 60 is not right."),
        (COUNT + "D * H + H + H * C + C + D", "The value 65 is not right."),  # input with biases
        (COUNT + "(D, H, C)", "The shape is (3,), but it should be ()."),
    ],
    "ex-1-4-2-b": [
        ("expected_loss = 1.0", "The value 1 is not right."),  # log10
        ("expected_loss = 0.1", "The value 0.1 is not right."),  # the probability
        ("expected_loss = -2.303", "The value -2.303 is not right."),
        ("expected_loss = 2.3", "The value 2.3 is not right."),  # two digits
        ('expected_loss = "2.303"', "it is '2.303'"),
        ("expected_loss = 2.303 + 1j", "it is (2.303+1j)"),
    ],
    "ex-1-4-3-a": [
        ("answer = (9, 12)", "(9, 12) is not right."),  # the last minibatch forgotten
        ("answer = (10, 32)", "(10, 32) is not right."),
        ("answer = (300 / 32, 12)", "(9.375, 12) is not right."),
        ("answer = [10, 12]", "The answer should be a tuple such as"),
        ("answer = 10", "The answer should be a tuple such as"),
        ("answer = (10, 12, 300)", "(10, 12, 300) is not right."),
    ],
    "ex-1-4-3-b": [
        (EPOCH.format("len(x)", UPDATE, "np.mean(losses)"), "values are not"),  # not weighted
        (EPOCH.format("len(x)", UPDATE, "sum(losses)"), "values are not"),
        (
            EPOCH.format("len(x)", "pass", MEAN),
            "the first is at index (0,): 1.09868",
        ),  # nothing is learned
        (EPOCH.format("len(x) - batch_size", UPDATE, MEAN), "values are not"),  # the last left out
        (EPOCH.format("len(x)", "net.backward()", MEAN), "values are not"),
        (EPOCH.format("len(x)", UPDATE, "losses"), "The shape is (3, 10)"),
        (EPOCH.format("len(x)", "optimizer.update()", MEAN), "your function raised TypeError"),
    ],
    "ex-1-4-4-a": [
        ("answer = 128", "The value 128 is not right."),  # counted from 0
        ("answer = 300", "The value 300 is not right."),
        ("answer = 0.9", "The value 0.9 is not right."),
        ("answer = ...", "Not answered yet"),
    ],
    "ex-1-4-4-b": [
        ("answer = 1 / 18", "The value 0.0555556 is not right."),  # the fastest, not the limit
        ("answer = 1 / 3", "The value 0.333333 is not right."),
        ("answer = 9", "The value 9 is not right."),
        ("answer = 0.1", "The value 0.1 is not right."),
        ("answer = 11.1", "The value 11.1 is not right."),  # percent
    ],
    "ex-1-4-4-c": [
        ('answer = "A"', "'A' is not right."),
        ('answer = "C"', "'C' is not right."),
        ('answer = "d"', "'d' is not right."),
        ("answer = 2", "2 is not right."),
    ],
}
