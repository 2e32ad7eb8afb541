"""The exercises of chapter 1.1: shapes, broadcasting, and products of matrices."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnbook.exercises.functions import PRODUCTS, check_function
from nnbook.exercises.registry import exercise
from nnbook.exercises.samples import normal
from nnbook.exercises.values import check_array, check_each
from nnbook.exercises.verdict import Verdict, describe_error, judged

ERROR = "error"  # what a reader writes where NumPy refuses
COUNT_BRACKETS = "How many brackets open before the first number?"

# ---------------------------------------------------------------- 1.1.1 Vectors and matrices


@exercise(
    "1.1.1-a",
    hint="Count the brackets that open before the first number: each of them stands for an axis. "
    "The outermost list gives the first length, an innermost one the last.",
)
def shapes_of_lists(answers: object) -> Verdict:
    """Predict the shapes of four arrays, written as lists in lists."""
    lists: dict[str, Any] = {"a": [7, 8, 9], "b": [[7, 8, 9]], "c": [[7], [8], [9]]}
    lists["d"] = [[[1, 2], [3, 4], [5, 6]]]
    mistakes = {
        "a": {f"That has two axes. {COUNT_BRACKETS}": (1, 3)},
        "b": {f"That has one axis. {COUNT_BRACKETS}": (3,)},
        "c": {"The first number counts the lists inside the outer one.": (1, 3)},
        "d": {f"That has two axes. {COUNT_BRACKETS}": (3, 2)},
    }
    right = {name: np.shape(array) for name, array in lists.items()}
    return check_each(answers, right, mistakes=mistakes)


BASKETS = np.array([[2, 1], [0, 3], [4, 2]])  # a row for each friend


@exercise(
    "1.1.1-b",
    hint="An index takes a row out and removes its axis. A slice keeps the axis, even if it holds "
    "a single row.",
)
def second_basket(answer: object) -> Verdict:
    """Take the second friend's basket out of the three, as a matrix."""
    mistakes = {
        "An index removes its axis. What keeps it?": BASKETS[1],
        "That is a column of the matrix.": BASKETS[:, 1],
        "Python counts from 0: that is another friend's basket.": BASKETS[2:3],
        "The basket should be a row.": BASKETS[1].reshape(2, 1),
    }
    return check_array(answer, BASKETS[1:2], mistakes=mistakes)


# ---------------------------------------------------------------- 1.1.2 Elementwise operations


@exercise(
    "1.1.2-a",
    hint="Every place is treated by itself: first subtract the entries that stand in the same "
    "place, then square each difference. Nothing is added up (section 1.1.2).",
)
def squared_differences(answer: object) -> Verdict:
    """Work out ``(y - t) ** 2`` by hand."""
    y, t = np.array([[1, 3], [2, 5]]), np.array([[1, 1], [4, 2]])
    mistakes = {
        "These are the differences. Square them.": y - t,
        "These are the differences of the squares.": y**2 - t**2,
        "A square is never negative.": (y - t) * np.abs(y - t),
        "Do not add them up: each entry stays in its place.": np.sum((y - t) ** 2),
        "** 2 squares each entry; it is no matrix product.": (y - t) @ (y - t),
    }
    return check_array(answer, (y - t) ** 2, mistakes=mistakes)


# ---------------------------------------------------------------- 1.1.3 Broadcasting


@exercise(
    "1.1.3-a",
    hint="Write the two shapes below one another, aligned at the right, and put ones in front of "
    "the shorter one. Then compare the lengths pair by pair (section 1.1.3).",
)
def shapes_of_sums(answers: object) -> Verdict:
    """Predict the shapes of six sums, or their errors."""
    pairs: dict[str, Any] = {"a": ((3, 2), (2,)), "b": ((3, 2), (3,)), "c": ((3, 2), (3, 1))}
    pairs |= {"d": ((4, 1), (3,)), "e": ((5, 3, 2), (3, 1)), "f": ((2, 3), (3, 2))}
    mistakes = {
        "b": {"Shapes are lined up at the right.": (3, 2)},
        "d": {"Both of them can be stretched.": (4, 1)},
        "e": {"What has fewer axes gets a new one at the left.": (3, 2)},
        "f": {"Equal numbers of entries don't make shapes fit.": (2, 3)},
    }
    right = {name: _shape_of_sum(*pair) for name, pair in pairs.items()}
    return check_each(answers, right, mistakes=mistakes)


