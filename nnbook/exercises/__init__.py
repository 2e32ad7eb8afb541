"""The exercises: `check` compares an answer with the right one and says what differs.

Each chapter has a module with a small function and a hint for every exercise; its number is all
that a notebook names. A check never raises, whatever the answer is, and never prints the right one.
"""

from nnbook.exercises import (  # noqa: F401 (each registers its exercises)
    chapter_1_1,
    chapter_1_2,
    chapter_1_3_1,
    chapter_1_3_4,
    chapter_1_3_6,
    chapter_1_4,
    chapter_1_5,
    chapter_1_6,
)
from nnbook.exercises.functions import check_forward, check_function
from nnbook.exercises.gradients import check_backward
from nnbook.exercises.registry import EXERCISES, check
from nnbook.exercises.values import check_array, check_choice, check_each, check_number
from nnbook.exercises.verdict import Verdict

__all__ = [
    "EXERCISES",
    "Verdict",
    "check",
    "check_array",
    "check_backward",
    "check_choice",
    "check_each",
    "check_forward",
    "check_function",
    "check_number",
]
