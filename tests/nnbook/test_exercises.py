"""Checks of the reader's answers: right is right, wrong is explained, and nothing is given away."""

import re
import sys
from fractions import Fraction

import numpy as np
import pytest
from hostile import Hostile
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays, scalar_dtypes

from nnbook.exercises import (
    Verdict,
    check_array,
    check_backward,
    check_choice,
    check_each,
    check_forward,
    check_function,
    check_number,
)
from nnlib import Affine, Branch, Layer, MatMul, Node, ReLU, Sigmoid, sigmoid

EXPECTED = np.array([[1.0, 2.0], [3.0, 4.0]])
NO_NUMBER = "The answer should be a number or an array of numbers; it is"
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
        (1.0 + 1e-7, 1.0, "The value 1.0000001 is not right."),  # and not "The value 1"
        ("one", 1.0, f"{NO_NUMBER} 'one'."),
        ("2", 2, f"{NO_NUMBER} '2'."),
        (1 + 5j, 1, f"{NO_NUMBER} (1+5j)."),
        (2 + 0j, 2, f"{NO_NUMBER} (2+0j)."),
        (True, 1, f"{NO_NUMBER} True."),
        (np.array(["1", "2"]), EXPECTED[0], f"{NO_NUMBER} an array of shape (2,) and type <U1."),
        (EXPECTED > 2, EXPECTED, f"{NO_NUMBER} an array of shape (2, 2) and type bool."),
        ([[1.0], [1.0, 2.0]], 1.0, f"{NO_NUMBER} a list."),
        ([None, 2.0], EXPECTED[0], f"{NO_NUMBER} a list."),
        ({1.0, 2.0}, EXPECTED[0], f"{NO_NUMBER} a set."),
        ((np.zeros(2), np.zeros(3)), EXPECTED, f"{NO_NUMBER} a tuple."),
        ([], EXPECTED[0], "The shape is (0,), but it should be (2,)."),
        ([1.0, 2.0], np.zeros((0, 3)), "The shape is (2,), but it should be (0, 3)."),
        ((2, 3), (3, 2), "(2, 3) is not right."),
        ((2, 3), (2,), "(2, 3) is not right."),
        ((True,), (1,), "(True,) is not right."),
        ((np.zeros(2), 3), (2, 3), "(array([0., 0.]), 3) is not right."),
        ((..., 3), (2, 3), "(Ellipsis, 3) is not right."),
        ("a", "b", "'a' is not right."),
        (98, "b", "98 is not right."),
    ],
)
def test_wrong_answers_are_explained(answer, expected, message):
    verdict = check_array(answer, expected)
    assert (verdict.ok, verdict.message) == (False, message)


def test_texts_and_tuples_are_compared_as_they_are():
    assert check_array((3, 2), (3, 2)).ok
    assert check_array((np.int64(3), 2.0), (3, 2)).ok
    assert check_array(((3,), "b", EXPECTED), ((3,), "B", EXPECTED)).ok
    assert check_array("Affine", "Affine").ok
    assert check_array(" b", "B").ok


# ---------------------------------------------------------------- texts and choices


@pytest.mark.parametrize("said", ["b", "B", " B ", "(b)", "b.", '"b"', "'B'", "[b]", "“b”", "b)"])
def test_a_letter_is_right_however_it_is_written(said):
    assert check_choice(said, "B", "ABCD").ok
    assert check_array(said, "b").ok


def test_wrong_choices_are_explained():
    told = {"That is the first.": "a"}
    for answer, message in [
        ("A", "'A' is not right. That is the first."),
        ("c", "'c' is not right."),
        ("d", "The answer should be one of a, b, c, in quotes; it is 'd'."),
        ("", "The answer should be one of a, b, c, in quotes; it is ''."),
        (2, "The answer should be one of a, b, c, in quotes; it is 2."),
        (("b",), "The answer should be one of a, b, c, in quotes; it is a tuple."),
        ("...", "Not answered yet: replace ... with your answer."),
        (None, "Not answered yet: replace ... with your answer."),
    ]:
        verdict = check_choice(answer, "b", "abc", mistakes=told)
        assert (verdict.ok, verdict.message) == (False, message)


