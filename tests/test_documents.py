"""What the documents and the pages name is there: files, folders, links and commands."""

import re

import pytest
from prose import ROOT, markdown, pages

DOCUMENTS = ["README.md", "CONTRIBUTING.md"]
COMMANDED = [
    *DOCUMENTS,
    "index.md",
    ".ci/run",
    ".pre-commit-config.yaml",
    ".github/workflows/ci.yml",
]
PAGES = DOCUMENTS + [page.relative_to(ROOT).as_posix() for page in pages()]
ENDINGS = "cfg|cff|css|csv|ipynb|js|json|md|png|py|sh|svg|toml|ts|txt|ya?ml"
FOLDERS = "assets|benchmarks|figures|nnbook|nnlib|notebooks|tests|tools"
PATH = re.compile(
    rf"(?:[\w.-]+/)*[\w.-]+\.(?:{ENDINGS})"  # a file by its ending
    rf"|(?:[\w.-]*[A-Za-z][\w.-]*/)+"  # a folder by its stroke
    rf"|(?:{FOLDERS})/[\w./-]+"
)
# What a command or a reader makes, and what only a machine with a GPU makes.
MADE = re.compile(r"\.venv/|_build/|my_study\.csv|nnbook/records/gpu_benchmark\.csv")


def files_named(text):
    """Return what looks like a path in the code of a text, in its lines and its blocks."""
    code = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    words = {word for part in code for word in re.split(r"[\s=\"',;:()\[\]]+", part)}
    return {word.removeprefix("./") for word in words if PATH.fullmatch(word)}


def links(text):
    """Return the files that the links and pictures of a text lead to, without their anchors."""
    targets = re.findall(r"\]\(<?([^)>\s]+)>?", re.sub(r"`+[^`\n]+`+", "`code`", text))
    return {t.split("#")[0] for t in targets if not re.match(r"\w+:|#|sec-", t)}


def is_there(name, *folders):
    """Tell whether one of the folders has a file or folder, or a page, of this name."""
    endings = ("", ".md", ".ipynb")
    return any((folder / f"{name}{ending}").exists() for folder in folders for ending in endings)


@pytest.mark.parametrize("document", PAGES)
def test_the_files_that_a_page_names_exist(document):
    path = ROOT / document
    text = markdown(path)
    roots = (ROOT, path.parent, ROOT / "nnlib", ROOT / "nnbook")
    named = {name for name in files_named(text) if not MADE.match(name)}
    missing = [name for name in named if not is_there(name, *roots)]
    missing += [target for target in links(text) if not is_there(target, path.parent)]
    assert sorted(missing) == []


def test_names_of_files_are_found_in_every_form():
    text = """
Run `make test ARGS=tests/a.py`, see `b/`, [c](d/e.ipynb#f), ![](g.png) and `CITATION.cff`;
or `tools/x`. `x / y`, `dW[...]`, `2/3`, [h](https://i.org/j.md), [k](#l) and [m](sec-1-1) are none.

```sh
pip install -r n.txt
```
"""
    assert files_named(text) == {"tests/a.py", "b/", "tools/x", "CITATION.cff", "n.txt"}
    assert links(text) == {"d/e.ipynb", "g.png"}


@pytest.mark.parametrize("document", COMMANDED)
def test_the_commands_in_the_documents_exist(document):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, flags=re.MULTILINE))
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"(?:^|[`$:] ?)make (\w+)", text, flags=re.MULTILINE)
    assert named
    assert set(named) <= targets
