"""`check` finds an exercise by its number, says what it needs, gives its hint, and never raises."""

import re
import subprocess
import sys

import pytest
from hostile import Hostile

from nnbook.exercises import EXERCISES, Verdict, check, registry
from nnbook.exercises.registry import exercise

GIVEN = {
    "1.4.3-b": {"x": Hostile(), "t": Hostile()},
    "1.5.2-a": {"libraries": [Hostile()]},
}


def test_an_exercise_is_found_by_its_number():
    hint = EXERCISES["1.2.1-a"].hint
    assert check("1.2.1-a", -0.7) == Verdict(True, "Correct.", hint=hint)
    assert check("1.2.1-a", 0.7).state == "wrong"
    assert check("1.2.1-a", ...).state == "open"


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        ("1.3.4-z", "perhaps 1.3.4-"),
        ("ex-1-3-4-d", "number must be that of an exercise"),
        ("", 'such as "1.3.4-d"'),
        (134, "got 134"),
        (["1.3.4-d"], "number must be that of an exercise"),
        (None, "got None"),
    ],
)
def test_a_number_that_no_exercise_has_is_an_error(number, hint):
    with pytest.raises(ValueError, match="number must be that of an exercise") as caught:
        check(number, 3)
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    ("number", "given", "message"),
    [
        ("1.4.3-b", {}, "exercise 1.4.3-b needs its answer and x, t; got nothing more"),
        ("1.4.3-b", {"x": 1}, "exercise 1.4.3-b needs its answer and x, t; got x"),
        ("1.2.1-a", {"x": 1}, "exercise 1.2.1-a needs its answer and nothing more; got x"),
    ],
)
def test_what_an_exercise_needs_of_the_notebook_must_be_given(number, given, message):
    with pytest.raises(TypeError) as caught:
        check(number, 3, **given)
    assert str(caught.value) == message


@pytest.mark.parametrize("number", EXERCISES)
def test_no_answer_makes_a_check_raise(number):
    for answer in (Hostile(), Hostile, lambda *_: Hostile()):
        verdict = check(number, answer, **GIVEN.get(number, {}))
        assert type(verdict) is Verdict
        assert not verdict.ok


def test_the_reader_can_stop_a_check():
    def stopped(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("1.2.1-d", stopped)


def test_an_exercise_is_registered_once(monkeypatch):
    monkeypatch.setattr(registry, "EXERCISES", {})

    @exercise("9.9-a", hint="Count to three.")
    def judge(answer):
        return Verdict(answer == 3, "")

    assert check("9.9-a", 3).ok
    with pytest.raises(ValueError, match=r"exercise 9\.9-a is there already: judge"):
        exercise("9.9-a", hint="Another one.")(judge)
    assert registry.EXERCISES["9.9-a"].hint == "Count to three."


def test_every_exercise_says_what_it_asks():
    assert [number for number, each in EXERCISES.items() if not each.judge.__doc__] == []


def test_an_exercise_without_a_hint_is_an_error():
    with pytest.raises(TypeError, match="hint"):
        exercise("9.9-a")


def faulty(hint):
    """Tell whether a hint has no words to speak of, too many, or letters that are not shown."""
    sentences = re.split(r"[.?] ", hint)
    return not (
        5 <= len(hint.split()) <= 35
        and len(sentences) <= 2
        and re.search(r"[.?]$", hint)
        and hint.count("`") % 2 == 0
        and not re.search(r"[$*]|\]\(|  ", hint)
    )


def test_every_exercise_has_a_hint_of_a_few_words():
    assert [number for number, each in EXERCISES.items() if faulty(each.hint)] == []


@pytest.mark.parametrize(
    "hint",
    [
        "",
        "Think once more.",
        "word " * 35 + "word.",
        "One is here. Two is here. Three is here.",
        "This sentence has no end at all",
        "The tick of `this code is never closed.",
        "No page shows the formula $x^2$ here.",
        "No page shows *this* as it is meant.",
    ],
)
def test_a_faulty_hint_is_found(hint):
    assert faulty(hint)


@pytest.mark.parametrize("answer", [..., 0.7, Hostile, -0.7])
def test_a_check_puts_the_hint_into_the_verdict(answer):
    verdict = check("1.2.1-a", answer)
    assert verdict.hint == EXERCISES["1.2.1-a"].hint
    assert ("<summary" in verdict._repr_html_()) == (not verdict.ok)
    assert verdict.hint not in repr(verdict)


def test_checks_need_no_matplotlib():
    code = """
import sys
for name in ("matplotlib", "IPython", "ipywidgets", "anywidget", "array_api_strict"):
    sys.modules[name] = None  # importing it is now an ImportError
from nnbook.exercises import check
assert check("1.2.1-a", -0.7)._repr_html_()
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
