"""Every exercise of every chapter: right answers pass, likely wrong ones are refused and explained.

The cells are the notebook's own. What is tried on them stands in `answers_1_1` to `answers_1_6`.
"""

import ast
import functools
import re

import answers_1_1
import answers_1_2
import answers_1_3_1
import answers_1_3_4
import answers_1_3_6
import answers_1_4
import answers_1_5
import answers_1_6
import numpy as np
import pytest
from chapters import FOLDER, HEADING, Chapter, given_away
from hints import answers_given_away, code_given_away
from odd_answers import names_to_fill, odd_answers

from nnbook.exercises import EXERCISES, Verdict

ANSWERS = {
    "1_1_math_and_python": answers_1_1,
    "1_2_inference": answers_1_2,
    "1_3_1_loss_and_gradients": answers_1_3_1,
    "1_3_4_backpropagation": answers_1_3_4,
    "1_3_6_weight_update": answers_1_3_6,
    "1_4_spiral": answers_1_4,
    "1_5_speed": answers_1_5,
    "1_6_summary": answers_1_6,
}
LEAST = 3  # wrong answers of each exercise that are explained
# What says that an answer is wrong, and not why.
BARE = re.compile(r"(\w+: )?(The value )?\S+ is not right\.|\w+: Correct\.")
HIDDEN = {"source_hidden": True}


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
    return {
        "no check": sorted(set(labels) - set(checked)),
        "no exercise": sorted((set(checked) | set(wrong) | set(right)) - set(labels)),
        "too few wrong answers": [each for each in labels if len(set(wrong.get(each, ()))) < LEAST],
    }


# ---------------------------------------------------------------- the harness is complete


def test_every_notebook_with_exercises_is_here():
    texts = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.ipynb")}
    assert sorted(name for name, text in texts.items() if "#### Exercise" in text) == list(ANSWERS)


@each_chapter
def test_every_exercise_of_a_chapter_is_here(chapter):
    wrong, right = given("WRONG", chapter.name), given("RIGHT", chapter.name)
    assert chapter.numbers
    assert not any(faults(list(chapter.numbers), chapter.checked, wrong, right).values())
    assert set(given("SLOW", chapter.name)) <= set(chapter.cells)


def test_the_exercises_of_the_notebooks_are_those_of_the_package():
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.glob("*.ipynb")]
    numbers = [number for text in texts for number in re.findall(r'"#### Exercise (\S+)', text)]
    assert sorted(numbers) == sorted(EXERCISES)


def test_an_exercise_that_is_left_out_is_found():
    wrong, right = {"a": [1, 2, 3], "b": [1, 2, 2], "d": [1, 2, 3]}, {"a": [1], "d": [1]}
    assert faults(["a", "b", "c"], ["a", "b"], wrong, right) == {
        "no check": ["c"],
        "no exercise": ["d"],
        "too few wrong answers": ["b", "c"],
    }


# ---------------------------------------------------------------- the cells of an exercise


@each_chapter
def test_checks_and_solutions_are_folded_in_every_reader(chapter):
    assert chapter.folded == list(chapter.numbers)
    for exercise in chapter.numbers:
        check = chapter.metadata[f"{exercise}-check"]
        assert check["jupyter"] == HIDDEN
        assert "hide-input" in check["tags"]
        assert chapter.solutions[exercise]


@each_exercise()
def test_a_check_names_its_exercise_and_gives_nothing_away(chapter, exercise):
    source = chapter.cells[f"{exercise}-check"]
    number = chapter.numbers[exercise]
    assert source.splitlines()[-1].startswith(f'check("{number}", ')
    assert len(source.splitlines()) <= 2
    assert given_away(source) == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('check("1.1.1-a", 3)', ["3"]),
        ('check("1.1.1-a", answer, tolerance=0.01)', ["0.01"]),
        ("check_array(answer, expected)", ["check_array(answer, expected)"]),
        ('x = {"a": 5}\ncheck("1.1.1-a", x)', ["5"]),
        ('check("1.1.1-a", x.T)', ["x.T"]),
    ],
)
def test_a_check_that_gives_something_away_is_found(source, told):
    assert given_away(source) == told


def test_a_heading_is_found_by_its_number():
    text = "Text.\n\n#### Exercise 1.3.4-d · Samples as columns\n\n#### Exercise 1.6-a: no\n"
    assert HEADING.findall(text) == ["1.3.4-d"]


# ---------------------------------------------------------------- each exercise


@each_exercise()
def test_an_exercise_begins_unanswered(chapter, exercise):
    verdict = chapter.judge(exercise)
    repaired = exercise in given("REPAIRED", chapter.name)
    assert verdict.state == ("wrong" if repaired else "open")
    assert repaired != all("Not answered yet" in line for line in verdict.message.splitlines())


