"""The notebooks where only they are: in Colab, which knows no nnlib, and on Binder.

Both are played here, each in an environment of its own. In Colab a folder of this machine stands
for the repository: git is told to fetch from it, and the cell that installs runs unchanged. A short
chapter and the one with recorded measurements are run; with NNBOOK_ELSEWHERE=all, every one.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat import read, v4, write

from tools import address

ROOT = Path(__file__).parents[1]
PACKAGES = ["nnlib", "nnbook", "pyproject.toml", "README.md", "LICENSE"]
VIEW = "application/vnd.jupyter.widget-view+json"
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
# What Colab had in November 2026, as far as the notebooks meet it; older than all that is pinned.
COLAB = {"numpy": "2.0.2", "matplotlib": "3.10.0", "ipywidgets": "7.7.1"}
COLAB |= {"ipykernel": "6.17.1", "ipython": "7.34.0"}
OLD_PYTHON = "python_version < '3.13'"  # newer ones have no wheels of these


def chosen(*beginnings):
    """Return the notebooks to run: those that begin so, or all where that is wanted."""
    wanted = "" if os.environ.get("NNBOOK_ELSEWHERE") == "all" else beginnings
    return [name for name in NOTEBOOKS if name.startswith(wanted)]


class Place:
    """An environment with a Jupyter kernel, and a folder in which notebooks are run.

    Parameters
    ----------
    environment : path
    folder : path
        Where the notebooks stand.
    **variables : str
        Of the processes that run there.
    """

    def __init__(self, environment, folder, **variables):
        self.bin, self.folder = environment / ("Scripts" if os.name == "nt" else "bin"), folder
        self.python = self.bin / "python"
        hidden = {"PYTHONPATH", "NNBOOK_STORE_OUTPUTS", "JUPYTER_PATH"}
        self.variables = {k: v for k, v in os.environ.items() if k not in hidden} | variables
        self.variables["PATH"] = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
            self.variables[name] = str(environment / name.lower())
        self.make(environment)

    def make(self, environment):
        """Make the environment, with pip in it and nothing else."""
        self.call(sys.executable, "-m", "uv", "venv", "-q", "--seed", environment)

    def call(self, *command, cwd=None):
        """Run a command to its end and return what it prints."""
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd or self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout

    def execute(self, name):
        """Run a notebook from its first cell to its last, and return its cells."""
        self.call(self.bin / "jupyter-execute", "--inplace", name)
        return {cell.id: cell for cell in read(self.folder / name, as_version=4).cells}

    def installed(self):
        """Return the version of every package that is there."""
        listed = json.loads(self.call(self.python, "-m", "pip", "list", "--format=json"))
        return {package["name"].lower(): package["version"] for package in listed}


def install(place, *needed, cwd=None):
    """Install packages; where none can be had, skip, but fail where CI is set."""
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "-q",
        "--python",
        place.python,
        *needed,
    ]
    try:
        place.call(*command, cwd=cwd)
    except AssertionError as error:
        if os.environ.get("CI") or "Failed to fetch" not in str(error):
            raise
        pytest.skip("no package index can be reached")


# ---------------------------------------------------------------- Colab


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    """Return Colab: older packages, an empty folder, and a repository to install from."""
    home = tmp_path_factory.mktemp("colab")
    repository = home / "repository"
    for name in PACKAGES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        repository.mkdir(exist_ok=True)
        copy(ROOT / name, repository / name)
    (home / "content").mkdir()
    instead = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repository.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": address.current(),
    }
    place = Place(home / "environment", home / "content", **instead)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], [*who, "commit", "-qm", "book"]):
        place.call("git", *command, cwd=repository)
    pins = [f"{name}=={version}; {OLD_PYTHON}" for name, version in COLAB.items()]
    install(place, "nbclient", *COLAB, *pins)
    return place


def cell_that_installs():
    """Return the text of the first code cell of the notebooks."""
    cells = read(ROOT / "notebooks" / "1_1_math_and_python.ipynb", as_version=4).cells
    return next(cell.source for cell in cells if cell.cell_type == "code")


@pytest.fixture(scope="module")
def library(colab):
    """Install the library in Colab by the notebooks' own cell, twice; return the cells."""
    before = colab.installed()
    install_cell = cell_that_installs()
    sources = ["import numpy", install_cell, install_cell, "import nnbook\nprint(nnbook.__file__)"]
    cells = [v4.new_code_cell(source) for source in sources]
    write(v4.new_notebook(cells=cells), colab.folder / "install.ipynb")
    cells = list(colab.execute("install.ipynb").values())
    (colab.folder / "install.ipynb").unlink()
    return cells, before


