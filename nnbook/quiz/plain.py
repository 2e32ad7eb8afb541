"""A quiz without a script: as text for a terminal, and as HTML that folds the answers away."""

import re
from collections.abc import Sequence
from html import escape
from string import ascii_lowercase
from textwrap import TextWrapper

from nnbook.quiz.kinds import Choice, Number, Question, Shape

__all__ = ["as_html", "as_text"]

CODE = re.compile("`([^`]+)`")
WIDTH = 80  # columns of a terminal
QUESTION = TextWrapper(WIDTH, subsequent_indent=" " * 3)
OPTION = TextWrapper(WIDTH, initial_indent=" " * 3, subsequent_indent=" " * 6)


def as_text(questions: Sequence[Question]) -> str:
    """Return numbered questions with their options, and no answers."""
    return "\n\n".join(_as_text(each, number) for number, each in enumerate(questions, start=1))


def _as_text(question, number):
    lines = [QUESTION.fill(f"{number}. {question.text}")]
    if isinstance(question, Choice):
        pairs = zip(ascii_lowercase, question.options, strict=False)
        lines += [OPTION.fill(f"{letter}. {option.text}") for letter, option in pairs]
    else:
        lines.append(OPTION.fill(f"({_form(question)})"))
    return "\n".join(lines)


def _form(question):
    """Return in words what is to be typed, and how exact a number must be."""
    if not isinstance(question, Number):
        return "a shape"
    if question.precision == 0:
        return "a whole number"
    if question.decimals is None:
        return f"within ±{question.precision:g}"
    if question.decimals == 0:
        return "rounded to a whole number"
    return f"to {question.decimals} decimal{'s' * (question.decimals > 1)}"


def as_html(questions: Sequence[Question]) -> str:
    """Return an ordered list of questions; each folds its answer and the reasons away."""
    items = "".join(f"<li>{_question(question)}</li>" for question in questions)
    return f'<ol class="nn-questions">{items}</ol>'


def _with_code(text):
    """Return plain text as HTML, with what stands between backticks as code."""
    return CODE.sub(r"<code>\1</code>", escape(text))


def _question(question):
    text, below = _with_code(question.text), ""
    if isinstance(question, Choice):
        items = "".join(f"<li>{_with_code(option.text)}</li>" for option in question.options)
        below, reasons = f'<ol type="a">{items}</ol>', _reasons_of_options(question)
    else:
        text, reasons = f"{text} ({_form(question)})", _reasons_of_answers(question)
    return f"<p>{text}</p>{below}<details><summary>Answer</summary>{reasons}</details>"


def _reasons_of_options(question):
    pairs = list(zip(ascii_lowercase, question.options, strict=False))
    pairs.sort(key=lambda pair: not pair[1].right)  # the right one first
    return "".join(_reason(letter, option.why, option.right) for letter, option in pairs)


def _reasons_of_answers(question):
    right = _reason(_written(question, question.answer), question.why, True)
    wrong = [_reason(_written(question, each.answer), each.why, False) for each in question.wrong]
    return right + "".join(wrong)


def _reason(answer, why, is_right):
    mark, name = ("✓", "strong") if is_right else ("✗", "span")
    return f"<p><{name}>{mark} {answer}:</{name}> {_with_code(why)}</p>"


def _written(question, answer):
    if isinstance(question, Shape):
        return str(tuple(answer))
    decimals = question.decimals
    text = str(answer) if decimals is None else f"{answer:.{decimals}f}"
    return text.replace("-", "−")
