"""Join a script and the modules that it imports into one text, where a page can load no modules.

A notebook's widget is one module, and a page opened from a file runs no modules at all. The joiner
knows the forms of import and export that the book's scripts use and refuses every other; a module
that is loaded while a page runs is imported by its address, not by its name.
"""

import re
from collections.abc import Iterable
from pathlib import Path

__all__ = ["JoinError", "as_module", "as_script", "imports"]

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.\.?/[\w./-]+)";$', re.MULTILINE)
DECLARATION = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)
DEFAULT = re.compile(r"^export default (\{[^}]*\});$", re.MULTILINE)
IMPORT_OR_EXPORT = re.compile(r"^(?:import|export)\b.*|.*\bimport\([\"'`].*", re.MULTILINE)
COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"^(\w+)(?: as (\w+))?$")
BESIDE = "$beside"  # begins the names of modules that are not joined


class JoinError(ValueError):
    """A script uses a form that the joiner does not know, or imports what is not there."""


def as_module(path: str | Path, *, beside: Path | None = None) -> str:
    """Return a script and what it imports as one module that exports what the script does.

    Parameters
    ----------
    path : str or Path
        Of a module with ``export default { … }``, as anywidget wants it.
    beside : Path, optional
        A folder whose modules stay files of their own, below the one that is made.

    Returns
    -------
    str
    """
    path = Path(path).resolve()
    texts, names = _joined(path, frozenset({beside.resolve()} if beside else ()))
    heads = [
        f'import * as {name} from "./{source.relative_to(path.parent).as_posix()}";\n'
        for source, name in names.items()
        if name.startswith(BESIDE)
    ]
    return f"{''.join(heads)}{texts}\nexport default {names[path]}.default;\n"


def as_script(path: str | Path, *, without: Iterable[Path] = ()) -> str:
    """Return a script and what it imports as one classic script; it also runs from a file.

    Parameters
    ----------
    path : str or Path
    without : iterable of Path
        Folders whose modules are left out; what is imported from them is undefined then.
    """
    folders = frozenset(folder.resolve() for folder in without)
    texts, names = _joined(Path(path).resolve(), folders)
    left_out = "".join(
        f"const {name} = {{}};\n" for name in names.values() if name.startswith(BESIDE)
    )
    return f'(() => {{\n"use strict";\n{left_out}{texts}\n}})();\n'


def imports(path: str | Path) -> list[Path]:
    """Return the files that a module imports itself, in the order in which it names them."""
    path = Path(path).resolve()
    return [(path.parent / source).resolve() for _, source in IMPORT.findall(_text(path))]


def _joined(entry, without=frozenset()):
    """Return the text of all modules, each after those that it imports, and the names of all.

    Modules of the folders `without` have names too, but no text.
    """
    order = _in_order(entry, (), [], without)
    outside = sorted({each for path in order for each in imports(path)} - set(order))
    names = {path: f"$module{number}" for number, path in enumerate(order)}
    names |= {path: f"{BESIDE}{number}" for number, path in enumerate(outside)}
    exported: dict[Path, list[str]] = {}
    texts = [_wrapped(path, names, exported) for path in order]
    return "\n".join(texts), names


def _in_order(path, importers, done, without):
    if path.parent in without:
        return done
    if path in importers:
        circle = " → ".join(each.name for each in (*importers, path))
        raise JoinError(f"modules import each other in a circle: {circle}")
    if path not in done:
        for each in imports(path):
            _in_order(each, (*importers, path), done, without)
        done.append(path)
    return done


def _wrapped(path, names, exported):
    """Return a module as a constant: a function keeps its names to itself."""
    text, found = _text(path), []

    def imported(match):
        source = (path.parent / match[2]).resolve()
        parts = [_name(part, path) for part in match[1].split(",") if part.strip()]
        for name, _ in parts:
            if name not in exported.get(source, [name]):
                raise JoinError(f"{path.name} imports {name}, which {source.name} does not export")
        pairs = [name if name == alias else f"{name}: {alias}" for name, alias in parts]
        return f"const {{ {', '.join(pairs)} }} = {names[source]};"

    def declared(match):
        found.append(match[2])
        return f"{match[1]} {match[2]}"

    _check_forms(text, path)
    text = COMMENT.sub("", text)  # types and explanations are for who reads the sources
    text = DECLARATION.sub(declared, IMPORT.sub(imported, text))
    text, defaults = DEFAULT.subn(r"const $default = \1;", text)
    exported[path] = found
    result = ", ".join([*found, *["default: $default"] * defaults])
    return f"const {names[path]} = (() => {{\n{text}\nreturn {{ {result} }};\n}})();"


def _check_forms(text, path):
    """Raise where a line imports or exports in a form that is not one of those above."""
    forms = (IMPORT, DECLARATION, DEFAULT)
    known = {match.start() for form in forms for match in form.finditer(text)}
    for match in IMPORT_OR_EXPORT.finditer(text):
        if match.start() not in known:
            line = text[: match.start()].count("\n") + 1
            raise JoinError(f"{path.name}, line {line}: this form is not known: {match[0]}")


def _name(part, path):
    match = NAME.match(part.strip())
    if not match:
        raise JoinError(f"{path.name}: {part.strip()!r} is no name that can be imported")
    return match[1], match[2] or match[1]


def _text(path):
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise JoinError(f"there is no module {path}") from error