# ---------------------------------------------------------------- decimals


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (0.333, "Correct."),
        (0.334, "The value 0.334 is close, but not right to 3 decimals."),
        (Fraction(1, 3), "Correct."),
        (np.float32(1 / 3), "Correct."),
        (np.array(0.3333), "Correct."),
        (0.33, "The value 0.33 is close, but not right to 3 decimals."),
        (0.3, "The value 0.3 is not right."),
        (3.0, "The value 3 is not right. It is upside down."),
        (-1 / 3, "The value -0.333333 is not right."),
        (True, f"{NO_NUMBER} True."),
        ("0.333", f"{NO_NUMBER} '0.333'."),
        (0.333 + 0j, f"{NO_NUMBER} (0.333+0j)."),
        (float("nan"), "The value nan is not right."),
        (float("inf"), "The value inf is not right."),
        ([0.333], "The shape is (1,), but it should be ()."),
        (..., "Not answered yet: replace ... with your answer."),
    ],
)
def test_a_number_is_right_to_the_decimals_that_are_asked_for(answer, message):
    verdict = check_number(answer, 1 / 3, decimals=3, mistakes={"It is upside down.": 3})
    assert (verdict.ok, verdict.message) == (message == "Correct.", message)


@given(st.floats(-100, 100), st.integers(1, 5))
def test_a_number_that_is_rounded_rightly_is_right(expected, decimals):
    assert check_number(round(expected, decimals), expected, decimals=decimals).ok
    off = expected + 0.51 * 10.0**-decimals
    assert not check_number(off, expected, decimals=decimals).ok


def test_one_decimal_is_one():
    verdict = check_number(10.5, 10.551, decimals=1)
    assert verdict.message == "The value 10.5 is close, but not right to 1 decimal."


# ---------------------------------------------------------------- likely mistakes


def test_a_mistake_is_named_where_an_answer_comes_from_it():
    told = {"The sign is wrong.": -EXPECTED, "This is the transpose.": EXPECTED.T}
    assert check_array(EXPECTED, EXPECTED, mistakes=told).message == "Correct."
    for answer, sentence in [(-EXPECTED, "The sign is wrong."), (EXPECTED.T, "This is the transp")]:
        assert sentence in check_array(answer, EXPECTED, mistakes=told).message
    assert check_array(EXPECTED + 1, EXPECTED, mistakes=told).message.endswith("column 0: 2.")
    assert check_array(..., EXPECTED, mistakes={"No.": 1}).message.startswith("Not answered")


def test_a_mistake_may_be_rounded_but_a_whole_number_is_exact():
    told = {"That is a half.": 0.6931, "That is all.": 79_510}
    assert check_array(0.69, 2.5, mistakes=told).message.endswith("That is a half.")
    assert check_array(0.7, 2.5, mistakes=told).message == "The value 0.7 is not right."
    assert check_array(79_511, 2.5, mistakes=told).message == "The value 79511 is not right."


def test_a_mistake_of_a_function_is_named():
    told = {"It is upside down.": lambda x: 1 / sigmoid(x), "It raises.": lambda x: x[9]}
    verdict = check_function(lambda x: 1 + np.exp(-x), sigmoid, CASES, mistakes=told)
    assert verdict.message.splitlines()[1:] == ["It is upside down."]
    verdict = check_function(lambda x: x[9], sigmoid, CASES, mistakes=told)
    assert verdict.message.splitlines()[1:] == ["It raises."]
    # The same in one case only is another mistake.
    verdict = check_function(lambda x: 1 / sigmoid(x) if x.ndim == 1 else x, sigmoid, CASES)
    assert len(verdict.message.splitlines()) == 1


def test_what_is_too_large_for_a_float_is_shown_as_infinite():
    verdict = check_function(lambda x: np.exp(1000 * x), sigmoid, [(np.array([1.0]),)])
    assert verdict.message.endswith("1 of 1 values are not; the first is at index (0,): inf.")


# ---------------------------------------------------------------- numbers of other kinds


def test_exact_numbers_of_python_are_numbers():
    assert check_array(Fraction(1, 3), 1 / 3).ok
    assert check_array(2**70, 2.0**70).ok
    assert check_array([True, False], [True, False]).ok
    assert not check_array([1, 0], [True, False]).ok


