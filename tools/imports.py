"""Draw which module imports which: a table in which every mark stands below the diagonal.

    python tools/imports.py            # both packages
    python tools/imports.py nnlib

Modules stand in their order, first the one that needs no other. A mark right of the diagonal would
be an arrow upwards, and modules that need each other in a circle can't be ordered at all.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ORDER = {
    "nnlib": [
        "backend", "checks", "files", "functions", "nodes", "graph", "layers", "losses",
        "gradient_check", "optimizers", "datasets", "models", "trainer",
    ],
    "nnbook": [
        "source", "palette", "stills", "exercises", "mistakes", "runs", "records", "study",
        "drawing", "widget", "explorer", "stepper", "playground", "quiz", "live", "sphinx",
    ],
}  # fmt: skip


def modules(package):
    """Return the modules of a package in their order: dotted names, and their files.

    A folder's modules stand where the folder stands, each after those of the folder that it needs;
    the folder's own ``__init__.py``, which hands on their names, stands last under its name.
    """
    files = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT / package).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name:
            files[name] = path
    unknown = {name.split(".")[0] for name in files} - set(ORDER[package])
    if unknown:
        raise ValueError(f"{package}: {sorted(unknown)} must have a place in ORDER")
    ordered = []
    for part in ORDER[package]:
        inside = {n: path for n, path in files.items() if n.split(".")[0] == part}
        ordered += _sorted({n: needs(package, n, path, inside) for n, path in inside.items()})
    return {name: files[name] for name in ordered}


def _sorted(needed):
    """Sort names so that each stands after what it needs, otherwise by the alphabet."""
    ordered = []
    while len(ordered) < len(needed):
        rest = sorted(set(needed) - set(ordered), key=lambda name: ("." not in name, name))
        ready = [name for name in rest if needed[name] <= set(ordered)]
        if not ready:
            raise ValueError(f"modules need each other: {sorted(set(needed) - set(ordered))}")
        ordered.append(ready[0])
    return ordered


def imported(source, package):
    """Return the full names that a source of `package` imports, wherever the import stands."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".") if node.level else []
            parents = parts[: len(parts) + 1 - node.level] if node.level else []
            base = parents + ([node.module] if node.module else [])
            found.update(".".join([*base, alias.name]) for alias in node.names)
    return found


def needs(package, name, path, known):
    """Return which of the known modules of a package one of them imports."""
    folder = ".".join(path.parent.relative_to(ROOT).parts)
    needed = set()
    for full in imported(path.read_text(encoding="utf-8"), folder):
        parts = full.split(".")
        if parts[0] == package:
            ends = [".".join(parts[1:stop]) for stop in range(len(parts), 1, -1)]
            needed.update([end for end in ends if end in known][:1])
    return needed - {name}


def table(package):
    """Return the picture of a package's imports, one row a module."""
    files = modules(package)
    width = max(map(len, files)) + 4
    rows = [f"{package:<{width}}" + "".join(f"{i:>3}" for i in range(1, len(files) + 1))]
    for i, (name, path) in enumerate(files.items()):
        needed = needs(package, name, path, files)
        marks = ["x" if other in needed else "" for other in files]
        marks[i] = "·"
        rows.append(f"{i + 1:>2}  {name:<{width - 4}}" + "".join(f"{mark:>3}" for mark in marks))
    return "\n".join(row.rstrip() for row in rows)


def upwards(package):
    """List the imports of later modules by earlier ones, as pairs of names."""
    files = modules(package)
    place = {name: i for i, name in enumerate(files)}
    return [
        (name, other)
        for name, path in files.items()
        for other in needs(package, name, path, files)
        if place[other] > place[name]
    ]


def main():
    """Print the table of every package that is named."""
    print("\n\n".join(table(package) for package in sys.argv[1:] or ORDER))


if __name__ == "__main__":
    main()
