"""In a folder whose name has spaces and Hangul the library, the tools and the book work."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).parents[1]
NEEDED = ["nnlib", "nnbook", "assets", "tools", "_config.yml"]
FOR_MAKE = ["Makefile", "requirements.txt", "constraints.txt", "pyproject.toml"]
FOR_NPM = ["package.json", "package-lock.json"]
PAGE = """# 제목

The loss is $L$.

<div data-nn-widget="explorer"></div>
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """Return a folder with what a book of one page needs."""
    folder = tmp_path_factory.mktemp("x y 한글", numbered=False) / "book"
    folder.mkdir()
    for name in NEEDED + FOR_MAKE + FOR_NPM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (folder / "index.md").write_text(PAGE, encoding="utf-8")
    return folder


def run(checkout, *command):
    """Run a command in the folder, with the packages that stand there; return what it says."""
    own = os.environ | {"PYTHONPATH": str(checkout), "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=checkout, env=own, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_library_runs_and_saves(checkout):
    code = """
import numpy as np
import nnlib
model, other = (
    nnlib.TwoLayerNet(input_size=2, hidden_size=3, output_size=3, rng=np.random.default_rng(seed))
    for seed in (0, 1)
)
model.save_params("가중치 1.npz")
other.load_params("가중치 1.npz")
np.testing.assert_array_equal(other.params[0], model.params[0])
print(nnlib.__file__)
"""
    assert run(checkout, sys.executable, "-c", code).strip() == str(checkout / "nnlib/__init__.py")
    assert (checkout / "가중치 1.npz").is_file()


def test_a_notebook_is_stored(checkout):
    path = checkout / "공책 1.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("import nnlib; nnlib.__file__")]), path)
    said = run(checkout, sys.executable, checkout / "tools" / "store_outputs.py", path)
    assert said.strip() == str(path)
    (cell,) = nbformat.read(path, as_version=4).cells
    assert str(checkout) in cell.outputs[0].data["text/plain"]


def test_a_page_is_built(checkout):
    program = shutil.which("jupyter-book", path=Path(sys.executable).parent)
    run(checkout, program, "build", ".", "--all", "-W", "-n", "--keep-going")
    pages = checkout / "_build" / "html"
    text = (pages / "index.html").read_text(encoding="utf-8")
    assert "제목" in text
    assert 'class="katex"' in text
    (script,) = re.findall(r'src="(_static/nnbook/widgets-explorer\.js)', text)
    assert (pages / script).is_file()


@pytest.mark.skipif(not shutil.which("make"), reason="make is not on this machine")
def test_the_commands_of_make_name_the_folder_as_a_whole(checkout):
    said = run(checkout, "make", "--dry-run", "book", "test", "lab", "notebooks")
    words = shlex.split(said)
    assert ".venv/bin/jupyter-book" in words
    assert [word for word in words if "한글" in word and str(checkout) not in word] == []
    assert any(str(checkout) in word for word in words)