def test_infinite_and_missing_numbers_are_right_in_their_places():
    expected = np.array([np.inf, -np.inf, np.nan, 1.0])
    assert check_array(expected.copy(), expected).ok
    assert check_array(np.nan, np.nan).ok
    for place, value in enumerate([1e300, np.inf, 0.0, 2.0]):
        answer = expected.copy()
        answer[place] = value
        assert f"1 of 4 values are not; the first is at index ({place},)" in str(
            check_array(answer, expected)
        )
    assert check_array(-1e308, 1e308).message == "The value -1e+308 is not right."


def test_empty_arrays_are_compared():
    assert check_array([], np.array([])).ok
    assert check_array(np.zeros((2, 0)), np.zeros((2, 0))).ok
    assert not check_array(np.zeros((0, 2)), np.zeros((2, 0))).ok


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


def leaves(x):
    sys.exit(2)


def yields(x):
    yield sigmoid(x)


def endless(x):
    return endless(x)


class Unprintable(Exception):
    def __str__(self):
        raise ValueError


Unprintable.__module__ = "__main__"


def unprintable(x):
    raise Unprintable


FIRST_CASE = "Case 1, called with an array of shape (2,): "


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
        (lambda x: ..., "Not answered yet: the function returns nothing. Use return."),
        (fails, FIRST_CASE + "your function raised KeyError: 'W'"),
        (changes_its_argument, FIRST_CASE + "your function changed its argument 0."),
        (leaves, FIRST_CASE + "your function raised SystemExit: 2"),
        (unprintable, FIRST_CASE + "your function raised Unprintable: <exception str() failed>"),
        (yields, FIRST_CASE + f"{NO_NUMBER} a generator."),
        (..., "Not answered yet: replace ... with your answer."),
        (None, "Not answered yet: replace ... with your answer."),
        (0.5, "The answer should be a function; it is 0.5."),
    ],
)
def test_wrong_functions_are_explained(function, message):
    cases = [tuple(np.copy(argument) for argument in case) for case in CASES]
    verdict = check_function(function, sigmoid, cases)
    assert (verdict.ok, verdict.message) == (False, message)


def test_a_shape_must_be_a_tuple():
    message = "The answer should be a tuple such as (7,) or (8, 9); it is 3."
    assert check_array(3, (3,)).message == message
    assert check_array(np.zeros(2), (3,)).message.endswith("it is an array of shape (2,).")
    assert check_array((3,), (3,)).ok
    assert not check_array(np.zeros(2), "error").ok


def test_a_function_without_end_is_explained():
    assert "RecursionError: maximum recursion" in str(check_function(endless, sigmoid, CASES))


