"""The pages of the book as Markdown, whether they are files of text or notebooks."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def pages():
    """Return the paths of the pages in the order of the table of contents."""
    names = re.findall(r"(?:root|file): (\S+)", (ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [next(ROOT.glob(f"{name}.*")) for name in names]


def markdown(path):
    """Return the text of a page; of a notebook, all that is not code."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    cells = json.loads(text)["cells"]
    return "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
