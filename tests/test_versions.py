"""The versions that are tested are those that the project names."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def numpy_versions():
    """Return the older versions of NumPy that noxfile.py names for each Python."""
    tree = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    (table,) = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NUMPY"
    ]
    return {
        python.value: [ast.unparse(numpy).strip("'") for numpy in versions.elts]
        for python, versions in zip(table.keys, table.values, strict=True)
    }


def test_the_oldest_versions_are_those_of_the_project(numpy_versions):
    oldest = next(iter(numpy_versions))
    assert PROJECT["requires-python"] == f">={oldest}"
    (numpy,) = [need for need in PROJECT["dependencies"] if need.startswith("numpy")]
    assert numpy_versions[oldest][0] == numpy.replace(">=", "==") + ".0.0"


def test_every_python_meets_the_newest_numpy(numpy_versions):
    assert {versions[-1] for versions in numpy_versions.values()} == {"NEWEST"}


def test_the_workflow_has_every_python(numpy_versions):
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    named = re.findall(r"3\.\d+", workflow)
    assert named == list(numpy_versions) * 2  # for the book, and for the library


def test_the_documents_name_the_oldest_python(numpy_versions):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Python {next(iter(numpy_versions))} or later" in text
