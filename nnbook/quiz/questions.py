"""The questions of a chapter: a file of TOML, read and checked so that a slip is told by name."""

import hashlib
import re
import tomllib
from pathlib import Path

from nnbook.quiz.kinds import (
    Choice,
    Mistake,
    Number,
    Option,
    Question,
    QuestionError,
    Shape,
    require,
)

__all__ = ["read_questions"]

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SECTION = re.compile(r"\d\.\d(\.\d)?")

HEAD = {"id": str, "section": str, "kind": str, "text": str}
TYPED = HEAD | {"answer": object, "code": str, "why": str, "wrong": list, "hint": str}
FORMS: dict[str, dict[str, type]] = {
    "choice": HEAD | {"options": list},
    "shape": TYPED,
    "number": TYPED | {"precision": object},
}
KINDS: dict[str, type[Question]] = {each.kind: each for each in (Choice, Shape, Number)}


def read_questions(path: str | Path) -> list[Question]:
    """Read the questions of one file.

    Parameters
    ----------
    path : str or Path
        Of a TOML file with a table ``[[question]]`` for each question.

    Returns
    -------
    list of Question
        In the order of the file. The options of a choice stand in an order made from their texts,
        so that the right one has no favourite place.

    Raises
    ------
    QuestionError
        If the file is no TOML or a question is not complete; the message names the question.
    """
    path = Path(path)
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise QuestionError(f"{path.name} can't be read: {error}") from error
    found = tables.get("question")
    if set(tables) != {"question"} or not isinstance(found, list):
        raise QuestionError(f"{path.name} must hold [[question]] alone; got {sorted(tables)}")
    questions: list[Question] = []
    for number, table in enumerate(found, start=1):
        try:
            questions.append(_question(table))
            require(_is_new(questions), "id", "be used only once", table["id"])
        except QuestionError as error:
            raise QuestionError(f"{path.name}, question {number}: {error}") from None
    return questions


def _is_new(questions):
    *earlier, last = (question.id for question in questions)
    return last not in earlier


def _question(table):
    require(isinstance(table, dict), "it", "be a table", table)
    kind = table.get("kind")
    require(kind in list(FORMS), "kind", f"be one of {', '.join(FORMS)}", kind)
    _require_form("the question", table, FORMS[kind])
    require(ID.fullmatch(table["id"]), "id", "be lower-case words joined by -", table["id"])
    require(SECTION.fullmatch(table["section"]), "section", "be like 1.1.4", table["section"])
    parts = {name: value for name, value in table.items() if name != "kind"}
    if kind == "choice":
        parts["options"] = sorted(map(_option, table["options"]), key=_place)
    else:
        parts["wrong"] = list(map(_mistake, table["wrong"]))
    return KINDS[kind](**parts)


def _option(table):
    optional = {"right": bool} if "right" in table else {}
    return Option(**_require_form("an option", table, {"text": str, "why": str} | optional))


def _mistake(table):
    return Mistake(**_require_form("a mistake", table, {"answer": object, "why": str}))


def _require_form(what, table, form):
    """Return the table if it has the keys of the form, each with a value of its type."""
    require(isinstance(table, dict), what, "be a table", table)
    require(set(table) == set(form), what, f"have the keys {sorted(form)}", sorted(table))
    for name, kind in form.items():
        value = table[name]
        require(isinstance(value, kind), name, f"be a {kind.__name__}", value)
        if kind is str:
            good = value.strip() and value.count("`") % 2 == 0 and "$" not in value
            require(good, name, "be plain text, with `code` between two backticks", value)
    return table


def _place(option):
    """Return where an option stands among the others: anywhere, but always the same."""
    return hashlib.sha256(option.text.encode()).hexdigest()
