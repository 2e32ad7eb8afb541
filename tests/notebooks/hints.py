"""What a hint gives away: code of the solution, or a part of the right answer."""

import ast
import math
import re

import numpy as np

LONG = 13  # characters of a line or expression that nobody writes by chance
WHOLE = 6  # characters of what a line returns or assigns
SECTION = re.compile(r"\bsections? \d[\d.]*\d")
NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?")


def code_given_away(hint, solution):
    """Return what a hint has of the code of a solution: lines, right sides, long expressions."""
    text = squeezed(hint)
    return sorted(part for part in code_of(solution) if part in text)


def code_of(solution):
    """Return the parts of a solution's code that a hint may not have; a name alone is none."""
    nodes = list(ast.walk(ast.parse(solution)))
    whole = [each.value for each in nodes if isinstance(each, ast.Assign | ast.Return)]
    parts = [each for each in nodes if isinstance(each, ast.stmt | ast.expr)]
    pairs = [(each, WHOLE) for each in whole if each] + [(each, LONG) for each in parts]
    texts = [
        (squeezed(ast.unparse(node)), least)
        for node, least in pairs
        if not isinstance(node, ast.Name | ast.Attribute)
    ]
    return {text for text, least in texts if len(text) >= least}


def squeezed(text):
    """Return a text without blanks and backticks, and with the signs of Python."""
    signs = {"−": "-", "·": "*", '"': "'", "`": ""}
    return re.sub(r"\s", "", text).translate(str.maketrans(signs))


def answers_given_away(hint, answers, question):
    """Return which parts of the right answers a hint has.

    A number that is the whole answer may not stand in it at all. Of several parts, such as the
    entries of an array, those that the question names may.
    """
    parts = [part for answer in answers for part in parts_of(answer)]
    return [
        part
        for part in parts
        if stands_in(hint, part) and (len(parts) == 1 or not stands_in(question, part))
    ]


def parts_of(answer):
    """Return the numbers, texts and shapes that an answer is made of."""
    if isinstance(answer, dict):
        return [part for each in answer.values() for part in parts_of(each)]
    if isinstance(answer, str):
        return [answer]
    if isinstance(answer, tuple) and any(isinstance(each, tuple) for each in answer):
        return [part for each in answer for part in parts_of(each)]
    shape = [repr(answer)] if isinstance(answer, tuple) else []
    return [*shape, *np.ravel(answer).tolist()]


def stands_in(text, part):
    """Tell whether a part of an answer stands in a text, as a word or as a number."""
    text = SECTION.sub("", text.replace("−", "-"))
    if isinstance(part, str):
        return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None
    numbers = [float(each.replace(",", "")) for each in NUMBER.findall(text)]
    return any(math.isclose(each, part, rel_tol=5e-3) for each in numbers)