def _shape_of_sum(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...] | str:
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        return ERROR


@exercise(
    "1.1.3-b",
    hint="The means have the shape (D,). Write it below the shape of `x`, aligned at the right, "
    "and see in which direction broadcasting stretches it (section 1.1.3).",
)
def centre(function: object) -> Verdict:
    """Subtract from every column its mean."""
    cases = [normal((3, 2)), normal((4, 4)), normal((1, 5))]
    mistakes: dict[str, Callable[..., Any]] = {
        "You subtract the mean of all numbers.": lambda x: x - np.mean(x),
        "You subtract the mean of each row.": lambda x: x - np.mean(x, axis=1, keepdims=True),
        "np.mean(x, axis=1) has a mean for each row.": lambda x: x - np.mean(x, axis=1),
        "These are the means. Subtract them.": lambda x: np.mean(x, axis=0),
    }
    return check_function(function, lambda x: x - np.mean(x, axis=0), cases, mistakes=mistakes)


@exercise(
    "1.1.3-c",
    hint="Broadcasting reads a vector as a row, but here each number belongs to a sample. Give "
    "`factors` a second axis, so that it stands in a column.",
)
def scale_samples(function: object) -> Verdict:
    """Multiply every row by its own factor."""
    cases = [normal((3, 2), (3,)), normal((3, 3), (3,))]  # in a square, a column fits too
    mistakes: dict[str, Callable[..., Any]] = {
        "The factors line up with the columns, not with the rows.": lambda x, f: x * f,
        "The result is transposed.": lambda x, f: x.T * f,
        "The factors are added, not multiplied.": lambda x, f: x + f[:, None],
        "The rows are added up.": lambda x, f: f @ x,
    }
    return check_function(function, lambda x, f: (x.T * f).T, cases, mistakes=mistakes)


# ---------------------------------------------------------------- 1.1.4 Products


@exercise(
    "1.1.4-a",
    hint="Each entry is the dot product of a row of A and a column of B. Write B above the result, "
    "so that row and column lead to the entry (section 1.1.4).",
)
def product_by_hand(answer: object) -> Verdict:
    """Multiply two matrices with pencil and paper."""
    A, B = np.array([[1, 0, 2], [3, 1, 1]]), np.array([[2, 1], [4, 0], [1, 3]])
    mistakes = {
        "This is B A. The order matters.": B @ A,
        "Rows and columns of the result are exchanged.": (A @ B).T,
        "The numbers need two rows, in brackets of their own.": (A @ B).ravel(),
        "This multiplies entry by entry, with B transposed.": A * B.T,
    }
    return check_array(answer, A @ B, mistakes=mistakes)


class Rows(np.ndarray):
    """A matrix whose rows and columns have a dot product, but which has none as a whole."""

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """Refuse ``np.dot`` of whole matrices."""
        if function is np.dot and max(map(np.ndim, (*args, *kwargs.values()))) > 1:
            raise TypeError("np.dot got a whole matrix; give it a row and a column")
        return super().__array_function__(function, types, args, kwargs)

    def dot(self, *args: Any) -> Any:
        """Refuse the same as a method."""
        return np.dot(self, *args)


@exercise(
    "1.1.4-b",
    hint="First make an array of zeros that has the shape of the result. Entry (n, h) is then the "
    "dot product of row n of `A` and column h of `B`.",
)
def multiply(function: object) -> Verdict:
    """Multiply two matrices with loops, and `np.dot` of rows and columns alone."""
    sizes = [(3, 2, 3), (2, 2, 2), (1, 4, 2)]
    drawn = [normal((n, d), (d, h)) for n, d, h in sizes]
    cases = [(A.view(Rows), B.view(Rows)) for A, B in drawn]
    mistakes: dict[str, Callable[..., Any]] = {
        "* multiplies entry by entry.": lambda A, B: A * B,
        "This is B A. The order matters.": lambda A, B: B @ A,
        "Decimals are cut off in an array of integers.": lambda A, B: np.matmul(A, B).astype(int),
    }
    forbidden = [word for word in PRODUCTS if word != "dot"]
    return check_function(
        function, np.matmul, cases, without=forbidden, with_loop=True, mistakes=mistakes
    )


