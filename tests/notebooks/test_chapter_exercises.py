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
def run_of(name):
    """Run a chapter the first time that it is asked for; return its error if it has one."""
    try:
        return Chapter(name, given("SLOW", name))
    except Exception as error:
        return error


@pytest.fixture
def chapter(request):
    """Return a chapter that was run."""
    found = run_of(request.param)
    if isinstance(found, Exception):
        raise found
    return found


def given(kind, name):
    """Return what a chapter's answers say under a name such as WRONG."""
    return getattr(ANSWERS[name], kind, {})


def each_exercise(kind="WRONG"):
    """Run a test for every exercise that has answers of a kind, and with its chapter."""
    exercises = [
        pytest.param(name, each, id=each) for name in ANSWERS for each in given(kind, name)
    ]
    return pytest.mark.parametrize(("chapter", "exercise"), exercises, indirect=["chapter"])


each_chapter = pytest.mark.parametrize("chapter", ANSWERS, indirect=True)


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


@each_chapter
def test_every_exercise_of_a_chapter_is_here(chapter):
    wrong, right = given("WRONG", chapter.name), given("RIGHT", chapter.name)
    assert chapter.labels
    assert not any(faults(chapter.labels, chapter.checked, wrong, right).values())
    assert set(given("SLOW", chapter.name)) <= set(chapter.cells)


@each_chapter
def test_every_solution_stands_in_the_page_folded(chapter):
    assert chapter.folded == chapter.labels
    assert {f"{exercise}-solved" for exercise in chapter.labels} <= chapter.hidden


def test_an_exercise_that_is_left_out_is_found():
    wrong, right = {"a": [1, 2, 3], "b": [1, 2, 2], "d": [1, 2, 3]}, {"a": [1], "d": [1]}
    assert faults(["a", "b", "c"], ["a", "b"], wrong, right) == {
        "no check": ["c"],
        "no exercise": ["d"],
        "too few wrong answers": ["b", "c"],
        "no right answer": ["b", "c"],
    }


# ---------------------------------------------------------------- each exercise


@each_exercise()
def test_an_exercise_begins_unanswered(chapter, exercise):
    verdict = chapter.judge(exercise)
    assert not verdict.ok
    repaired = exercise in given("REPAIRED", chapter.name)
    assert repaired != all("Not answered yet" in line for line in verdict.message.splitlines())


@each_exercise("RIGHT")
def test_right_answers_and_the_solution_in_the_book_pass(chapter, exercise):
    for answer in given("RIGHT", chapter.name)[exercise]:
        chapter.judge(exercise)
        solved = chapter.run(f"{exercise}-solved")
        assert solved.ok if exercise not in SHOWN else not isinstance(solved, Verdict)
        exec(answer, chapter.names)
        assert chapter.run(f"{exercise}-check").ok, answer


@each_exercise("WRONG")
def test_likely_wrong_answers_are_refused_with_the_reason(chapter, exercise):
    for answer, reason in given("WRONG", chapter.name)[exercise]:
        verdict = chapter.judge(exercise, answer)
        assert not verdict.ok, answer
        assert reason in verdict.message, answer


@each_exercise("ACCEPTED_TODAY")
def test_wrong_answers_that_pass_today_are_known(chapter, exercise):
    for answer, reason in given("ACCEPTED_TODAY", chapter.name)[exercise]:
        assert chapter.judge(exercise, answer).ok, reason


@each_exercise()
def test_a_check_never_raises_and_refuses_what_nobody_asked_for(chapter, exercise):
    asked = names_to_fill(chapter.cells[f"{exercise}-answer"])
    assert asked
    for name, kind in asked.items():
        for odd in odd_answers(kind):
            chapter.arrive(exercise)
            chapter.names[name] = odd
            verdict = chapter.run(f"{exercise}-check")
            assert isinstance(verdict, Verdict)
            assert not verdict.ok


def test_the_kinds_of_answers_are_told_apart():
    source = (
        "labels = 3\nanswer = ...\nsums |= {}\n\ndef f(x): ...\n\nclass A:\n    def g(self): ..."
    )
    assert names_to_fill(source) == {
        "answer": ast.Assign, "f": ast.FunctionDef, "A": ast.ClassDef
    }  # fmt: skip