@each_exercise()
def test_the_solution_in_the_book_passes_in_the_place_of_the_answer(chapter, exercise):
    assert chapter.solve(exercise).ok


@each_exercise("RIGHT")
def test_other_right_answers_pass(chapter, exercise):
    for answer in given("RIGHT", chapter.name)[exercise]:
        assert chapter.judge(exercise, answer).ok, answer


@each_exercise("WRONG")
def test_likely_wrong_answers_are_refused_with_the_reason(chapter, exercise):
    explained = 0
    for answer, reason in given("WRONG", chapter.name)[exercise]:
        verdict = chapter.judge(exercise, answer)
        assert not verdict.ok, answer
        assert reason in verdict.message, answer
        assert told(chapter, exercise, answer, verdict) == []
        explained += not all(map(BARE.fullmatch, verdict.message.splitlines()))
    assert explained >= LEAST


def told(chapter, exercise, answer, verdict):
    """List what a verdict tells of the right value that the answer did not have."""
    asked = names_to_fill(chapter.cells[f"{exercise}-answer"])
    if set(asked.values()) != {ast.Assign}:
        return []
    names = dict(chapter.names)
    chapter.solve(exercise)
    found = []
    for name in asked:
        right, wrong = chapter.names[name], names[name]
        parts = right.items() if isinstance(right, dict) else [(name, right)]
        for part, value in parts:
            mine = wrong.get(part) if isinstance(wrong, dict) else wrong
            lines = [line.partition(": ") for line in verdict.message.splitlines()]
            said = [c for a, b, c in lines if a == part] if isinstance(right, dict) else [
                verdict.message
            ]  # fmt: skip
            if str(mine) != str(value) and written(value) and written(value) in " ".join(said):
                found.append(f"{part}: {value}")
    return found


def written(value):
    """Return how a message would write a value that nobody mentions by chance."""
    if isinstance(value, (int, float)):
        return f" {value:.6g}" if value >= 10 or value % 1 else ""
    return repr(value) if isinstance(value, tuple) else ""


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
            assert verdict._repr_html_().startswith('<div class="nn-verdict"')


# ---------------------------------------------------------------- hints


@each_exercise()
def test_a_hint_gives_no_code_of_the_solution_away(chapter, exercise):
    hint = EXERCISES[chapter.numbers[exercise]].hint
    assert code_given_away(hint, chapter.solutions[exercise]) == []


@pytest.mark.parametrize(
    ("hint", "code"),
    [
        ("Use `x[1 : 2]` for it.", ["x[1:2]"]),
        ("Subtract it from x − np.mean(x, axis=0).", ["np.mean(x,axis=0)", "x-np.mean(x,axis=0)"]),
        ("Take `x[1]`, or the method `optimizer.update`.", []),
    ],
)
def test_code_in_a_hint_is_found(hint, code):
    solution = """
step = optimizer.update
second = x[1:2]
def centre(x):
    return x - np.mean(x, axis=0)
"""
    assert code_given_away(hint, solution) == code


@each_exercise()
def test_a_hint_gives_no_answer_away(chapter, exercise):
    asked = names_to_fill(chapter.cells[f"{exercise}-answer"])
    chapter.solve(exercise)
    answers = [chapter.names[name] for name, kind in asked.items() if kind is ast.Assign]
    hint = EXERCISES[chapter.numbers[exercise]].hint
    assert answers_given_away(hint, answers, chapter.questions[exercise]) == []


@pytest.mark.parametrize(
    ("hint", "answers", "told"),
    [
        ("The loss is near 1.5, says section 1.498.", [1.4979], [1.4979]),
        ("Read section 1.498 of the book.", [1.498], []),
        ("It has 79,510 numbers.", [79510], [79510]),
        ("It is −0.7, not 0.7.", [-0.7], [-0.7]),
        ("Choose B, not `A`.", ["B"], ["B"]),
        ("Begin with the letter.", ["B"], []),
        ("One row is (3, 2), the other (2, 3).", [{"a": (3, 2), "b": (5,)}], ["(3, 2)", 3]),
        ("The corner is 9.", [np.array([[0, 4], [4, 9]])], [9]),
        ("The corner is 4, as the question says.", [np.array([[0, 4], [4, 9]])], []),
        ("It is 4.", [4], [4]),
        ("The bias is (6,).", [(3, 6), (6,)], [6, "(6,)", 6]),
    ],
)
def test_an_answer_in_a_hint_is_found(hint, answers, told):
    assert answers_given_away(hint, answers, "Which of the 2 and 4 rows is it?") == told


def test_the_kinds_of_answers_are_told_apart():
    source = (
        "labels = 3\nanswer = ...\nsums |= {}\n\ndef f(x): ...\n\nclass A:\n    def g(self): ..."
    )
    assert names_to_fill(source) == {
        "answer": ast.Assign, "f": ast.FunctionDef, "A": ast.ClassDef
    }  # fmt: skip