@exercise(
    "1.1.4-c",
    hint="Where there are at most two axes, compare the inner lengths. With the stack `S`, "
    "`matmul` multiplies matrix by matrix, and `dot` joins all axes that are left over "
    "(section 1.1.4).",
)
def shapes_of_products(answers: object) -> Verdict:
    """Predict the shapes of six products, or their errors."""
    v, M, S = np.ones(4), np.ones((3, 4)), np.ones((5, 4, 2))
    products: dict[str, tuple[Callable[..., Any], Any, Any]] = {
        "a": (np.matmul, M, v),
        "b": (np.matmul, v, M),
        "c": (np.matmul, v, M.T),
        "d": (np.matmul, M, S),
        "e": (np.dot, M, S),
        "f": (np.matmul, M, 2),
    }
    mistakes = {
        "a": {"v has one axis, and so has the result.": (3, 1)},
        "b": {"What stands inside must be equal: the numbers of v, and the rows of M.": (3,)},
        "c": {"v has one axis, and so has the result.": (1, 3)},
        "d": {"This is how np.dot joins the axes.": (3, 5, 2)},
        "e": {"This is what np.matmul gives.": (5, 3, 2)},
        "f": {"@ takes no scalar.": (3, 4)},
    }
    right = {name: _shape_of_product(*each) for name, each in products.items()}
    return check_each(answers, right, mistakes=mistakes)


def _shape_of_product(product: Callable[..., Any], a: Any, b: Any) -> tuple[int, ...] | str:
    try:
        return np.shape(product(a, b))
    except ValueError:
        return ERROR


# ---------------------------------------------------------------- 1.1.5 Shape checking


@exercise(
    "1.1.5-a",
    hint="Begin with `x`, where each sample is a row, and go along the chain. The inner lengths of "
    "each product are equal, and a bias is a vector (section 1.1.5).",
)
def shapes_of_a_chain(answers: object) -> Verdict:
    """Fill in the shapes of two layers."""
    N, D, H, C = 10, 2, 6, 3
    right = {"x": (N, D), "W1": (D, H), "b1": (H,), "h": (N, H)}
    right |= {"W2": (H, C), "b2": (C,), "s": (N, C)}
    in_weight, in_bias = "No weight knows how many", "No bias knows how many"
    mistakes = {
        "x": {"A sample is a row.": (D, N)},
        "W1": {"x stands left of W1: its columns meet the rows of W1.": (H, D)},
        "b1": {f"{in_bias} samples there are.": (N, H)},
        "h": {"A sample is a row.": (H, N)},
        "W2": {f"{in_weight} samples there are.": (N, C)},
        "b2": {f"{in_bias} samples there are.": (N, C)},
        "s": {"A sample is a row.": (C, N)},
    }
    return check_each(answers, right, mistakes=mistakes)


# Shapes of x, W and b.
FIT: list[Any] = [((3, 2), (2, 4), (4,)), ((1, 3), (3, 3), (3,))]
MISFIT: list[Any] = [((3, 2), (3, 4), (4,)), ((3, 2), (2, 4), (1,)), ((3, 2), (2, 4), (3, 1))]
MISFIT += [((4, 2), (2, 4), (4, 1)), ((2,), (2, 4), (4,)), ((3, 2), (2,), ())]


@exercise(
    "1.1.5-b",
    hint="Test three things before you compute: both `x` and `W` have two axes, the inner lengths "
    "are equal, and the shape of `b` is exactly (H,).",
)
def affine(function: Any) -> Verdict:
    """Compute ``x @ W + b``, and refuse every shape that does not fit."""
    cases = [normal(*shapes) for shapes in FIT]
    mistakes: dict[str, Callable[..., Any]] = {
        "The bias is missing.": lambda x, W, b: x @ W,
        "x stands left of W.": lambda x, W, b: W @ x + b,
    }
    verdict = check_function(function, lambda x, W, b: np.dot(x, W) + b, cases, mistakes=mistakes)
    faults = (_accepts(function, shapes) for shapes in MISFIT)
    return judged(next(filter(None, faults), None), verdict.message) if verdict.ok else verdict


def _accepts(function: Any, shapes: tuple[tuple[int, ...], ...]) -> str | None:
    """Say what is wrong with how a function refuses these shapes, or None."""
    try:
        function(*map(np.ones, shapes))
    except ValueError as error:
        if all(str(shape) in str(error) for shape in shapes):
            return None
        return f"For the shapes {shapes} the message does not name them."
    except Exception as error:
        return f"For the shapes {shapes} it raised {describe_error(error)}"
    return f"The shapes {shapes} do not fit, but were accepted."
