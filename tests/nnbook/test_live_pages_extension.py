"""What a page needs to run Python: the site's own files, in a folder named after their content."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from nnbook.live.pinned import PINNED
from nnbook.sphinx import live_pages
from nnbook.sphinx.live_pages import (
    FOLDER,
    LIBRARY,
    folder_name,
    live_config,
    live_files,
    packed_library,
)

ROOT = Path(__file__).parents[2]
IMPORTED = re.compile(r'^(?:import\b|\}).* from "(.+)";$', re.MULTILINE)


@pytest.fixture
def sources(tmp_path):
    """Return a folder with a copy of both packages, which a test may change."""
    root = tmp_path / "sources"
    skip = shutil.ignore_patterns("__pycache__")
    for name in ("nnlib", "nnbook"):
        shutil.copytree(ROOT / name, root / name, ignore=skip)
    yield root
    live_files.cache_clear()


# ---------------------------------------------------------------- the configuration


def test_a_page_knows_where_python_is_and_what_it_is_made_of():
    config = live_config(ROOT, "cdn")
    assert config["url"] == PINNED["url"]
    assert config["url"].endswith("/v0.27.7/full/")
    assert config["folder"] == folder_name(ROOT)
    assert [config[key] for key in ("version", "python", "drawing")] == [
        PINNED[key] for key in ("version", "python", "drawing")
    ]
    library = live_files(ROOT)[LIBRARY]
    assert (config["library"]["name"], config["library"]["bytes"]) == (LIBRARY, len(library))
    json.dumps(config)


def test_a_site_can_bring_its_own_python():
    config = live_config(ROOT, "self")
    folder = Path("/site", FOLDER, config["folder"])
    assert os.path.normpath(folder / config["url"]) == str(Path("/site", FOLDER, "pyodide"))


def test_a_reader_is_told_what_travels():
    """The public host compresses scripts; a plain server sends every byte."""
    library = len(live_files(ROOT)[LIBRARY])
    for source, travels in (("cdn", "wire"), ("self", "bytes")):
        told = live_config(ROOT, source)["megabytes"]
        python = sum(file[travels] for file in PINNED["python"]) + library
        drawing = sum(file[travels] for file in PINNED["drawing"])
        assert told == pytest.approx({"python": python / 1e6, "drawing": drawing / 1e6}, abs=0.05)
    assert live_config(ROOT, "cdn")["megabytes"]["python"] < told["python"]


def test_another_source_is_refused():
    with pytest.raises(ValueError, match=r"nn_pyodide must be one of .*; got 'mirror'"):
        live_config(ROOT, "mirror")


# ---------------------------------------------------------------- the files


def test_the_folder_has_what_its_scripts_import():
    files = live_files(ROOT)
    assert {"live.js", "worker.js", LIBRARY} <= set(files)
    for name, content in files.items():
        if name.endswith(".js") and "/" not in name:
            for imported in IMPORTED.findall(content.decode()):
                assert imported.removeprefix("./") in files, f"{name} imports {imported}"
    assert not [name for name in files if name.endswith((".d.ts", ".py"))]


@pytest.mark.parametrize(
    "changed",
    [
        "nnlib/layers.py",
        "nnbook/live/worker.js",
        "nnbook/live/cell.js",
        "nnbook/live/vendor/sha256.js",
        "nnbook/quiz/questions/1_1.toml",
    ],
)
def test_the_name_of_the_folder_changes_with_any_file(sources, changed):
    before = folder_name(sources)
    assert before == folder_name(ROOT)
    live_files.cache_clear()
    with (sources / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert folder_name(sources) != before


def test_the_name_does_not_change_with_what_is_not_in_it(sources):
    before = folder_name(sources)
    live_files.cache_clear()
    (sources / "nnbook" / "sphinx" / "new.py").write_text("x = 1\n")
    (sources / "nnbook" / "notes.md").write_text("words\n")
    (sources / "nnlib" / "__pycache__").mkdir(exist_ok=True)
    (sources / "nnlib" / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert folder_name(sources) == before


def test_the_name_is_a_folder():
    assert folder_name(ROOT).startswith("live-")
    assert folder_name(ROOT).endswith("/")


# ---------------------------------------------------------------- the library


def test_the_library_is_packed_to_the_same_bytes(sources):
    for path in sources.rglob("*"):  # a checkout of another day
        os.utime(path, (1e9, 1e9))
    assert packed_library(sources) == packed_library(ROOT)


def test_the_library_has_no_more_than_a_page_can_use():
    with zipfile.ZipFile(BytesIO(packed_library(ROOT))) as archive:
        names = archive.namelist()
    tops = {"nnlib", "nnbook", "array_api_compat", "array_api_strict", "tqdm"}
    assert {name.split("/")[0] for name in names} == tops
    assert {"nnbook/live/page.py", "nnbook/live/modules/IPython/display.py"} <= set(names)
    assert not [name for name in names if "/tests/" in name or name.startswith("nnbook/sphinx")]
    assert len(packed_library(ROOT)) < 600_000


ALONE = """
import sys
import numpy
from pathlib import Path
assert not [path for path in sys.path if "site-packages" in path]
import array_api_compat, array_api_strict, tqdm
import nnlib
from nnbook.exercises import check
import nnbook.quiz
from nnbook.runs import train_run
from nnbook.records import read_record
for module in (nnlib, nnbook, array_api_compat, array_api_strict, tqdm):
    assert Path(module.__file__).is_relative_to(sys.argv[1]), module
