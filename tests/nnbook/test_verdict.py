"""A verdict as words and as a box: three states, a hint, escaped text, the palette's colours."""

import re

import numpy as np
import pytest

from nnbook.exercises import Verdict, check_array, check_each, check_function
from nnbook.exercises.verdict import BORDERS, joined, judged
from nnbook.palette import paint

RIGHT, WRONG = Verdict(True, "Correct."), Verdict(False, "2 is not right.")
MISSING = judged("Not answered yet: forward returns nothing.")


@pytest.mark.parametrize(
    ("verdict", "state", "mark"),
    [
        (RIGHT, "right", "✓ Right"),
        (WRONG, "wrong", "✗ Not right yet"),
        (MISSING, "open", "○ Not answered yet"),
        (check_array(2, 2), "right", "✓ Right"),
        (check_array(3, 2), "wrong", "✗ Not right yet"),
        (check_array(..., 2), "open", "○ Not answered yet"),
        (check_function(lambda: None, int, [()]), "open", "○ Not answered yet"),
    ],
)
def test_a_verdict_has_one_of_three_states(verdict, state, mark):
    assert verdict.state == state
    box = verdict._repr_html_()
    assert box.startswith(f'<div class="nn-verdict" data-nn-verdict="{state}" style="border-left:')
    assert f"<strong>{mark}</strong>" in box
    assert box.count("data-nn-verdict") == 1
    assert BORDERS[state] in box


def test_the_words_stay_what_they_were():
    assert repr(RIGHT) == str(RIGHT) == "Correct."
    assert repr(MISSING) == "Not answered yet: forward returns nothing."


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        ([RIGHT, RIGHT], "right"),
        ([RIGHT, MISSING], "open"),
        ([MISSING, MISSING], "open"),
        ([RIGHT, WRONG], "wrong"),
        ([MISSING, WRONG], "wrong"),
    ],
)
def test_several_answers_are_wrong_as_soon_as_one_is(parts, state):
    assert joined(dict(zip("ab", parts, strict=True))).state == state


def test_what_the_mark_says_is_not_said_again():
    assert check_array(2, 2)._repr_html_().endswith("<strong>✓ Right</strong></div>")
    box = check_array(..., 2)._repr_html_()
    assert box.endswith('<p style="margin: 0.2em 0">Replace ... with your answer.</p></div>')
    assert "Correct on 2 inputs." in judged(None, "Correct on 2 inputs.")._repr_html_()


def test_several_lines_are_a_list():
    box = check_each({"a": 1, "b": 3}, {"a": 1, "b": 2})._repr_html_()
    assert "<li>a: Correct.</li><li>b: The value 3 is not right.</li></ul></div>" in box


def test_all_text_is_escaped():
    def fails():
        raise ValueError("<script>alert('&')</script>\n<b>")

    box = check_function(fails, int, [()])._repr_html_()
    assert "<script" not in box
    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;</li><li>&lt;b&gt;</li>" in box
    assert "&#x27;&lt;i&gt;&#x27; is not right." in check_array("<i>", "b")._repr_html_()


WITH_HINT = {"hint": "Look at `W.T` & at <b>."}


@pytest.mark.parametrize("given", [{}, {"open": True}])
def test_a_hint_is_folded_until_the_reader_opens_it(given):
    verdict = Verdict(False, "2 is not right.", **given, **WITH_HINT)
    box = verdict._repr_html_()
    fold = re.search(r"<details>(.*)</details></div>$", box)
    assert re.sub(' style="[^"]*"', "", fold[1]) == (
        "<summary>Hint</summary><p>Look at <code>W.T</code> &amp; at &lt;b&gt;.</p>"
    )
    assert (
        box.replace(fold[0], "</div>") == Verdict(False, "2 is not right.", **given)._repr_html_()
    )


def test_a_right_answer_needs_no_hint():
    assert Verdict(True, "Correct.", **WITH_HINT)._repr_html_() == RIGHT._repr_html_()


@pytest.mark.parametrize("verdict", [RIGHT, WRONG, MISSING])
def test_without_a_hint_nothing_is_folded(verdict):
    assert "details" not in verdict._repr_html_()
    assert "Hint" not in verdict._repr_html_()


def test_the_words_say_nothing_of_a_hint():
    assert repr(Verdict(False, "2 is not right.", **WITH_HINT)) == repr(WRONG)


def test_the_colours_are_those_of_the_palette():
    names = {"right": "class-2", "wrong": "class-1", "open": "line"}
    assert {state: paint(name) for state, name in names.items()} == BORDERS


def test_a_verdict_of_numpy_truth_has_a_state():
    assert Verdict(np.bool_(True), "Correct.").state == "right"