def test_the_reader_can_stop_a_check():
    def stopped(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_function(stopped, sigmoid, CASES)
    with pytest.raises(KeyboardInterrupt):
        check_backward(changed(Sigmoid, stopped)(), np.ones((2, 2)), rng=np.random.default_rng(0))


def test_a_function_without_arguments_is_checked():
    assert check_function(lambda: [1.0], lambda: [1.0], [()]).message == "Correct."
    verdict = check_function(lambda: 3.0, lambda: 1.0, [()])
    assert verdict.message == "Case 1: The value 3 is not right."


def test_forbidden_operators_and_names_are_found_wherever_they_stand():
    def hidden(a, b):
        return (lambda: [row @ b for row in a])()

    def allowed(a, b):
        return [[sum(row * column) for column in b.T] for row in a]

    cases, without = [(EXPECTED, EXPECTED)], ["@", "dot"]
    for function, used in [
        (lambda a, b: a @ b, "@"), (lambda a, b: a.dot(b), "dot"), (hidden, "@"),
        (lambda a, b: np.dot(a, b) + 0 * a @ b, "@ and dot"),
    ]:  # fmt: skip
        assert check_function(function, np.matmul, cases).ok
        verdict = check_function(function, np.matmul, cases, without=without)
        assert verdict == Verdict(False, f"The results are right, but you used {used}.")
    assert check_function(allowed, np.matmul, cases, without=without).ok
    assert check_function(np.matmul, np.matmul, cases, without=without).ok


def helper(a, b):
    return a @ b


times = np.matmul


def test_what_a_function_calls_by_name_counts_as_its_own():
    def shadows(a, b):
        dot = 0
        for column, row in zip(a.T, b, strict=True):
            dot = dot + column[:, None] * row
        return dot

    def in_place(a, b):
        a = a.copy()
        a @= b
        return a

    cases, without = [(EXPECTED, EXPECTED)], ["@", "dot", "matmul"]
    assert check_function(shadows, np.matmul, cases, without=without, with_loop=True).ok
    for function, used in [
        (lambda a, b: helper(a, b), "@"),
        (lambda a, b: times(a, b), "matmul"),
        (times, "matmul"),
        (in_place, "@"),
    ]:
        verdict = check_function(function, np.matmul, cases, without=without)
        assert verdict.message == f"The results are right, but you used {used}."


def test_a_loop_can_be_asked_for():
    def with_loop(x):
        total = 0.0
        for row in x:
            total = total + row.sum()
        return total

    cases = [(EXPECTED,)]
    for function in (with_loop, lambda x: sum(row.sum() for row in x)):
        assert check_function(function, np.sum, cases, with_loop=True).ok
    verdict = check_function(np.sum, np.sum, cases, with_loop=True)
    assert verdict.message == "The results are right, but there is no for loop."


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
    inputs = rng.standard_normal((3, 2)), rng.standard_normal((2, 4))
    assert check_backward(MatMul(), *inputs, rng=rng).ok
    too_few = "backward must return 2 gradients, one for each input; got 1."
    for change, message in [
        (lambda dA, dB: dA, too_few),
        (lambda dA, dB: (dA, None), too_few),
        (lambda dA, dB: (dA, ...), too_few),
        (lambda dA, dB: (dA, dB, dB), too_few.replace("got 1", "got 3")),
        (
            lambda dA, dB: [dA, dB],
            "backward must return 2 gradients with a comma between them; it returned a list of 2.",
        ),
        (lambda dA, dB: (None, None), "Not answered yet: backward returns nothing."),
    ]:

        def backward(self, dout, change=change):
            return change(*MatMul.backward(self, dout))

        assert str(check_backward(changed(MatMul, backward), *inputs, rng=rng)).startswith(message)


def test_a_node_with_several_outputs_is_checked(rng):
    x = rng.standard_normal((3, 2))
    assert check_backward(Branch(), x, rng=rng).ok
    wrong = changed(Branch, lambda self, *douts: douts[0])
    assert (
        check_backward(wrong, x, rng=rng).message
        == "gradient of input 0: is wrong in 6 of 6 entries"
    )


class Broken(Layer):
    def __init__(self):
        raise ValueError("no weights")


class Leaving(Sigmoid):
    def backward(self, dout):
        raise SystemExit


class InPlace(ReLU):
    def forward(self, x):
        y = ReLU.forward(self, x.copy())
        x[x < 0] = 0
        return y


class SharedLists(Affine):
    def __init__(self):
        super().__init__(np.ones((3, 2)), np.zeros(2))
        self.grads = list(self.params)


class NoGrads(Sigmoid):
    def __init__(self):
        super().__init__()
        self.params = [np.ones(2)]


@pytest.mark.parametrize(
    ("subject", "message"),
    [
        (Sigmoid, "gradient of input 0: right"),
        (lambda: Sigmoid(), "gradient of input 0: right"),
        (..., "Not answered yet: replace ... with your answer."),
        (Broken, "Your code raised ValueError: no weights"),
        (Leaving, "Your code raised SystemExit"),
        (InPlace, "forward or backward changed input 0."),
        (lambda: SharedLists(), "grads must hold arrays of its own, not those of params."),
        (lambda: NoGrads(), "params and grads differ in length: 1 and 0."),
        (Node, "Your code raised NotImplementedError: Node must define forward"),
        (3.0, "Your code raised AttributeError: 'float' object has no attribute 'forward'"),
    ],
)
def test_what_is_wrong_with_a_layer_as_a_whole_is_explained(subject, message, rng):
    verdict = check_backward(subject, rng.standard_normal((4, 3)), rng=rng)
    assert verdict == Verdict(message.endswith("right"), message, open=subject is ...)


def test_the_inputs_of_a_check_stay_as_they_are(rng):
    x = rng.standard_normal((4, 3))
    before = x.copy()
    check_backward(InPlace, x, rng=rng)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda dx: dx * (1 + 1e-7), "is almost right: its relative error is 1e-07"),
        (lambda dx: dx.astype(complex), "holds complex128, not numbers"),
        (lambda dx: dx.astype(str), "holds <U"),
        (lambda dx: "dx", "holds <U2, not numbers"),
        (lambda dx: dx * np.nan, "is wrong in 3 of 3 entries"),
        (lambda dx: dx.tolist(), "backward must return an array; it returned a list of 3."),
    ],
)
def test_a_gradient_that_is_no_array_of_real_numbers_is_refused(change, message, rng):
    def backward(self, dout):
        return change(Sigmoid.backward(self, dout))

    verdict = check_backward(changed(Sigmoid, backward), rng.standard_normal(3), rng=rng)
    assert not verdict.ok
    assert message in verdict.message


