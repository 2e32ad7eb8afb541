"""The kinds of questions of a quiz: a choice between texts, a shape, a number.

Every wrong answer that is likely has its own explanation. A question that breaks a rule of its kind
can't be made.
"""

import math
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

__all__ = ["Choice", "Mistake", "Number", "Option", "Question", "QuestionError", "Shape", "require"]

MOST_DECIMALS = 9  # that a reader is asked for
ROUNDING = 1e-12  # relative; what a difference of two decimal numbers may be off


class QuestionError(ValueError):
    """A file of questions is not as it must be."""


def require(condition: bool, name: str, expected: str, got: Any) -> None:
    """Raise a QuestionError that says what must be, unless it is."""
    if not condition:
        raise QuestionError(f"{name} must {expected}; got {got!r}")


@dataclass(frozen=True)
class Option:
    """A text to choose, and what is said to whoever chose it."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Mistake:
    """A likely wrong answer, and what is said to whoever gave it."""

    answer: Any
    why: str


@dataclass(frozen=True)
class Question:
    """What all kinds of questions have."""

    kind: ClassVar[str]
    id: str
    section: str
    text: str

    def describe(self) -> dict[str, Any]:
        """Describe the question for its script."""
        described = asdict(self) | {"kind": self.kind}
        described.pop("code", None)  # only the tests need it
        return described


@dataclass(frozen=True)
class Choice(Question):
    """A question whose answer is one of a few texts."""

    kind = "choice"
    options: list[Option]

    def __post_init__(self) -> None:
        require(len(self.options) in (3, 4), "options", "be 3 or 4", len(self.options))
        right = sum(option.right for option in self.options)
        require(right == 1, "options", "have exactly one with right = true", right)
        texts = [option.text for option in self.options]
        require(len(set(texts)) == len(texts), "the options' texts", "differ", texts)


@dataclass(frozen=True)
class Typed(Question):
    """A question whose answer the reader types."""

    answer: Any
    code: str
    why: str
    wrong: list[Mistake]
    hint: str

    def __post_init__(self) -> None:
        require(1 <= len(self.wrong) <= 3, "wrong", "hold 1 to 3 mistakes", len(self.wrong))
        answers = [self.answer, *(mistake.answer for mistake in self.wrong)]
        for answer in answers:
            self._require_answer(answer)
        for i, answer in enumerate(answers):
            differs = not any(self.accepts(answer, other) for other in answers[:i])
            require(differs, "wrong", "differ from the answer and from each other", answer)

    def _require_answer(self, answer):
        """Raise where this is not an answer of the question's kind."""
        raise NotImplementedError

    def accepts(self, given: Any, answer: Any) -> bool:
        """Tell whether what is given counts as this answer."""
        raise NotImplementedError


@dataclass(frozen=True)
class Shape(Typed):
    """A question whose answer is a shape."""

    kind = "shape"

    def _require_answer(self, answer):
        lengths = isinstance(answer, list) and all(
            type(each) is int and each >= 0 for each in answer
        )
        require(lengths, "answer", "be a list of whole numbers such as [4, 3]", answer)

    def accepts(self, given: Any, answer: Any) -> bool:
        """Tell whether two shapes are equal."""
        return list(given) == list(answer)


@dataclass(frozen=True)
class Number(Typed):
    """A question whose answer is a number, right within a precision that the reader is told."""

    kind = "number"
    precision: float

    def __post_init__(self) -> None:
        good = _is_number(self.precision) and self.precision >= 0
        require(good, "precision", "be a number that is not negative", self.precision)
        super().__post_init__()
        whole = self.precision > 0 or self.answer == round(self.answer)
        require(whole, "answer", "be whole where the precision is 0", self.answer)

    def _require_answer(self, answer):
        require(_is_number(answer), "answer", "be a number", answer)

    def accepts(self, given: Any, answer: Any) -> bool:
        """Tell whether two numbers are equal within the precision."""
        return abs(given - answer) <= self.precision + ROUNDING * abs(answer)

    @property
    def decimals(self) -> int | None:
        """Return how many decimals the precision asks for; None where it is not half of one."""
        places = range(MOST_DECIMALS + 1)
        return next((n for n in places if math.isclose(self.precision, 0.5 / 10**n)), None)

    def describe(self) -> dict[str, Any]:
        """Describe the question for its script."""
        return super().describe() | {"decimals": self.decimals}


def _is_number(value):
    return type(value) in (int, float) and math.isfinite(value)
