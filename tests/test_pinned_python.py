"""The pinned files of Python are those of Pyodide's own release, and their sizes are true."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from nnbook.live.pinned import PINNED
from nnbook.sphinx.live_pages import live_files
from nnbook.sphinx.static_math import node_program
from tests.conftest import PYODIDE

ROOT = Path(__file__).parents[1]
CORE = ROOT / "node_modules" / "pyodide"
MEGA = 1e6
MOST_TO_START, MOST_TO_DRAW = 11 * MEGA, 10 * MEGA
# What the public host sends of a file: scripts compressed by Brotli, the rest as it is.
WIRE = """
const { brotliCompressSync, constants, gzipSync } = require("node:zlib");
const content = require("node:fs").readFileSync(process.argv[1]);
const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
console.log(brotliCompressSync(content, { params }).length, gzipSync(content).length);
"""


def is_wheel(file):
    return file["name"].endswith(".whl")


ALL = [*PINNED["python"], *PINNED["drawing"]]
WHEELS = [file for file in ALL if is_wheel(file)]
PARTS = [file for file in ALL if not is_wheel(file)]


@pytest.fixture(scope="module")
def lock():
    """Return the packages of Pyodide's own lock by their names."""
    if not CORE.is_dir():
        message = f"no {CORE}: the pinned files of Python are not compared (npm ci brings it)"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    return json.loads((CORE / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]


def hash_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_one_version_is_named_everywhere(lock):
    package = json.loads((CORE / "package.json").read_text(encoding="utf-8"))
    assert PINNED["version"] == package["version"] == PYODIDE
    assert f"/v{PINNED['version']}/" in PINNED["url"]
    own = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert own["pyodide"] == PINNED["version"]


@pytest.mark.parametrize("file", WHEELS, ids=lambda file: file["name"].split("-")[0])
def test_a_wheel_is_the_one_of_the_lock(lock, file):
    hashes = {package["file_name"]: package["sha256"] for package in lock.values()}
    assert hashes[file["name"]] == file["sha256"]
    assert file["wire"] == file["bytes"]  # it is compressed already


@pytest.mark.parametrize("file", PARTS, ids=lambda file: file["name"])
@pytest.mark.usefixtures("lock")
def test_a_part_of_the_core_is_that_of_the_package(file):
    path = CORE / file["name"]
    assert (hash_of(path), path.stat().st_size) == (file["sha256"], file["bytes"])


@pytest.mark.parametrize("file", PARTS, ids=lambda file: file["name"])
@pytest.mark.usefixtures("lock")
def test_what_travels_is_what_compression_leaves(file):
    command = [node_program(), "-e", WIRE, CORE / file["name"]]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    brotli, gzip = map(int, done.stdout.split())
    if file["name"].endswith(".zip"):
        brotli = gzip = file["bytes"]
    assert file["wire"] == pytest.approx(brotli, rel=0.1)
    assert file["wire"] < 1.1 * gzip  # so a host that knows gzip alone sends little more


def test_numpy_alone_starts_and_the_rest_draws():
    assert [file["name"].split("-")[0] for file in PINNED["python"] if is_wheel(file)] == ["numpy"]
    assert all(map(is_wheel, PINNED["drawing"]))
    assert "matplotlib" in {file["name"].split("-")[0] for file in PINNED["drawing"]}


def test_all_that_is_needed_is_pinned_and_nothing_else(lock):
    """Time zones, and drawing on a canvas, are left out."""
    found, waiting = set(), ["numpy", "matplotlib"]
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting += set(lock[name]["depends"]) - found - {"pytz", "matplotlib-pyodide"}
    assert {lock[name]["file_name"] for name in found} == {file["name"] for file in WHEELS}


def test_a_reader_downloads_little():
    library = len(live_files(ROOT)["book.zip"])
    assert sum(file["wire"] for file in PINNED["python"]) + library <= MOST_TO_START
    assert sum(file["wire"] for file in PINNED["drawing"]) <= MOST_TO_DRAW


@pytest.fixture
def checkout(tmp_path, wheels, lock):
    """Return a folder with what the tool that pins the files needs."""
    (tmp_path / "nnbook" / "live").mkdir(parents=True)
    (tmp_path / "tools").mkdir()
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "pyodide").symlink_to(CORE.resolve())
    shutil.copy(ROOT / "tools" / "pin_python.js", tmp_path / "tools" / "pin_python.mjs")
    return tmp_path


def pin(checkout, wheels):
    command = [node_program(), "tools/pin_python.mjs", wheels]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True)


def test_the_tool_writes_the_same_file_again(checkout, wheels):
    assert pin(checkout, wheels).returncode == 0
    written = (checkout / "nnbook" / "live" / "pinned.json").read_text(encoding="utf-8")
    assert written == (ROOT / "nnbook" / "live" / "pinned.json").read_text(encoding="utf-8")


def test_the_tool_refuses_a_wheel_that_is_not_the_one_of_the_lock(checkout, wheels):
    others = checkout / "wheels"
    others.mkdir()
    for wheel in wheels.glob("*.whl"):
        (others / wheel.name).symlink_to(wheel)
    (changed,) = others.glob("six-*.whl")
    changed.unlink()
    changed.write_bytes(b"another file")
    done = pin(checkout, others)
    assert done.returncode != 0
    assert f"{changed.name} is not the file of Pyodide's lock" in done.stderr
    assert not (checkout / "nnbook" / "live" / "pinned.json").exists()
