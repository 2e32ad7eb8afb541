"""The public names of nnlib: which a module offers, which of them stand at the top, and the page.

A function or class without an underscore is in its module's `__all__`, and that is what the
reference page shows. At the top, in nnlib itself, stands what a reader calls by name. The others
stay in their module: what only the library uses, and what is only ever returned.
"""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

import nnlib
from tools import imports

ROOT = Path(__file__).parents[1]
MODULES = {name: importlib.import_module(f"nnlib.{name}") for name in imports.ORDER["nnlib"]}

# What modules use of each other and no reader needs: in no `__all__`, and on no page.
SHARED = {
    "functions": {
        "difference", "fraction_true", "is_one_hot", "largest", "target_distribution",
    },
    "nodes": {"as_tuple"},
}  # fmt: skip
# What a module offers that does not stand at the top.
STAYS = {
    "backend": set(MODULES["backend"].__all__) - {"array_namespace", "to_numpy"},
    "checks": set(MODULES["checks"].__all__),
    "files": set(MODULES["files"].__all__),
    "graph": {"Call", "Step", "Wire"},
    "gradient_check": {"Comparison"},
    "trainer": {"EpochResult"},
}


def defined(source):
    """Return the public functions and classes that a module defines."""
    kinds = (ast.ClassDef, ast.FunctionDef)
    names = {node.name for node in ast.parse(source).body if isinstance(node, kinds)}
    return {name for name in names if not name.startswith("_")}


def aliases(source):
    """Return the names of types that a module gives, such as `Rng`."""
    lines = [node for node in ast.parse(source).body if isinstance(node, ast.AnnAssign)]
    return {line.target.id for line in lines if ast.unparse(line.annotation) == "TypeAlias"}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_lists_what_it_defines(name):
    offered, own = set(MODULES[name].__all__), defined(inspect.getsource(MODULES[name]))
    assert own - offered == SHARED.get(name, set())
    assert offered - own == aliases(inspect.getsource(MODULES[name]))


def test_the_top_has_what_a_reader_calls():
    assert sorted(nnlib.__all__) == sorted(
        each
        for name, module in MODULES.items()
        for each in set(module.__all__) - STAYS.get(name, set())
    )
    gone = {name: names - set(MODULES[name].__all__) for name, names in STAYS.items()}
    assert set().union(*gone.values()) == set()


@pytest.mark.parametrize("name", MODULES)
def test_the_reference_page_shows_all_that_a_module_offers(name):
    page = (ROOT / "notebooks" / "api.md").read_text(encoding="utf-8")
    options = re.search(rf"automodule:: nnlib\.{name}\n((?:   :.*\n)*)", page)[1]
    assert options.split() == [":members:", ":show-inheritance:"]
    offered = [getattr(MODULES[name], each) for each in MODULES[name].__all__]
    # What has no docstring is left out of the page.
    assert [each for each in offered if callable(each) and not each.__doc__] == []
