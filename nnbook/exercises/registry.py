"""The exercises by their numbers: a chapter registers each, and `check` finds it.

Exercise 1.3.4-d is the function that judges an answer to it, and a hint for a reader who is stuck.
A notebook names the number alone, so that a check cell gives nothing away.
"""

import difflib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from nnbook.exercises.verdict import Verdict, never_raises

Judge = Callable[..., Verdict]


@dataclass(frozen=True)
class Exercise:
    """What an exercise has beside its text in the notebook.

    Attributes
    ----------
    judge : function
        It takes an answer, and what else the exercise needs, and returns a `Verdict`.
    hint : str
        What helps a reader to begin.
    """

    judge: Judge
    hint: str


EXERCISES: dict[str, Exercise] = {}


def exercise(number: str, *, hint: str) -> Callable[[Judge], Judge]:
    """Register the function below as the judge of an exercise.

    Parameters
    ----------
    number : str
        As the heading has it, for example ``"1.3.4-d"``.
    hint : str
        One or two sentences that name the idea or the first step, and never the result. Code
        stands in backticks. A verdict folds it away until the reader asks for it.

    Raises
    ------
    ValueError
        If the exercise is registered already.
    """

    def register(judge: Judge) -> Judge:
        if number in EXERCISES:
            there = EXERCISES[number].judge.__name__
            raise ValueError(f"exercise {number} is there already: {there}")
        EXERCISES[number] = Exercise(judge, hint)
        return judge

    return register


def check(number: str, answer: object, **given: Any) -> Verdict:
    """Check the answer to an exercise.

    Parameters
    ----------
    number : str
        As the exercise's heading has it, for example ``"1.3.4-d"``.
    answer : object
        Whatever the reader wrote: a value, a function or a class. ``...`` counts as not answered.
    **given : objects
        What the exercise needs of the notebook, such as its data.

    Returns
    -------
    Verdict
        With the exercise's hint.

    Raises
    ------
    ValueError
        If there is no such exercise.
    TypeError
        If what it needs of the notebook is not given. Whatever the answer is, nothing is raised.
    """
    found = EXERCISES.get(number) if isinstance(number, str) else None
    if found is None:
        raise ValueError(f"number must be that of an exercise{_nearest(number)}; got {number!r}")
    needed = list(inspect.signature(found.judge).parameters)[1:]
    if set(needed) != set(given):
        expected, got = (", ".join(names) or "nothing more" for names in (needed, given))
        raise TypeError(f"exercise {number} needs its answer and {expected}; got {got}")
    return replace(never_raises(found.judge)(answer, **given), hint=found.hint)


def _nearest(number: object) -> str:
    near = difflib.get_close_matches(str(number), EXERCISES, n=3)
    return f", perhaps {' or '.join(sorted(near))}" if near else ', such as "1.3.4-d"'
