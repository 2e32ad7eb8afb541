"""The exercises of 1.1 and 1.2: likely wrong answers are refused with a reason, solutions pass."""

import pytest
import wrong_answers_1_1
import wrong_answers_1_2
from notebook_cells import load, names_before, run

WRONG = {
    "1_1_math_and_python": wrong_answers_1_1.WRONG,
    "1_2_inference": wrong_answers_1_2.WRONG,
}
CELLS = {chapter: load(chapter) for chapter in WRONG}


@pytest.fixture(params=[(chapter, name) for chapter in WRONG for name in WRONG[chapter]], ids=str)
def exercise(request):
    """Return an exercise, its chapter's cells, its wrong answers, and the names before it."""
    chapter, name = request.param
    names = names_before(CELLS[chapter], f"{name}-answer")
    return name, CELLS[chapter], WRONG[chapter][name], names


@pytest.mark.parametrize("chapter", WRONG)
def test_every_exercise_of_the_chapter_is_here(chapter):
    checks = [n[:-6] for n in CELLS[chapter] if n.startswith("ex-") and n.endswith("-check")]
    assert checks == list(WRONG[chapter])
    assert all(len(wrongs) >= 4 for wrongs in WRONG[chapter].values())


def test_an_exercise_begins_unanswered_and_its_solution_is_right(exercise):
    name, cells, _, names = exercise
    run(cells[f"{name}-answer"], names)
    for cell in (f"{name}-cases", f"{name}-check"):
        message = run(cells.get(cell, ""), names)
    assert all("Not answered yet" in line for line in message.splitlines())
    solved = run(cells[f"{name}-solved"], names)
    assert all("Correct" in line for line in solved.splitlines())


def test_likely_wrong_answers_are_refused_with_the_reason(exercise):
    name, cells, wrongs, names = exercise
    run(cells.get(f"{name}-cases", ""), names)
    for answer, reason in wrongs:
        run(answer, names)
        message = run(cells[f"{name}-check"], names)
        assert reason in message, answer
        faults = [line for line in message.splitlines() if "Correct" not in line]
        assert len(faults) == 1, answer
