"""`check` finds an exercise by its number, says what it needs, and never raises for an answer."""

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
    assert check("1.2.1-a", -0.7) == Verdict(True, "Correct.")
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

    @exercise("9.9-a")
    def judge(answer):
        return Verdict(answer == 3, "")

    assert check("9.9-a", 3).ok
    with pytest.raises(ValueError, match=r"exercise 9\.9-a is there already: judge"):
        exercise("9.9-a")(judge)


def test_every_exercise_says_what_it_asks():
    assert [number for number, judge in EXERCISES.items() if not judge.__doc__] == []


def test_checks_need_no_matplotlib():
    code = """
import sys
for name in ("matplotlib", "IPython", "ipywidgets", "anywidget", "array_api_strict"):
    sys.modules[name] = None  # importing it is now an ImportError
from nnbook.exercises import check
assert check("1.2.1-a", -0.7)._repr_html_()
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
