"""What every view of a notebook owes its reader: headings as headings, and no letters of MyST."""

import re
from pathlib import Path

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
NAMES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
FENCED = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
MARKUP = re.compile(r"[`*]|\[([^\]]+)\]\([^\s)]+\)")
RAW = re.compile(
    r"(?<![\w\\^}])\{[a-z]{2,}(?::[a-z]+)?\}"  # a role, such as {ref}, but no \begin{pmatrix}
    r"|:{3}|`{3}"  # the fence of a directive
    r"|^\s*:[a-z-]+:"  # an option of one, such as :label:
    r"|\(sec-|^\s*\([\w.-]+\)=",  # a target
    re.MULTILINE,
)


def headings(text):
    """Return the headings of a Markdown text as a reader should see them, without markup."""
    found = HEADING.findall(FENCED.sub("", text))
    return [MARKUP.sub(lambda mark: mark[1] or "", heading) for heading in found]


def raw(text):
    """Return what only MyST understands in a text that a reader sees."""
    return RAW.findall(text)
