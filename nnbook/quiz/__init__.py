"""The quiz at the end of a chapter."""

from nnbook.quiz.quiz import Quiz

__all__ = ["Quiz"]
