"""Which module may import which, how small the core is, and what goes with it."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import imports

ROOT = Path(__file__).parents[1]
BASICS = {"backend", "checks", "files"}
BASICS_ONLY = ["nodes", "optimizers", "datasets"]  # use no other module of nnlib
NEVER_IN_NNLIB = {"nnbook", "anywidget", "ipywidgets", "matplotlib", "IPython"}
NOT_FOR_READERS = {"widget", "live", "sphinx"}  # parts of the book that no chapter imports
STAND_INS = ROOT / "nnbook" / "live" / "modules"  # packages of a page, of no other Python
MOST_MODULES, MOST_LINES = 13, 2450


def sources(package):
    """Return the text of every Python file of a package by its path in it."""
    folder = ROOT / package
    paths = sorted(folder.rglob("*.py"))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


# ---------------------------------------------------------------- imports


def test_imports_are_read_in_every_form():
    source = "from . import layers\nfrom .graph import Add\nimport nnlib.models as m\n"
    found = {"nnlib.layers", "nnlib.graph.Add", "nnlib.models"}
    assert imports.imported(source, "nnlib") == found
    found = imports.imported("def f():\n    from ..plots import style", "nnbook.widget")
    assert found == {"nnbook.plots.style"}


@pytest.mark.parametrize("package", imports.ORDER)
def test_no_module_imports_a_later_one(package):
    assert imports.upwards(package) == []


@pytest.mark.parametrize("name", BASICS_ONLY)
def test_some_modules_need_the_basics_alone(name):
    files = imports.modules("nnlib")
    assert imports.needs("nnlib", name, files[name], files) <= BASICS


def test_nnlib_knows_nothing_of_the_book():
    tops = {
        name.split(".")[0]
        for source in sources("nnlib").values()
        for name in imports.imported(source, "nnlib")
    }
    assert tops & NEVER_IN_NNLIB == set()
    assert {"nnlib", "numpy", "array_api_compat"} <= tops


def small_package(folder, monkeypatch, **files):
    """Write a package `p` of modules `a` and `b`, in this order."""
    (folder / "p").mkdir()
    for name, source in files.items():
        (folder / "p" / f"{name}.py").write_text(source)
    monkeypatch.setattr(imports, "ROOT", folder)
    monkeypatch.setitem(imports.ORDER, "p", ["a", "b"])


def test_an_import_upwards_is_found(tmp_path, monkeypatch):
    small_package(tmp_path, monkeypatch, a="def f():\n    from p import b", b="")
    assert imports.upwards("p") == [("a", "b")]
    assert imports.table("p") == "p      1  2\n 1  a  ·  x\n 2  b     ·"


def test_a_module_without_a_place_is_named(tmp_path, monkeypatch):
    small_package(tmp_path, monkeypatch, a="", b="", c="")
    with pytest.raises(ValueError, match=r"p: \['c'\] must have a place in ORDER"):
        imports.modules("p")


def test_a_circle_in_a_folder_is_named(tmp_path, monkeypatch):
    (tmp_path / "p" / "a").mkdir(parents=True)
    (tmp_path / "p" / "a" / "one.py").write_text("from p.a import two")
    (tmp_path / "p" / "a" / "two.py").write_text("from p.a.one import x")
    monkeypatch.setattr(imports, "ROOT", tmp_path)
    monkeypatch.setitem(imports.ORDER, "p", ["a"])
    with pytest.raises(ValueError, match=r"need each other: \['a.one', 'a.two'\]"):
        imports.modules("p")


def test_the_picture_of_the_imports_is_up_to_date():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert imports.table("nnlib") in text


# ---------------------------------------------------------------- the core


def test_nnlib_stays_small():
    texts = sources("nnlib")
    assert len(texts.keys() - {"__init__.py"}) <= MOST_MODULES
    assert sum(len(text.splitlines()) for text in texts.values()) <= MOST_LINES


def test_its_docstrings_are_shorter_than_its_code():
    explained = written = 0
    for text in sources("nnlib").values():
        rows = set()
        for node in ast.walk(ast.parse(text)):
            documented = isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            if documented and ast.get_docstring(node):
                rows |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
        lines = [line.strip() for line in text.splitlines()]
        explained += len(rows)
        written += sum(
            bool(line) and not line.startswith("#")
            for number, line in enumerate(lines, start=1)
            if number not in rows
        )
    assert 0 < explained < written


def test_the_library_needs_only_numpy_and_array_api_compat():
    code = f"""
import sys
blocked = {sorted(NEVER_IN_NNLIB | {"tqdm"})}
for name in blocked:
    sys.modules[name] = None  # importing it is now an ImportError
import nnlib
import numpy
rng = numpy.random.default_rng(0)
model = nnlib.TwoLayerNet(input_size=2, hidden_size=3, output_size=3, rng=rng)
assert model.predict(numpy.zeros((1, 2))).shape == (1, 3)
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=ROOT)


# ---------------------------------------------------------------- what goes with the code


def test_the_reference_page_has_every_module_in_order():
    page = (ROOT / "notebooks" / "api.md").read_text(encoding="utf-8")
    assert re.findall(r"automodule:: nnlib\.(\w+)", page) == imports.ORDER["nnlib"]
    shown = [name for name in imports.ORDER["nnbook"] if name not in NOT_FOR_READERS]
    assert re.findall(r"automodule:: nnbook\.(\w+)", page) == shown


def test_an_installed_copy_has_every_folder_and_file():
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]
    packages = {path.parent for name in imports.ORDER for path in (ROOT / name).rglob("*.py")}
    folders = {folder for folder in packages if STAND_INS not in folder.parents}
    assert sorted(setup["packages"]) == sorted(
        ".".join(folder.relative_to(ROOT).parts) for folder in folders
    )
    data = setup["package-data"]
    shipped = {
        path for name, globs in data.items() for g in globs for path in (ROOT / name).glob(g)
    }
    needed = {
        path
        for name in imports.ORDER
        for path in (ROOT / name).rglob("*")
        if path.suffix in {".css", ".csv", ".js", ".json", ".toml", ".typed"}
        or (path.suffix == ".py" and STAND_INS in path.parents)
    }
    assert needed <= shipped


def test_the_version_has_one_source():
    import nnlib

    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'version = { attr = "nnlib.__version__" }' in project
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", changes, flags=re.MULTILINE)[1] == nnlib.__version__
