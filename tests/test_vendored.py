"""What live pages have from others: files made of the pinned packages, with their licences."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from nnbook.sphinx.static_math import node_program

ROOT = Path(__file__).parents[1]
LIBRARIES, VENDOR = (ROOT / "nnbook" / "live" / name for name in ("libraries", "vendor"))
LOCK = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
IMPORTED = re.compile(r' from "((?:@[\w-]+/)?[\w-]+)')
LICENCE = re.compile(r"^((?:@[\w-]+/)?[\w-]+) (\d+\.\d+\.\d+)\n\n(.*)", re.DOTALL)


def made_of():
    """Return the packages that the libraries import, and all that these need, with versions."""
    texts = [path.read_text(encoding="utf-8") for path in LIBRARIES.glob("*.js")]
    imported = {name for text in texts for name in IMPORTED.findall(text)}
    found, waiting = {}, sorted(imported)
    while waiting:
        package = LOCK[f"node_modules/{(name := waiting.pop())}"]
        found[name] = package["version"]
        waiting += [each for each in package.get("dependencies", {}) if each not in found]
    return imported, found


def licences(folder=VENDOR):
    """Return version and licence of each package by its name."""
    text = (folder / "LICENSES.txt").read_text(encoding="utf-8")
    parts = [LICENCE.match(part) for part in text.split(f"\n{'-' * 80}\n\n")]
    return {part[1]: (part[2], part[3]) for part in parts}


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """Make the files again; without npm's packages skip, but fail where CI is set."""
    if not (ROOT / "node_modules" / "esbuild").is_dir():
        message = "no node_modules/esbuild: the files of others are not made again (npm ci)"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    folder = tmp_path_factory.mktemp("vendor")
    subprocess.run([node_program(), "tools/vendor.js", folder], cwd=ROOT, check=True)
    return folder


def test_the_same_packages_give_the_same_bytes(rebuilt):
    made = {path.name: path.read_bytes() for path in rebuilt.iterdir()}
    kept = {path.name: path.read_bytes() for path in VENDOR.iterdir() if path.suffix != ".ts"}
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_every_library_has_its_file_and_its_types():
    names = {path.stem for path in LIBRARIES.glob("*.js")}
    assert {path.stem for path in VENDOR.glob("*.js")} == names
    for name in names:
        types = (VENDOR / f"{name}.d.ts").read_text(encoding="utf-8")
        assert types == f'export * from "../libraries/{name}.js";\n'


def test_every_package_in_a_file_has_its_licence_beside_it():
    imported, all_of_them = made_of()
    found = licences()
    assert imported <= set(found) <= set(all_of_them)
    for name, (version, text) in found.items():
        assert version == all_of_them[name]
        assert "Permission is hereby granted" in text, name
        assert re.search(r"Copyright \(c\)", text, re.IGNORECASE), name
