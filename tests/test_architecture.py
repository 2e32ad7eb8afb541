"""Which module may import which, and that the documented commands exist."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = [
    "backend", "functions", "graph", "layout", "layers", "losses", "gradient_check", "optimizers",
    "datasets", "models", "trainer", "runs", "mistakes", "exercises", "source", "plots", "diagrams",
    "widgets",
]  # fmt: skip
BACKEND_ONLY = {"optimizers", "datasets"}
DRAWING = {"anywidget", "ipywidgets", "matplotlib"}
MAY_DRAW = {"diagrams", "plots", "widgets"}


def files_of(module):
    """Return the files of one module of nnlib: one, or those of a package."""
    folder = ROOT / "nnlib" / module
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def imports(source, package="nnlib"):
    """Return the full names of all modules that a source imports, wherever the import stands."""
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


def imports_of(module):
    """Return what all files of one module of nnlib import."""
    found = set()
    for path in files_of(module):
        package = ".".join(path.parent.relative_to(ROOT).parts)
        found |= imports(path.read_text(encoding="utf-8"), package)
    return found


def siblings(names):
    """Return the modules of nnlib among imported names; `import nnlib` itself counts as one."""
    parts = [name.split(".") for name in names]
    return {(part + part)[1] for part in parts if part[0] == "nnlib"}


def test_imports_are_read_in_every_form():
    source = "from . import layers\nfrom .graph import Add\nimport nnlib.models as m\n"
    assert siblings(imports(source)) == {"layers", "graph", "models"}
    assert siblings(imports("import nnlib\nfrom nnlib import plots")) == {"nnlib", "plots"}
    assert siblings(imports("from ..plots import style", "nnlib.widgets")) == {"plots"}


def test_every_module_has_its_place_in_the_order():
    paths = (ROOT / "nnlib").iterdir()
    found = {path.stem for path in paths if path.suffix == ".py" or path.is_dir()}
    assert found - {"__init__", "__pycache__"} == set(ORDER)


def test_the_reference_page_has_every_module_in_order():
    page = (ROOT / "notebooks" / "api.md").read_text(encoding="utf-8")
    assert re.findall(r"automodule:: nnlib\.(\w+)", page) == ORDER


@pytest.mark.parametrize("module", ORDER)
def test_a_module_imports_only_those_above_it(module):
    above = {"backend"} if module in BACKEND_ONLY else set(ORDER[: ORDER.index(module)])
    own = {module} if (ROOT / "nnlib" / module).is_dir() else set()
    assert siblings(imports_of(module)) - above - own == set()


@pytest.mark.parametrize("module", [*sorted(set(ORDER) - MAY_DRAW), "__init__"])
def test_only_the_last_modules_draw(module):
    assert {name.split(".")[0] for name in imports_of(module)} & DRAWING == set()


def test_the_library_needs_only_numpy_and_array_api_compat():
    code = f"""
import sys
blocked = {sorted(DRAWING | {"IPython", "tqdm"})}
for name in blocked:
    sys.modules[name] = None  # importing it is now an ImportError
import nnlib
import numpy
rng = numpy.random.default_rng(0)
model = nnlib.TwoLayerNet(input_size=2, hidden_size=3, output_size=3, rng=rng)
assert model.predict(numpy.zeros((1, 2))).shape == (1, 3)
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=ROOT)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "index.md", ".ci/run"])
def test_the_commands_in_the_documents_exist(document):
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = re.findall(r"(?:^|[`$] ?)make (\w+)", (ROOT / document).read_text(), flags=re.MULTILINE)
    assert named
    assert set(named) <= targets
