"""Answers to the exercises of chapter 1.4: right ones, and wrong ones with what is said of them."""

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
ROWS = "def one_hot_rows(labels, C):\n    return "
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

# For some exercises, right answers beside the solution.
RIGHT = {
    "ex-1-4-1-a": [POINT.format("i / n", "4 * (j + i / n)", ARRAY)],
    "ex-1-4-1-b": [ROWS + "np.eye(C, dtype=int)[labels].tolist()"],
    "ex-1-4-2-a": [COUNT + "D * H + H + H * C + C"],
    "ex-1-4-2-b": ["expected_loss = 2.303", "expected_loss = np.log(10)"],
    "ex-1-4-3-a": ["answer = (10, 12)", "answer = (np.ceil(300 / 32), 300 % 32)"],
    "ex-1-4-3-b": [EPOCH.format("len(x)", UPDATE, MEAN)],
    "ex-1-4-4-a": ["answer = 129"],
    "ex-1-4-4-b": ["answer = 1 / 9", "answer = 0.111"],
    "ex-1-4-4-c": [f'answer = "{said}"' for said in ["B", "b", " B ", "(b)", "b.", "'B'", "[B]"]],
}

# For each exercise, likely wrong answers and what the check says of them.
WRONG = {
    "ex-1-4-1-a": [
        (
            POINT.format(
                "i / n", "4 * (j + r)", "np.array([r * np.cos(angle), r * np.sin(angle)])"
            ),
            "The sine comes first.",
        ),
        (POINT.format("i / n", "4 * r", ARRAY), "The angle must depend on the class."),
        (POINT.format("i / (n - 1)", "4 * (j + r)", ARRAY), "The radius is i / n, so that"),
        (POINT.format("i", "4 * (j + r)", ARRAY), "The radius is i / n, not i."),
        (POINT.format("i / n", "4 * (j + r)", "np.array([[r, angle]])"), "The shape is (1, 2)"),
        (POINT.format("i / n", "4 * (j + r)", "r * np.sin(angle)"), "A point has two."),
    ],
    "ex-1-4-1-b": [
        (ROWS + "labels", "Each becomes a row."),
        (ROWS + "np.eye(C)", "You need one for each label."),
        (ROWS + "np.eye(C)[:, labels]", "they should choose rows."),
        (ROWS + "np.eye(C)[labels - 1]", "The first class is 0."),
        (ROWS + "np.eye(4)[labels]", "Case 2"),
        (ROWS + "np.eye(labels.max() + 1)[labels]", "as many columns as classes"),
        (ROWS + "labels[:, None] == np.arange(C)", "of numbers; it is an array of shape (4, 4)"),
        (ROWS + "one_hot(labels, C)", "The results are right, but you used one_hot."),
        ("one_hot_rows = one_hot", "The results are right, but you used one_hot."),
    ],
    "ex-1-4-2-a": [
        (COUNT + "D * H + H * C", "The biases are missing."),
        (COUNT + "D * H + H + H * C", "The output neurons have biases too."),
        (COUNT + "D * H + H + H * C + C + D", "The value 65 is not right."),  # input with biases
        (COUNT + "D * H * C", "add, don't multiply"),
        (COUNT + "D * H + H + H * C + C + D + 0j", "it is (65+0j)"),
    ],
    "ex-1-4-2-b": [
        ("expected_loss = 1.0", "The logarithm is the natural one, np.log."),
        ("expected_loss = 0.1", "That is the probability."),
        ("expected_loss = -2.303", "A loss of probabilities below 1 is positive."),
        ("expected_loss = 2.3", "The value 2.3 is close, but not right to 3 decimals."),
        ('expected_loss = "2.303"', "it is '2.303'"),
        ("expected_loss = 2.303 + 1j", "it is (2.303+1j)"),
    ],
    "ex-1-4-3-a": [
        ("answer = (9, 12)", "The samples that are left over make an update too."),
        ("answer = (10, 32)", "The last minibatch has what is left over."),
        ("answer = (300 / 32, 12)", "Updates are whole ones."),
        ("answer = [10, 12]", "The answer should be a tuple such as"),
        ("answer = 10", "The answer should be a tuple such as"),
        ("answer = (10, 12, 300)", "(10, 12, 300) is not right."),
    ],
    "ex-1-4-3-b": [
        (
            EPOCH.format("len(x)", UPDATE, "np.mean(losses)"),
            "Is every minibatch counted with its size?",
        ),
        (EPOCH.format("len(x)", UPDATE, "sum(losses)"), "3 of 3 values are not"),
        (
            EPOCH.format("len(x)", "pass", MEAN),
            "Nothing is learned",
        ),
        (
            EPOCH.format("len(x) - len(x) % batch_size", UPDATE, "np.mean(losses)"),
            "Is the last minibatch left out?",
        ),
        (EPOCH.format("len(x)", "net.backward()", MEAN), "Nothing is learned"),
        (
            EPOCH.format("len(x)", "optimizer.update(net.params, net.grads)", MEAN),
            "Nothing is learned",
        ),
        (EPOCH.format("len(x)", UPDATE, "losses"), "The shape is (3, 10)"),
        (EPOCH.format("len(x)", "optimizer.update()", MEAN), "your function raised TypeError"),
    ],
    "ex-1-4-4-a": [
        ("answer = 128", "did you count from 0?"),
        ("answer = 300", "That is where training ends if nothing stops it."),
        ("answer = 0.9", "That is the accuracy."),
        ("answer = ...", "Not answered yet"),
    ],
    "ex-1-4-4-b": [
        ("answer = 1 / 18", "There w reaches 0 in one step."),
        ("answer = 1 / 3", "The input counts as a square."),
        ("answer = 9", "That is x²."),
        ("answer = 0.1", "The value 0.1 is not right."),
        ("answer = 0.11", "The value 0.11 is close, but not right to 3 decimals."),
        ("answer = 11.1", "That is in percent."),
    ],
    "ex-1-4-4-c": [
        ('answer = "A"', "Missing values would be refused before the first epoch."),
        ('answer = "C"', "More epochs would repeat the same steps."),
        ('answer = "d"', "More neurons would take steps of the same size."),
        ("answer = 2", "should be one of A, B, C, D, in quotes; it is 2."),
        ('answer = "E"', "should be one of A, B, C, D, in quotes; it is 'E'."),
        ('answer = ("B",)', "in quotes; it is a tuple."),
    ],
}