def test_the_cell_installs_the_library_once_and_changes_nothing_else(colab, library):
    (_, first, second, where), before = library
    assert "nnlib" not in before
    assert first.outputs  # what pip says
    assert second.outputs == []
    assert "site-packages" in where.outputs[0].text
    after = colab.installed()
    assert {name: after[name] for name in before} == before
    assert "cupy-cuda12x" not in after


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("name", chosen("1_1", "1_5"))
def test_a_notebook_runs_alone_in_an_empty_folder(colab, name):
    shutil.copy(ROOT / "notebooks" / name, colab.folder)
    stored = read(colab.folder / name, as_version=4).cells
    cells = colab.execute(name)
    code = [cell for cell in cells.values() if cell.cell_type == "code"]
    if not code:
        return  # a page of words
    assert cells["colab"].outputs == []
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    widgets = [cell.id for cell in stored if shows(cell, "text/html", 'data-nn-widget="')]
    assert [cell for cell in widgets if not shows(cells[cell], VIEW)] == []
    assert widgets or name.startswith("1_6")
    assert [path.name for path in colab.folder.iterdir()] == [name]
    (colab.folder / name).unlink()


def shows(cell, kind, text=""):
    """Tell whether a cell has an output of a kind, with a text in it."""
    outputs = [output.get("data", {}) for output in cell.get("outputs", [])]
    return any(text in str(data[kind]) for data in outputs if kind in data)


# ---------------------------------------------------------------- Binder


@pytest.fixture(scope="module")
def binder(tmp_path_factory):
    """Return what Binder makes of the repository: its steps, in the order of repo2docker."""
    home = tmp_path_factory.mktemp("binder")
    checkout = home / "checkout"
    shutil.copytree(ROOT / ".binder", checkout / ".binder")
    shutil.copytree(ROOT / "notebooks", checkout / "notebooks")
    for name in [*PACKAGES, "constraints.txt"]:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, checkout / name)
    place = Place(home / "environment", checkout / "notebooks")
    own = ["nbclient", "ipykernel"]  # of Binder's image
    install(place, *own, "-r", ".binder/requirements.txt", cwd=checkout)
    place.call(checkout / ".binder" / "postBuild", cwd=checkout)
    return place


def test_binder_has_the_pinned_packages_and_none_for_tests_or_a_gpu(binder):
    installed = binder.installed()
    pins = dict(re.findall(r"^([\w-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.M))
    for name in ("numpy", "matplotlib", "ipywidgets", "anywidget", "array-api-strict"):
        assert installed[name.replace("array-api-strict", "array_api_strict")] == pins[name]
    assert {"cupy-cuda12x", "pytest", "jupyter-book", "playwright"} & set(installed) == set()
    asked = (ROOT / ".binder" / "requirements.txt").read_text(encoding="utf-8")
    assert "-c ../constraints.txt\n" in asked  # the newest may be the pinned ones only today


def test_binder_trusts_the_notebooks(binder):
    said = binder.call(binder.bin / "jupyter-trust", *NOTEBOOKS).splitlines()
    assert said == [f"Notebook already signed: {name}" for name in NOTEBOOKS]


@pytest.mark.parametrize("name", chosen("1_1"))
def test_a_notebook_runs_on_binder(binder, name):
    cells = binder.execute(name)
    assert "colab" not in cells or cells["colab"].outputs == []


def test_binder_has_a_python_that_the_book_is_meant_for():
    (version,) = re.findall(r"python-(3\.\d+)", (ROOT / ".binder" / "runtime.txt").read_text())
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'requires-python = ">={version}"' in project
