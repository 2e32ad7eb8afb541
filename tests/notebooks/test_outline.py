"""Every heading of the book stands in outline.txt: whoever changes one changes it there too."""

import re
from pathlib import Path

from prose import ROOT, markdown, pages

FENCED = re.compile(r"^(`{3,}|~{3,}|:{3,}).*?^\1", flags=re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} .*?(?= *$)", flags=re.MULTILINE)


def headings(text):
    """Return the headings of a page, and no comment of its code."""
    return HEADING.findall(FENCED.sub("", text))


def test_the_headings_are_those_of_the_outline():
    found = {page.relative_to(ROOT).as_posix(): headings(markdown(page)) for page in pages()}
    text = "\n".join("\n".join([name, "", *lines, ""]) for name, lines in found.items())
    assert text == (Path(__file__).parent / "outline.txt").read_text(encoding="utf-8")


def test_a_comment_in_code_is_no_heading():
    text = "# One\n\n```python\n# a comment\n```\n\n### Three  \ntext # no\n"
    assert headings(text) == ["# One", "### Three"]
