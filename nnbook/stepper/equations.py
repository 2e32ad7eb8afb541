"""Equations with numbers plugged in: how one array is made of others, entry by entry.

An `Equation` holds real arrays. Only `number_text` rounds, to four significant digits, where a
number is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnbook.drawing.text import number_text
from nnlib.backend import to_numpy

__all__ = [
    "Equation",
    "Item",
    "by_entry",
    "by_rows",
    "copied",
    "example_entry",
    "matrix_product",
    "plug",
    "sum_text",
    "to_number",
    "worked_out",
]

MOST_TERMS = 6
MOST_ENTRIES = 20


@dataclass(frozen=True)
class Item:
    """An array in an equation.

    Attributes
    ----------
    name : str
    array : numpy.ndarray
    mark : str
        What an entry of the result uses: its ``"row"``, its ``"column"``, the same ``"entry"`` or
        nothing. A vector counts as one row.
    """

    name: str
    array: np.ndarray
    mark: str = ""


@dataclass(frozen=True)
class Equation:
    """How one array is made of others.

    Attributes
    ----------
    formula : str
        In names: ``"dW = x.T @ dout"``.
    result : Item
    made_of : tuple of Item or str
        What the result is made of, with signs between the arrays.
    worked : dict
        Entries of the result with numbers plugged in, by their place: ``"0.5 × 2 + 1.5 × (-1)"``.
        All of a small array, of a large one only the example.
    """

    formula: str
    result: Item
    made_of: tuple[Item | str, ...]
    worked: dict[tuple[int, ...], str]

    @property
    def example(self) -> tuple[int, ...]:
        """The place of the entry to show first."""
        return example_entry(self.result.array.shape)

    @property
    def terms(self) -> tuple[Item | str, ...]:
        """The whole equation, its result first."""
        return self.result, *self.made_of


def plug(value: Any) -> str:
    """Write a number for the middle of a formula: a negative one in brackets."""
    text = number_text(value)
    return f"({text})" if text.startswith("-") else text


def example_entry(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the place that is worked out: first row, second column, so that both differ."""
    return (*(0,) * (len(shape) - 1), min(1, shape[-1] - 1)) if shape else ()


def worked_out(array: Any, work: Callable[[Any], str]) -> dict[tuple[int, ...], str]:
    """Return ``work(place)`` for every place of a small array, or for one of a large array."""
    places = np.ndindex(array.shape) if array.size <= MOST_ENTRIES else [example_entry(array.shape)]
    return {place: work(place) for place in places}


def by_entry(
    formula: str,
    result: Any,
    signs: Sequence[str],
    items: Any,
    numbers: str,
    plugged: Any = None,
) -> Equation:
    """Return an equation whose entries depend on the same entries of other arrays.

    Parameters
    ----------
    formula : str
    result : tuple
        Name and array.
    signs : sequence of str
        What stands before, between and after the items, one more than there are.
    items : sequence of tuple
        Names and arrays; an array with fewer axes than the result belongs to each of its rows.
    numbers : str
        Its ``{}`` receive the entries of the items, in this order.
    plugged : sequence of arrays, optional
        Where the ``{}`` receive entries of other arrays than the items.
    """
    result, *items = _items([result, *items], mark="entry")
    arrays = [item.array for item in items] if plugged is None else plugged
    terms = [f"= {signs[0]}".strip()]
    for item, sign in zip(items, signs[1:], strict=True):
        terms += [item, sign]

    def work(place):
        return numbers.format(*(plug(each[place[len(place) - each.ndim :]]) for each in arrays))

    made_of = tuple(term for term in terms if term)
    return Equation(formula, result, made_of, worked_out(result.array, work))


def by_rows(formula: str, result: Any, item: Any) -> Equation:
    """Return an equation that adds the rows of one array (one axis fewer is left)."""
    (result,) = _items([result], mark="entry")
    (item,) = _items([item], mark="column" if result.array.ndim else "row")

    def work(place):
        return sum_text([plug(value) for value in item.array[(slice(None), *place)]])

    return Equation(formula, result, ("= ∑", item), worked_out(result.array, work))


def matrix_product(result: Any, left: Any, right: Any, *, plus: Any = None) -> Equation:
    """Return the equation ``result = left @ right``, with a bias if one is given.

    Parameters
    ----------
    result, left, right, plus : tuple
        Names and arrays; `plus` is added to every row.
    """
    (result,) = _items([result], mark="entry")
    (left,), (right,) = _items([left], mark="row"), _items([right], mark="column")
    biases = [] if plus is None else _items([plus], mark="entry")

    def work(place):
        row, column = place
        pairs = zip(left.array[row], right.array[:, column], strict=True)
        products = sum_text([f"{plug(a)} × {plug(b)}" for a, b in pairs])
        return " + ".join([products, *(plug(bias.array[column]) for bias in biases)])

    formula = " + ".join([f"{result.name} = {left.name} @ {right.name}", *(b.name for b in biases)])
    made_of = ("=", left, "@", right, *(term for bias in biases for term in ("+", bias)))
    return Equation(formula, result, made_of, worked_out(result.array, work))


def to_number(
    formula: str, result: Any, signs: Sequence[str], items: Any, numbers: str
) -> Equation:
    """Return an equation whose result is the loss, a single number; see `by_entry`."""
    made_of: list[Item | str] = [f"= {signs[0]}"]
    for (name, array), sign in zip(items, signs[1:], strict=True):
        made_of += [Item(name, copied(array)), sign]
    return Equation(formula, Item("L", copied(result)), tuple(made_of), {(): numbers})


def sum_text(terms: list[str]) -> str:
    """Join terms by plus signs; of many only the first ones and the last."""
    if len(terms) > MOST_TERMS:
        terms = [*terms[: MOST_TERMS - 2], "…", terms[-1]]
    return " + ".join(terms)


def _items(pairs, mark):
    return [Item(name, copied(array), mark) for name, array in pairs]


def copied(array: Any) -> np.ndarray:
    """Return a NumPy copy of an array, which later runs can't change."""
    return np.array(to_numpy(array) if hasattr(array, "shape") else array)
