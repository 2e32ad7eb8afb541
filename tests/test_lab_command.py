"""`make lab`: the first chapter, trusted, in JupyterLab, from any folder and for root too."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from servers import wait_until_it_answers

ROOT = Path(__file__).parents[1]
MAKE = ["make", "--assume-old=.venv/ready", "lab"]  # with the environment of the tests
TOKEN = "a-token-for-this-test"

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not on this machine")


@pytest.fixture
def checkout(tmp_path):
    """Return a folder with blanks and Hangul in its name, with two short chapters in it."""
    folder = tmp_path / "x y 한글" / "book"
    (folder / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    (folder / ".venv").symlink_to(sys.prefix)
    drawing = new_output("display_data", data={"text/html": "<p>drawn</p>"})
    for name in ("1_1_math_and_python", "1_2_inference"):
        cell = new_code_cell("1 + 1", outputs=[drawing], execution_count=1)
        nbformat.write(new_notebook(cells=[cell]), folder / "notebooks" / f"{name}.ipynb")
    return folder


def environment(checkout):
    """Return the variables of a process whose Jupyter remembers nothing of this machine's user."""
    home = str(checkout.parent / "home")
    variables = {"JUPYTER_CONFIG_DIR": home, "JUPYTER_DATA_DIR": home, "JUPYTER_RUNTIME_DIR": home}
    return os.environ | variables


@pytest.fixture
def lab(checkout, free_port):
    """Return a context that runs `make lab` and gives the address of its server."""

    @contextlib.contextmanager
    def lab(*arguments):
        settings = f"--no-browser --ServerApp.port={free_port} --IdentityProvider.token={TOKEN}"
        command = [*MAKE, f"ARGS={settings}", *arguments]
        log = checkout.parent / "lab.log"
        options = {"cwd": checkout, "env": environment(checkout), "start_new_session": True}
        with log.open("w") as stream:
            process = subprocess.Popen(command, stdout=stream, stderr=stream, **options)
        address = f"http://127.0.0.1:{free_port}"
        try:
            wait_until_it_answers(f"{address}/api/status?token={TOKEN}", process, log)
            yield address
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)  # make, and the server that it started
            process.wait(timeout=30)

    return lab


def contents(address, name):
    """Return a notebook as the server gives it."""
    with urlopen(f"{address}/api/contents/{name}?token={TOKEN}") as answer:
        return json.load(answer)["content"]


def first_page(address):
    """Return the address that the server's first page leads to."""
    with urlopen(f"{address}/?token={TOKEN}") as answer:
        return answer.url.split("?")[0]


def test_the_first_chapter_opens_and_all_are_trusted(lab):
    with lab() as address:
        assert first_page(address) == f"{address}/lab/tree/1_1_math_and_python.ipynb"
        for name in ("1_1_math_and_python", "1_2_inference"):
            (cell,) = contents(address, f"{name}.ipynb")["cells"]
            assert cell["metadata"]["trusted"] is True


def test_it_works_again_and_opens_the_chapter_that_is_named(lab):
    with lab():
        pass
    with lab("OPEN=1_2_inference") as address:
        assert first_page(address) == f"{address}/lab/tree/1_2_inference.ipynb"


@pytest.mark.parametrize(("user", "allowed"), [("0", True), ("1000", False), ("10", False)])
def test_only_root_says_that_root_is_meant(checkout, user, allowed):
    program = checkout.parent / "bin" / "id"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho {user}\n")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    said = subprocess.run(
        [*MAKE, "--dry-run"],
        cwd=checkout,
        env=environment(checkout) | {"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert ("--allow-root" in said) is allowed
    assert "/lab/tree/1_1_math_and_python.ipynb" in said
