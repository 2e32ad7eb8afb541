"""The library's own source, for pages that explain it: what is read is what runs."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from nnlib.nodes import Node

__all__ = ["source_of", "working_lines"]

PREPARATIONS = ("self.saved", "self.params", "array_namespace(")


def source_of(*functions: Callable[..., Any]) -> str:
    """Return the source of functions, methods or classes as it stands, without docstrings.

    Parameters
    ----------
    *functions : functions, methods or classes
        Written in a file or a notebook.

    Returns
    -------
    str

    Raises
    ------
    OSError
        If there is no source to read.
    """
    return "\n\n".join(_without_docstrings(inspect.getsource(each)) for each in functions)


def _without_docstrings(source: str) -> str:
    rows = textwrap.dedent(source).rstrip().split("\n")
    dropped: set[int] = set()
    for part in ast.walk(ast.parse("\n".join(rows))):
        if isinstance(part, (ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(part):
            numbers = _numbers(part.body[0])
            after = rows[numbers.stop - 1 : numbers.stop]
            dropped.update(numbers, [numbers.stop] if after == [""] else [])
    return "\n".join(row for number, row in enumerate(rows, start=1) if number not in dropped)


def _numbers(statement: ast.stmt) -> range:
    """Return the numbers of a statement's lines, the first line of the source being 1."""
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)


def working_lines(method: Callable[..., Any]) -> dict[str, Any]:
    """Return the lines of a method that compute: no docstring, no checks, no fetching of memory.

    Parameters
    ----------
    method : bound method

    Returns
    -------
    dict
        ``file`` ("nnlib/layers.py", or "" for a class written in a notebook) and ``lines``, pairs
        of a line number and its text. Without a source, for example in an interactive session,
        there are no lines.
    """
    try:
        lines, first = inspect.getsourcelines(method)
    except (OSError, TypeError):
        return {"file": "", "lines": []}
    text = textwrap.dedent("".join(lines))
    body = next(part for part in ast.parse(text).body if isinstance(part, ast.FunctionDef)).body
    rows, shown = text.split("\n"), []
    for part in body:
        if helper := _own_method(part, method):
            shown += working_lines(helper)["lines"]
        elif _works(part, text):
            code = textwrap.dedent("\n".join(rows[number - 1] for number in _numbers(part)))
            numbers = (first + number - 1 for number in _numbers(part))
            shown += [[n, row] for n, row in zip(numbers, code.split("\n"), strict=True)]
    module = inspect.getmodule(method)
    file = "" if module is None or module.__name__ == "__main__" else module.__name__
    return {"file": f"{file.replace('.', '/')}.py" if file else "", "lines": shown}


def _own_method(statement: ast.stmt, method: Any) -> Any:
    """Return the method that a statement ``self.name(...)`` hands the work to, or None."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("self"), name))) if name not in vars(Node):
            return getattr(method.__self__, name)  # save and saved, the node's own, only prepare
    return None


def _works(statement: ast.stmt, text: str) -> bool:
    """Tell whether a statement computes something."""
    if isinstance(statement, ast.Expr):  # a docstring, a check, or self.save
        return False
    if isinstance(statement, ast.If):
        return not all(isinstance(part, ast.Raise) for part in statement.body)
    source = ast.get_source_segment(text, statement) or ""
    return not (
        isinstance(statement, ast.Assign)
        and any(p in source for p in PREPARATIONS)
        and not _stores(statement)
    )


def _stores(statement: ast.Assign) -> bool:
    """Tell whether a statement writes into an array: ``db[...] = …``."""
    return isinstance(statement.targets[0], ast.Subscript)