def test_a_backward_pass_without_its_dout_is_explained(rng):
    deaf = changed(Sigmoid, lambda self, dout: Sigmoid.backward(self, np.ones_like(dout)))
    message = "backward gives the same for every dout; the upstream gradient is left out."
    assert check_backward(deaf, rng.standard_normal(3), rng=rng).message == message


def test_a_class_must_hold_the_parameters_that_it_is_made_with(rng):
    x, W, b = (rng.standard_normal(shape) for shape in [(4, 3), (3, 2), (2,)])
    assert check_backward(Affine, x, params=[W, b], rng=rng).ok

    class OneParameter(Layer):
        def __init__(self, W, b):
            super().__init__(W)
            self.b = b

        def forward(self, x):
            return x @ self.params[0] + self.b

        def backward(self, dout):
            return dout @ self.params[0].T

    message = "params must hold 2 arrays; got 1."
    assert check_backward(OneParameter, x, params=[W, b], rng=rng).message == message
    message = "params must hold no arrays; got 1."
    scaled = type("Scaled", (Sigmoid,), {"__init__": lambda self: Layer.__init__(self, np.ones(2))})
    assert check_backward(scaled, x, rng=rng).message == message


def test_mistakes_of_gradients_are_named(rng):
    x, W, b = (rng.standard_normal(shape) for shape in [(4, 3), (3, 2), (2,)])
    told = {
        "input 0": {"That is dout.": lambda x, dout: dout},
        "params[1]": {"That is one row.": lambda x, dout: dout[0]},
    }
    layer = changed(Affine, with_grads(same, lambda db: db + 1))
    assert "That is" not in check_backward(layer, x, params=[W, b], rng=rng, mistakes=told).message

    def backward(self, dout):
        dx = Affine.backward(self, dout)
        self.grads[1][...] = dout[0]
        return dx

    verdict = check_backward(changed(Affine, backward), x, params=[W, b], rng=rng, mistakes=told)
    assert verdict.message.splitlines() == [
        "gradient of input 0: right",
        "gradient of params[0]: right",
        "gradient of params[1]: is wrong in 2 of 2 entries. That is one row.",
    ]


# ---------------------------------------------------------------- check_forward


def test_the_forward_of_a_class_is_checked(rng):
    cases = [(rng.standard_normal((4, 3)),)]
    assert check_forward(Sigmoid, sigmoid, cases).ok
    told = {"That is the tangent.": np.tanh}
    tangent = type("Tangent", (Sigmoid,), {"forward": lambda self, x: np.tanh(x)})
    assert check_forward(tangent, sigmoid, cases, mistakes=told).message.endswith("the tangent.")
    for kind, message in [
        (..., "Not answered yet: replace ... with your answer."),
        (Sigmoid(), "The answer should be a class; it is a Sigmoid."),
        (sigmoid, "The answer should be a class; it is a function."),
    ]:
        assert check_forward(kind, sigmoid, cases).message == message


# ---------------------------------------------------------------- several answers


