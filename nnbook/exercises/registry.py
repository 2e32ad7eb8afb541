"""The exercises by their numbers: a chapter registers each, and `check` finds it.

Exercise 1.3.4-d is the function that judges an answer to it. A notebook names the number alone, so
that a check cell gives nothing away.
"""

import difflib
import inspect
from collections.abc import Callable
from typing import Any

from nnbook.exercises.verdict import Verdict, never_raises

Judge = Callable[..., Verdict]

EXERCISES: dict[str, Judge] = {}


def exercise(number: str) -> Callable[[Judge], Judge]:
    """Register the function below as the judge of an exercise.

    Parameters
    ----------
    number : str
        As the heading has it, for example ``"1.3.4-d"``.
    """

    def register(judge: Judge) -> Judge:
        if number in EXERCISES:
            raise ValueError(f"exercise {number} is there already: {EXERCISES[number].__name__}")
        EXERCISES[number] = judge
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

    Raises
    ------
    ValueError
        If there is no such exercise.
    TypeError
        If what it needs of the notebook is not given. Whatever the answer is, nothing is raised.
    """
    judge = EXERCISES.get(number) if isinstance(number, str) else None
    if judge is None:
        raise ValueError(f"number must be that of an exercise{_nearest(number)}; got {number!r}")
    needed = list(inspect.signature(judge).parameters)[1:]
    if set(needed) != set(given):
        expected, got = (", ".join(names) or "nothing more" for names in (needed, given))
        raise TypeError(f"exercise {number} needs its answer and {expected}; got {got}")
    return never_raises(judge)(answer, **given)


def _nearest(number: object) -> str:
    near = difflib.get_close_matches(str(number), EXERCISES, n=3)
    return f", perhaps {' or '.join(sorted(near))}" if near else ', such as "1.3.4-d"'
