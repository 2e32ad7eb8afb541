"""The repository's address is written in one place and copied from there to all others."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from tools import address

OTHER = "https://github.com/you/my-book_2.0"


@pytest.fixture
def copy(tmp_path):
    """Return a folder with a copy of every file that may name the address."""
    for path in address.places():
        there = tmp_path / path.relative_to(address.ROOT)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, there)
    return tmp_path


def texts(root):
    return {path.relative_to(root): path.read_text(encoding="utf-8") for path in root.rglob("*.*")}


def code_of(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}


# ---------------------------------------------------------------- the book as it is


def test_the_citation_names_the_address():
    text = (address.ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^repository-code: (.*)$", text, re.MULTILINE) == [address.current()]


def test_every_notebook_with_code_installs_from_the_address():
    notebooks = {path.name: code_of(path) for path in address.places() if path.suffix == ".ipynb"}
    cells = {name: code for name, code in notebooks.items() if code}
    assert len(cells) >= 6
    assert [name for name, code in cells.items() if next(iter(code)) != "colab"] == []
    (source,) = {code["colab"] for code in cells.values()}  # one text in all of them
    assert f'url = "{address.current()}"' in source
    assert len(source.splitlines()) <= 8
    assert max(map(len, source.splitlines())) <= 80


def test_the_installing_cell_is_hidden_everywhere():
    for path in address.places():
        if path.suffix == ".ipynb" and code_of(path):
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            (metadata,) = [cell["metadata"] for cell in cells if cell["id"] == "colab"]
            assert metadata["tags"] == ["remove-cell"]  # on the page
            assert metadata["jupyter"] == {"source_hidden": True}
            assert metadata["cellView"] == "form"  # in Colab


# ---------------------------------------------------------------- another address


def test_another_address_is_written_everywhere(copy):
    old, before = address.current(copy), texts(copy)
    changed = address.write(OTHER, copy)
    assert address.current(copy) == OTHER
    after = texts(copy)
    assert {copy / name for name in before if before[name] != after[name]} == set(changed)
    assert {"_config.yml", "CITATION.cff", "1_1_math_and_python.ipynb"} <= {p.name for p in changed}
    assert [name for name, text in after.items() if old in text] == []
    assert {name: text.replace(old, OTHER) for name, text in before.items()} == after


def test_the_old_address_comes_back_to_the_same_bytes(copy):
    before = {path: path.read_bytes() for path in copy.rglob("*.*")}
    old = address.current(copy)
    address.write(OTHER, copy)
    address.write(f"{old}.git", copy)
    assert {path: path.read_bytes() for path in copy.rglob("*.*")} == before
    assert address.write(old, copy) == []


def test_an_address_that_only_begins_so_stays(copy):
    old, note = address.current(copy), copy / "note.md"
    note.write_text(f"{old}-two {old}.js {old}s <{old}> {old}. {old}/issues")
    address.write(OTHER, copy)
    expected = f"{old}-two {old}.js {old}s <{OTHER}> {OTHER}. {OTHER}/issues"
    assert note.read_text() == expected


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "you/book",
        "http://github.com/you/book",
        "https://gitlab.com/you/book",
        f"{OTHER}/tree/x",
    ],
)
def test_what_colab_could_not_open_is_refused(copy, wrong):
    before = texts(copy)
    with pytest.raises(ValueError, match=r"must be like https://github.com/you/book; got "):
        address.write(wrong, copy)
    assert texts(copy) == before


@pytest.mark.parametrize("url", ['""', "", "https://example.org"])
def test_settings_without_an_address_are_an_error(copy, url):
    path = copy / "_config.yml"
    path.write_text(re.sub(r"(?m)^  url: .*$", f"  url: {url}", path.read_text(encoding="utf-8")))
    with pytest.raises(ValueError, match=r"_config\.yml must name the repository"):
        address.current(copy)


def test_the_command_says_what_is_wrong_without_a_traceback():
    command = [sys.executable, address.__file__, "you/book"]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.returncode == 1
    assert said.stderr == "the address must be like https://github.com/you/book; got 'you/book'\n"


def test_the_command_says_the_address():
    command = [sys.executable, address.__file__]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stdout == f"The repository is {address.current()}\n"
