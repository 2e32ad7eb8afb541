"""Which module may import which, and that the documented commands exist."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = {
    "nnlib": [
        "backend", "checks", "functions", "nodes", "graph", "layers", "losses", "gradient_check",
        "optimizers", "datasets", "models", "trainer",
    ],
    "nnbook": [
        "source", "exercises", "mistakes", "runs", "drawing", "widget", "explorer", "stepper",
        "playground", "sphinx",
    ],
}  # fmt: skip
BASICS = {"backend", "checks"}
BASICS_ONLY = {"nodes", "optimizers", "datasets"}  # may use no other module of nnlib
NEVER_IN_NNLIB = {"nnbook", "anywidget", "ipywidgets", "matplotlib", "IPython"}
NOT_FOR_READERS = {"widget", "sphinx"}  # parts of the book that no chapter imports
MOST_MODULES, MOST_LINES = 13, 2400


def modules():
    return [(package, name) for package, names in ORDER.items() for name in names]


def files_of(package, module):
    """Return the files of one module: one, or those of a folder."""
    folder = ROOT / package / module
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


def imports_of(package, module):
    """Return what all files of one module import."""
    found = set()
    for path in files_of(package, module):
        parent = ".".join(path.parent.relative_to(ROOT).parts)
        found |= imports(path.read_text(encoding="utf-8"), parent)
    return found


def siblings(names, package):
    """Return the modules of a package among imported names; the package itself counts as one."""
    parts = [name.split(".") for name in names]
    return {(part + part)[1] for part in parts if part[0] == package}


def test_imports_are_read_in_every_form():
    source = "from . import layers\nfrom .graph import Add\nimport nnlib.models as m\n"
    assert siblings(imports(source), "nnlib") == {"layers", "graph", "models"}
    source = "import nnlib\nfrom nnlib import plots"
    assert siblings(imports(source), "nnlib") == {"nnlib", "plots"}
    source = "from ..plots import style"
    assert siblings(imports(source, "nnbook.widget"), "nnbook") == {"plots"}


@pytest.mark.parametrize("package", ORDER)
def test_every_module_has_its_place_in_the_order(package):
    paths = (ROOT / package).iterdir()
    found = {path.stem for path in paths if path.suffix == ".py" or path.is_dir()}
    assert found - {"__init__", "__pycache__"} == set(ORDER[package])


def test_the_reference_page_has_every_module_in_order():
    page = (ROOT / "notebooks" / "api.md").read_text(encoding="utf-8")
    assert re.findall(r"automodule:: nnlib\.(\w+)", page) == ORDER["nnlib"]
    shown = [name for name in ORDER["nnbook"] if name not in NOT_FOR_READERS]
    assert re.findall(r"automodule:: nnbook\.(\w+)", page) == shown


@pytest.mark.parametrize(("package", "module"), modules())
def test_a_module_imports_only_those_above_it(package, module):
    names = ORDER[package]
    above = BASICS if module in BASICS_ONLY else set(names[: names.index(module)])
    own = {module} if (ROOT / package / module).is_dir() else set()
    assert siblings(imports_of(package, module), package) - above - own == set()


@pytest.mark.parametrize("module", [*ORDER["nnlib"], "__init__"])
def test_nnlib_knows_nothing_of_the_book(module):
    assert {name.split(".")[0] for name in imports_of("nnlib", module)} & NEVER_IN_NNLIB == set()


def test_nnlib_stays_small():
    files = sorted((ROOT / "nnlib").rglob("*.py"))
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)
    assert len(files) <= MOST_MODULES
    assert lines <= MOST_LINES


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


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "index.md", ".ci/run"])
def test_the_commands_in_the_documents_exist(document):
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = re.findall(r"(?:^|[`$] ?)make (\w+)", (ROOT / document).read_text(), flags=re.MULTILINE)
    assert named
    assert set(named) <= targets
