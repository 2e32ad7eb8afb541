"""What no exercise asks for: as an answer, from a function, and in place of a layer."""

import ast
import sys

import numpy as np


class Hostile:
    """An object that raises whatever is done with it."""

    def _refuse(self, *_):
        raise RuntimeError("hands off")

    __array__ = __eq__ = __getattr__ = __getitem__ = __iter__ = __len__ = __repr__ = _refuse
    __float__ = __bool__ = __hash__ = _refuse


def generator():
    """Yield a number, where a function should return it."""
    yield 1.0


def endless(*arguments):
    """Call itself for ever."""
    return endless(*arguments)


def leave(*_):
    """Try to end Python."""
    sys.exit("bye")


ODD = [
    "2", "", b"2", True, 2 + 1j, float("nan"), float("-inf"), 10**400, -12345.678,
    [], (), {}, {1, 2}, {"a": 1}, [[1.0], [1.0, 2.0]], [..., 1.0], (np.zeros(2), np.zeros(3)),
    range(0), np.array([]), np.array("x"), np.array([1j]), np.array([None]), np.zeros((1, 2, 3, 4)),
    np.array(["2020-01-01"], dtype="M8[D]"), object(), Hostile(), Hostile, int, np.exp, generator(),
]  # fmt: skip
FUNCTIONS = [*(lambda *_, odd=odd: odd for odd in ODD), endless, leave]


def layer(method):
    """Return a class whose forward and backward are one function."""

    class OddLayer:
        params = grads = ()

        def __init__(self, *_):
            """Take whatever a layer is made from."""

        forward = backward = staticmethod(method)

    return OddLayer


def names_to_fill(source):
    """Return what an answer's cell leaves open: names, each with its kind of node."""
    body = ast.parse(source).body
    open_parts = [part for part in body if "Ellipsis" in ast.dump(part)]
    found = {}
    for part in open_parts or body:
        if isinstance(part, (ast.FunctionDef, ast.ClassDef)):
            found[part.name] = type(part)
        elif isinstance(part, ast.Assign):
            found[part.targets[0].id] = ast.Assign
    return found


def odd_answers(kind):
    """Return odd answers to an exercise that asks for a value, a function or a class."""
    if kind is ast.Assign:
        return ODD
    return ODD + FUNCTIONS + ([layer(each) for each in FUNCTIONS] if kind is ast.ClassDef else [])