x = array_api_strict.ones((2, 3))
assert nnlib.sigmoid(x).shape == (2, 3)
assert len(train_run(1.0, 2, 0, epochs=2).history) == 2
assert read_record("precision")
import asyncio
from nnbook.live.page import PagePython
said = []
asyncio.run(PagePython(lambda text, buffers: said.append(text)).run("a", "print(1)"))
print(len(said))
"""


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="NumPy is linked into a folder of its own")
def test_the_library_works_with_numpy_and_nothing_else(tmp_path):
    """Python in a page has its standard library, NumPy, and this archive."""
    with zipfile.ZipFile(BytesIO(packed_library(ROOT))) as archive:
        archive.extractall(tmp_path / "book")
    (tmp_path / "numpy").mkdir()
    packages = Path(np.__file__).parents[1]
    for path in packages.glob("numpy*"):
        (tmp_path / "numpy" / path.name).symlink_to(path)
    book = tmp_path / "book"
    path = [book, book / "nnbook" / "live" / "modules", tmp_path / "numpy"]
    done = subprocess.run(
        [sys.executable, "-S", "-W", "error", "-c", ALONE, book],
        env={"PYTHONPATH": os.pathsep.join(map(str, path))},
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["3"]  # the text, the end of the line, and that it is done


# ---------------------------------------------------------------- written by Sphinx


@pytest.fixture
def app(tmp_path):
    config = SimpleNamespace(nn_pyodide="cdn")
    builder = SimpleNamespace(name="html")
    return SimpleNamespace(srcdir=ROOT, outdir=tmp_path, config=config, builder=builder)


def test_the_folder_is_written_and_an_older_one_goes(app):
    old = app.outdir / FOLDER / "live-0123456789"
    old.mkdir(parents=True)
    live_pages.write_live(app, None)
    assert not old.exists()
    (folder,) = (app.outdir / FOLDER).iterdir()
    assert f"{folder.name}/" == folder_name(ROOT)
    written = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}
    assert set(written) == set(live_files(ROOT))
    assert all(path.read_bytes() == live_files(ROOT)[name] for name, path in written.items())


def test_a_site_with_its_own_python_gets_its_files(app, monkeypatch):
    asked = []
    monkeypatch.setattr(live_pages, "fetch", lambda *where: asked.append(where))
    monkeypatch.delenv("PYODIDE_URL", raising=False)
    live_pages.write_live(app, None)
    assert asked == []
    app.config.nn_pyodide = "self"
    live_pages.write_live(app, None)
    monkeypatch.setenv("PYODIDE_URL", "file:///wheels/")
    live_pages.write_live(app, None)
    folder = app.outdir / FOLDER / "pyodide"
    assert asked == [(folder, PINNED["url"]), (folder, "file:///wheels/")]


@pytest.mark.parametrize(("builder", "exception"), [("html", ValueError()), ("text", None)])
def test_a_build_without_pages_writes_nothing(app, builder, exception):
    app.builder.name = builder
    live_pages.write_live(app, exception)
    assert list(app.outdir.iterdir()) == []


@pytest.mark.parametrize(("variable", "source"), [(None, "cdn"), ("self", "self")])
def test_the_setting_can_come_from_the_environment(monkeypatch, variable, source):
    if variable:
        monkeypatch.setenv("PYODIDE", variable)
    else:
        monkeypatch.delenv("PYODIDE", raising=False)
    values = {}

    class App:
        def add_config_value(self, name, default, rebuild, kinds):
            values[name] = default

        def connect(self, event, handler):
            values[event] = handler

    live_pages.setup(App())
    assert values == {"nn_pyodide": source, "build-finished": live_pages.write_live}
