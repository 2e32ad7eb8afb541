"""The quiz of a chapter: questions with feedback for every answer, with and without a kernel."""

from pathlib import Path
from typing import Any

from nnbook.quiz.plain import as_html, as_text
from nnbook.quiz.questions import read_questions
from nnbook.widget.live import live_class, mimebundle
from nnbook.widget.page import figure

__all__ = ["Quiz"]

FOLDER = Path(__file__).parent / "questions"


class Quiz:
    """Asks the questions of a chapter and explains every answer.

    Parameters
    ----------
    chapter : str
        Its number, for example ``"1.1"``.

    Attributes
    ----------
    chapter : str
    questions : list
        What is asked, in order.

    Raises
    ------
    TypeError, ValueError
        If `chapter` is no text, or there is no quiz of this chapter.

    Examples
    --------
    >>> from nnbook.quiz import Quiz
    >>> len(Quiz("1.1").questions) >= 8
    True
    """

    def __init__(self, chapter: str) -> None:
        if not isinstance(chapter, str):
            raise TypeError(f'chapter must be a text such as "1.1"; got {chapter!r}')
        files = {path.stem.replace("_", "."): path for path in sorted(FOLDER.glob("*.toml"))}
        if chapter not in files:
            raise ValueError(f"chapter must be one of {', '.join(files)}; got {chapter!r}")
        self.chapter = chapter
        self.questions = read_questions(files[chapter])

    def to_html(self) -> str:
        """Return a figure for a page without a kernel; without a script it is a list to read.

        The questions are small enough to stand in the page itself. So they are there at once, and
        nothing moves when the reader comes near.
        """
        return figure("quiz", as_html(self.questions), settings=self._settings(), chunks={})

    def to_widget(self) -> Any:
        """Return the live widget (needs anywidget and a kernel)."""
        return live_class("quiz")(settings=self._settings())

    def _settings(self):
        questions = [question.describe() for question in self.questions]
        return {"chapter": self.chapter, "questions": questions}

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Show the live widget, or the figure while outputs are being stored."""
        head = f"Quiz {self.chapter}: run this cell to answer the questions here."
        text = f"{head}\n\n{as_text(self.questions)}"
        return mimebundle(text, to_html=self.to_html, to_widget=self.to_widget)
