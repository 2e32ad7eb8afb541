"""Every exercise of every chapter: right answers pass, likely wrong ones are refused and explained.

The cells are the notebook's own. What is tried on them stands in `answers_1_1` to `answers_1_6`.
"""

import ast
import functools

import answers_1_1
import answers_1_2
import answers_1_3
import answers_1_4
import answers_1_5
import answers_1_6
import pytest
from chapters import FOLDER, Chapter
from odd_answers import names_to_fill, odd_answers

from nnbook.exercises import Verdict

ANSWERS = {
    "1_1_math_and_python": answers_1_1,
    "1_2_inference": answers_1_2,
    "1_3_training": answers_1_3,
    "1_4_spiral": answers_1_4,
    "1_5_speed": answers_1_5,
    "1_6_summary": answers_1_6,
}
OPEN = {}  # exercises that no check can judge, each with the reason
SHOWN = {"ex-1-3-4-a", "ex-1-3-6-b", "ex-1-4-4-c"}  # whose solution shows more than a verdict
LEAST = 3  # wrong answers of each exercise


@functools.cache
def chapter(name):
    """Run a chapter the first time that it is asked for."""
    return Chapter(name, getattr(ANSWERS[name], "SLOW", ()))


def given(kind, name):
    """Return what a chapter's answers say under a name such as WRONG."""
    return getattr(ANSWERS[name], kind, {})


def every(kind="WRONG"):
    """Return a parameter for every exercise that has answers of a kind."""
    return [pytest.param(name, each, id=each) for name in ANSWERS for each in given(kind, name)]


def faults(labels, checked, wrong, right):
    """Say which exercises of a chapter are not in the harness."""
    judged = [each for each in labels if each not in OPEN]
    few = [each for each in judged if len(set(wrong.get(each, ()))) < LEAST]
    return {
        "no check": sorted(set(judged) - set(checked)),
        "no exercise": sorted((set(checked) | set(wrong) | set(right)) - set(judged)),
        "too few wrong answers": few,
        "no right answer": [each for each in judged if not right.get(each)],
    }


# ---------------------------------------------------------------- the harness is complete


def test_every_notebook_is_here():
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == list(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_exercise_of_a_chapter_is_here(name):
    labels, checked = chapter(name).labels, chapter(name).checked
    assert labels
    assert not any(faults(labels, checked, given("WRONG", name), given("RIGHT", name)).values())
    assert set(given("SLOW", name)) <= set(chapter(name).cells)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_solution_stands_in_the_page_folded(name):
    here = chapter(name)
    assert here.folded == here.labels
    assert {f"{exercise}-solved" for exercise in here.labels} <= here.hidden


def test_an_exercise_that_is_left_out_is_found():
    wrong, right = {"a": [1, 2, 3], "b": [1, 2, 2], "d": [1, 2, 3]}, {"a": [1], "d": [1]}
    assert faults(["a", "b", "c"], ["a", "b"], wrong, right) == {
        "no check": ["c"],
        "no exercise": ["d"],
        "too few wrong answers": ["b", "c"],
        "no right answer": ["b", "c"],
    }


# ---------------------------------------------------------------- each exercise


@pytest.mark.parametrize(("name", "exercise"), every())
def test_an_exercise_begins_unanswered(name, exercise):
    verdict = chapter(name).judge(exercise)
    assert not verdict.ok
    repaired = exercise in given("REPAIRED", name)
    assert repaired != all("Not answered yet" in line for line in verdict.message.splitlines())


@pytest.mark.parametrize(("name", "exercise"), every("RIGHT"))
def test_right_answers_and_the_solution_in_the_book_pass(name, exercise):
    here = chapter(name)
    for answer in ANSWERS[name].RIGHT[exercise]:
        here.judge(exercise)
        solved = here.run(f"{exercise}-solved")
        assert solved.ok if exercise not in SHOWN else not isinstance(solved, Verdict)
        exec(answer, here.names)
        assert here.run(f"{exercise}-check").ok, answer


@pytest.mark.parametrize(("name", "exercise"), every())
def test_likely_wrong_answers_are_refused_with_the_reason(name, exercise):
    for answer, reason in ANSWERS[name].WRONG[exercise]:
        verdict = chapter(name).judge(exercise, answer)
        assert not verdict.ok, answer
        assert reason in verdict.message, answer


@pytest.mark.parametrize(("name", "exercise"), every("ACCEPTED_TODAY"))
def test_wrong_answers_that_pass_today_are_known(name, exercise):
    for answer, reason in ANSWERS[name].ACCEPTED_TODAY[exercise]:
        assert chapter(name).judge(exercise, answer).ok, reason


@pytest.mark.parametrize(("name", "exercise"), every())
def test_a_check_never_raises_and_refuses_what_nobody_asked_for(name, exercise):
    here = chapter(name)
    for filled, kind in names_to_fill(here.cells[f"{exercise}-answer"]).items():
        for odd in odd_answers(kind):
            here.arrive(exercise)
            here.names[filled] = odd
            verdict = here.run(f"{exercise}-check")
            assert isinstance(verdict, Verdict)
            assert not verdict.ok


def test_the_kinds_of_answers_are_told_apart():
    source = (
        "labels = 3\nanswer = ...\nsums |= {}\n\ndef f(x): ...\n\nclass A:\n    def g(self): ..."
    )
    assert names_to_fill(source) == {
        "answer": ast.Assign, "f": ast.FunctionDef, "A": ast.ClassDef
    }  # fmt: skip
