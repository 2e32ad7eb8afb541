"""Checks of the reader's answers: right is right, wrong is explained, and nothing is given away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nnbook.exercises import check_array, check_backward, check_function
from nnlib import Affine, MatMul, Sigmoid, sigmoid

EXPECTED = np.array([[1.0, 2.0], [3.0, 4.0]])
VALUES_WRONG = "The shape is right, but {} values are not; the first is at {}."
CASES = [(np.array([0.0, 1.0]),), (np.array([[-2.0, 3.0]]),)]
VALUES = arrays(np.float64, array_shapes(max_dims=3, max_side=3), elements=st.floats(-1e3, 1e3))


@given(VALUES)
def test_the_right_answer_is_correct_as_array_or_list(expected):
    for answer in (expected, expected.copy(), expected.tolist()):
        verdict = check_array(answer, expected)
        assert verdict.ok
        assert repr(verdict) == verdict.message == "Correct."


@given(VALUES, st.data())
def test_one_wrong_entry_is_found_and_the_right_one_not_told(expected, data):
    place = data.draw(st.integers(0, expected.size - 1))
    answer = expected.copy()
    answer.ravel()[place] += 1e4
    verdict = check_array(answer, expected)
    assert not verdict.ok
    assert f"1 of {expected.size} values are not" in verdict.message


@pytest.mark.parametrize(
    ("answer", "expected", "message"),
    [
        (..., 3.0, "Not answered yet: replace ... with your answer."),
        (None, 3.0, "Not answered yet: replace ... with your answer."),
        (2.0, 3.0, "The value 2 is not right."),
        (EXPECTED.T, EXPECTED, VALUES_WRONG.format("2 of 4", "row 0, column 1: 3")),
        (EXPECTED[0], EXPECTED, "The shape is (2,), but it should be (2, 2)."),
        (np.array([1.0, 9.0]), EXPECTED[0], VALUES_WRONG.format("1 of 2", "index (1,): 9")),
        (np.array([np.nan, 2.0]), EXPECTED[0], VALUES_WRONG.format("1 of 2", "index (0,): nan")),
        ("one", 1.0, "The answer should be a number or an array; it is 'one'."),
        ([[1.0], [1.0, 2.0]], 1.0, "The answer should be a number or an array; it is a list."),
        ((2, 3), (3, 2), "(2, 3) is not right."),
        ("a", "b", "'a' is not right."),
    ],
)
def test_wrong_answers_are_explained(answer, expected, message):
    verdict = check_array(answer, expected)
    assert (verdict.ok, verdict.message) == (False, message)


def test_texts_and_tuples_are_compared_as_they_are():
    assert check_array((3, 2), (3, 2)).ok
    assert check_array("Affine", "Affine").ok


def test_the_tolerance_is_relative_to_the_largest_expected_number():
    # 1e-8 · 1000 = 1e-5 is the largest difference that passes
    expected = np.array([1000.0, 1.0])
    assert check_array(expected + 0.9e-5, expected).ok
    assert not check_array(expected + 1.1e-5, expected).ok
    assert check_array(expected + 0.5, expected, tolerance=1e-3).ok


def test_the_right_function_is_correct():
    verdict = check_function(lambda x: 1 / (1 + np.exp(-x)), sigmoid, CASES)
    assert (verdict.ok, verdict.message) == (True, "Correct on 2 inputs.")


def changes_its_argument(x):
    x += 1
    return sigmoid(x - 1)


def fails(x):
    raise KeyError("W")


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda x: None, "Not answered yet: the function returns nothing. Use return."),
        (
            lambda x: x,
            "Case 1, called with an array of shape (2,): "
            + VALUES_WRONG.format("2 of 2", "index (0,): 0"),
        ),
        (
            lambda x: sigmoid(x) if x.ndim == 1 else x[0],
            "Case 2, called with an array of shape (1, 2): "
            "The shape is (2,), but it should be (1, 2).",
        ),
        (fails, "Case 1: your function raised KeyError: 'W'"),
        (changes_its_argument, "Case 1: your function changed its argument 0."),
    ],
)
def test_wrong_functions_are_explained(function, message):
    cases = [tuple(np.copy(argument) for argument in case) for case in CASES]
    verdict = check_function(function, sigmoid, cases)
    assert (verdict.ok, verdict.message) == (False, message)


def test_a_shape_must_be_a_tuple():
    message = "The answer should be a tuple such as (3,) or (2, 3); it is 3."
    assert check_array(3, (3,)).message == message
    assert check_array(np.zeros(2), (3,)).message.endswith("it is an array of shape (2,).")
    assert check_array((3,), (3,)).ok
    assert not check_array(np.zeros(2), "error").ok


def test_arguments_that_are_no_arrays_are_passed_on():
    assert check_function(lambda a, b: a * b, lambda a, b: b * a, [(2, 3), (0.5, 4)]).ok


# ---------------------------------------------------------------- check_backward


def changed(kind, backward):
    """Return a subclass with another backward pass."""
    return type("Changed", (kind,), {"backward": backward})


def with_grads(*change):
    """Return a backward pass of Affine whose gradients of W and b go through functions."""

    def backward(self, dout):
        self.grads = [np.zeros_like(param) for param in self.params]
        dx = Affine.backward(self, dout)
        self.grads = [each(grad) for each, grad in zip(change, self.grads, strict=True)]
        return dx

    return backward


def same(grad):
    return grad


@pytest.mark.parametrize(
    ("backward", "message"),
    [
        (Affine.backward, "gradient of input 0: right\ngradient of params[0]: right\n"),
        (with_grads(np.transpose, same), "params[0]: is the transpose of what it should be"),
        (with_grads(np.negative, same), "params[0]: has the wrong sign"),
        (with_grads(lambda dW: dW / 5, same), "params[0]: is 0.2 times the right one"),
        (with_grads(same, np.zeros_like), "params[1]: is 0 everywhere; was it written in place"),
        (with_grads(same, lambda db: db[:1]), "params[1]: has shape (1,); it should have (3,)"),
        (with_grads(same, lambda db: db > 0), "params[1]: is wrong in"),
        (lambda self, dout: None, "Not answered yet: backward returns nothing."),
        (lambda self, dout: ..., "Not answered yet: backward returns nothing."),
        (lambda self, dout: dout @ dout, "Your code raised ValueError: matmul"),
    ],
)
def test_a_backward_pass_is_checked_and_each_gradient_explained(backward, message, rng):
    layer = changed(Affine, backward)(rng.standard_normal((2, 3)), rng.standard_normal(3))
    verdict = check_backward(layer, rng.standard_normal((5, 2)), rng=rng)
    assert message in verdict.message
    assert verdict.ok == (backward is Affine.backward)


def test_a_forward_pass_is_compared_with_the_right_one(rng):
    x = rng.standard_normal((4, 3))
    assert check_backward(Sigmoid(), x, rng=rng, reference=sigmoid).ok
    verdict = check_backward(Sigmoid(), x, rng=rng, reference=np.tanh)
    assert verdict.message.startswith("forward is not right. The shape is right, but 12 of 12")
    empty = changed(Sigmoid, Sigmoid.backward)
    empty.forward = lambda self, x: None
    assert check_backward(empty(), x, rng=rng).message.startswith("Not answered yet: forward")


def test_one_gradient_for_each_input_is_asked_for(rng):
    from nnlib.nodes import MatMul as Node

    inputs = rng.standard_normal((3, 2)), rng.standard_normal((2, 4))
    assert check_backward(Node(), *inputs, rng=rng).ok
    half = changed(Node, lambda self, dout: Node.backward(self, dout)[0])
    message = check_backward(half(), *inputs, rng=rng).message
    assert message == "backward must return 2 gradients, one for each input; got 1."
    assert check_backward(MatMul(inputs[1]), inputs[0], rng=rng).ok