def test_named_answers_are_checked_one_by_one():
    right = {"a": (3,), "b": "error", "c": 1.5}
    assert check_each(right, right) == Verdict(True, "a: Correct.\nb: Correct.\nc: Correct.")
    assert check_each({"a": (3,), "b": (2,), "d": 0}, right) == Verdict(
        False,
        "a: Correct.\nb: (2,) is not right.\nc: Not answered yet: replace ... with your answer.",
    )
    told = {"b": {"That fits.": (2,)}, "c": {"The sign is wrong.": -1.5}}
    verdict = check_each({"a": (3,), "b": (2,), "c": -1.5}, right, mistakes=told)
    assert verdict.message.splitlines()[1:] == [
        "b: (2,) is not right. That fits.",
        "c: The value -1.5 is not right. The sign is wrong.",
    ]
    assert check_each([(3,)], right).message == "The answer should be a dict; it is a list."
    assert check_each(..., right).message == "Not answered yet: replace ... with your answer."


# ---------------------------------------------------------------- whatever the answer is


LEAVES = st.one_of(
    st.none(), st.just(...), st.booleans(), st.integers(), st.floats(), st.complex_numbers(),
    st.fractions(), st.decimals(), st.text(max_size=4), st.binary(max_size=4), st.dates(),
    st.sampled_from([object(), Hostile, int, len, np.exp, yields, yields(1), sys]),
    st.builds(Hostile), arrays(scalar_dtypes(), array_shapes(min_dims=0, min_side=0, max_side=3)),
)  # fmt: skip
ANSWERS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from("abc"), inner),
    ),
    max_leaves=6,
)
RIGHT = [
    3.0,
    7,
    EXPECTED,
    EXPECTED[0],
    np.array([]),
    np.array([np.nan, np.inf]),
    (3,),
    (2, "a"),
    "b",
]


def test_an_answer_that_raises_at_every_touch_is_explained(rng):
    assert check_array(Hostile(), 3.0).message == "Your code raised RuntimeError: hands off"
    said = check_function(lambda x: Hostile(), sigmoid, CASES).message
    assert said == FIRST_CASE + "your function raised RuntimeError: hands off"
    said = check_backward(Hostile(), np.ones((2, 3)), rng=rng).message
    assert said == "Your code raised RuntimeError: hands off"


MANY = settings(max_examples=200)


@MANY
@given(ANSWERS, st.sampled_from(RIGHT))
def test_a_check_of_a_value_never_raises(answer, expected):
    for verdict in (check_array(answer, expected), check_each(answer, {"a": expected})):
        assert type(verdict) is Verdict
        assert verdict.message


@MANY
@given(ANSWERS)
def test_a_check_of_a_function_never_raises_and_accepts_no_constant(answer):
    for function in (answer, lambda x: answer):
        verdict = check_function(function, sigmoid, CASES)
        assert type(verdict) is Verdict
        assert not verdict.ok


@MANY
@given(ANSWERS, ANSWERS)
def test_a_check_of_a_layer_never_raises_and_accepts_no_constant(output, gradient):
    rng, x = np.random.default_rng(0), np.array([[1.0, -2.0, 3.0]])
    for backward in (lambda self, dout: gradient, Sigmoid.backward):
        layer = changed(Sigmoid, backward)
        layer.forward = lambda self, x: output
        for subject in (output, layer, changed(Sigmoid, lambda self, dout: gradient)):
            verdict = check_backward(subject, x, rng=rng, reference=sigmoid)
            assert type(verdict) is Verdict
            assert not verdict.ok


NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
# Numbers that are no shape, no count and no place.
DISTINCT = st.floats(1e3, 1e6).filter(lambda number: number % 1)


@MANY
@given(DISTINCT, st.floats(-1e-3, 1e-3) | st.floats(allow_nan=False), st.integers(0, 2))
def test_the_right_number_is_never_told(expected, step, place):
    right = np.array([0.25, 0.5, 0.75])
    right[place] = expected
    answer = right.copy()
    answer[place] += step
    for verdict in (
        check_array(answer, right),
        check_array(answer[place], expected),
        check_array((answer[place],), (expected,)),
        check_function(lambda: answer, lambda: right, [()]),
    ):
        if not verdict.ok:
            told = [float(number) for number in NUMBER.findall(verdict.message)]
            assert expected not in told
            assert float(f"{expected:.6g}") not in told or answer[place] in told
