"""Every heading of the book stands in outline.txt: whoever changes one changes it there too."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FENCED = re.compile(r"^(`{3,}|~{3,}|:{3,}).*?^\1", flags=re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} .*?(?= *$)", flags=re.MULTILINE)


def prose(path):
    """Return the Markdown of a page, without what stands between fences."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return FENCED.sub("", text)


def pages():
    """Return the pages of the book in the order of the table of contents."""
    names = re.findall(r"(?:root|file): (\S+)", (ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [next(ROOT.glob(f"{name}.*")) for name in names]


def test_the_headings_are_those_of_the_outline():
    found = [
        f"{page.relative_to(ROOT).as_posix()}\n\n" + "\n".join(HEADING.findall(prose(page))) + "\n"
        for page in pages()
    ]
    outline = (Path(__file__).parent / "outline.txt").read_text(encoding="utf-8")
    assert "\n".join(found) == outline


def test_a_comment_in_code_is_no_heading(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# One\n\n```python\n# a comment\n```\n\n### Three  \ntext # no\n")
    assert HEADING.findall(prose(page)) == ["# One", "### Three"]
