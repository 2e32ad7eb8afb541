"""Checks for the exercises: they compare an answer with the right one and say what differs.

A check never raises, whatever the answer is, and never prints the right one; it says whether shape,
type or value is wrong, and where.
"""

from nnbook.exercises.functions import check_function
from nnbook.exercises.gradients import check_backward
from nnbook.exercises.values import check_array, check_each
from nnbook.exercises.verdict import Verdict

__all__ = ["Verdict", "check_array", "check_backward", "check_each", "check_function"]
