"""The library's own source, for pages that explain it: what is read is what runs."""

import ast
import inspect
import textwrap

__all__ = ["source_of", "working_lines"]

PREPARATIONS = ("self.saved", "self.params", "array_namespace(")


def source_of(*functions):
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


def _without_docstrings(source):
    rows = textwrap.dedent(source).rstrip().split("\n")
    documented = (ast.ClassDef, ast.FunctionDef)
    for part in ast.walk(ast.parse("\n".join(rows))):
        if isinstance(part, documented) and ast.get_docstring(part):
            text = part.body[0]
            for number in range(text.lineno - 1, text.end_lineno):
                rows[number] = None
            if rows[text.end_lineno : text.end_lineno + 1] == [""]:
                rows[text.end_lineno] = None
    return "\n".join(row for row in rows if row is not None)


def working_lines(method):
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
    body = ast.parse(text).body[0].body
    numbers = [
        n for part in body if _works(part, text) for n in range(part.lineno, part.end_lineno + 1)
    ]
    rows = text.split("\n")
    code = textwrap.dedent("\n".join(rows[number - 1] for number in numbers)).split("\n")
    module = inspect.getmodule(method)
    file = "" if module is None or module.__name__ == "__main__" else module.__name__
    return {
        "file": f"{file.replace('.', '/')}.py" if file else "",
        "lines": [[first + n - 1, row] for n, row in zip(numbers, code, strict=True)],
    }


def _works(statement, text):
    """Tell whether a statement computes something."""
    if isinstance(statement, ast.Expr):  # a docstring, or a check, or a call of self.save
        return False
    if isinstance(statement, ast.If):
        return not all(isinstance(part, ast.Raise) for part in statement.body)
    source = ast.get_source_segment(text, statement) or ""
    return not (
        isinstance(statement, ast.Assign)
        and any(p in source for p in PREPARATIONS)
        and not _stores(statement)
    )


def _stores(statement):
    """Tell whether a statement writes into an array: ``db[...] = …``."""
    return isinstance(statement.targets[0], ast.Subscript)
