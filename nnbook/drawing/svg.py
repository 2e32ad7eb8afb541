"""Turn what a drawing function returns into text that a page can show."""

import hashlib
import io
import re
from typing import Any

import matplotlib.pyplot as plt

from nnbook.drawing.style import STABLE
from nnbook.palette import THEME

__all__ = ["fit_page", "render"]

NOT_DRAWN = [
    (re.compile(r"<metadata>.*?</metadata>", re.DOTALL), ""),
    (re.compile(r"<defs>\s*<style.*?</defs>", re.DOTALL), ""),  # would apply to the whole page
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r'<g id="patch_1">.*?</g>', re.DOTALL), ""),  # the ground of the whole figure
    (re.compile(r">\s+<"), "><"),
    (re.compile(r"\s*\n\s*"), " "),
]
LOOK = "max-width: 100%; height: auto; fill: currentColor; stroke-linejoin: round"
TAG = re.compile(r"<[^>]+>")
LONG_NUMBER = re.compile(r"\d+\.\d{2,}")
SIZE = re.compile(r'width="([\d.]+)pt" height="[\d.]+pt"')
ID = re.compile(r' id="([\w.-]+)"')
REFERENCE = re.compile(r"(?<=[\"(])#([A-Za-z][\w.-]*)")


def render(drawn: Any) -> str:
    """Return a picture as HTML or SVG text; the same picture always gives the same text.

    Parameters
    ----------
    drawn : Figure, Axes, Drawing or str
        A matplotlib figure becomes SVG, see `fit_page`, and is closed. What shows itself as HTML
        in a notebook does so here, and a string is returned as it is.

    Raises
    ------
    TypeError
        If it is none of these.
    """
    figure = getattr(drawn, "figure", drawn)
    if hasattr(figure, "savefig"):
        return fit_page(_to_svg(figure))
    if hasattr(drawn, "_repr_html_"):
        return drawn._repr_html_()
    if isinstance(drawn, str):
        return drawn
    raise TypeError(
        f"draw must return a matplotlib Figure or Axes, or a string; got {type(drawn).__name__}"
    )


def _to_svg(figure):
    with plt.rc_context(STABLE), io.StringIO() as text:
        figure.savefig(text, format="svg", bbox_inches="tight", metadata={"Date": None})
        plt.close(figure)
        return text.getvalue()


def fit_page(svg: str) -> str:
    """Make a matplotlib SVG suit the page it stands in.

    What is not drawn goes, coordinates are rounded to a tenth of a point, colours turn into those
    of the page, and the width shrinks to that of the screen. Words stay as they are.

    Parameters
    ----------
    svg : str
        As matplotlib writes it, with text as text.

    Returns
    -------
    str
        An ``svg`` element for the middle of a page, with ids of its own.
    """
    svg = svg[svg.index("<svg") :]
    for pattern, kept in NOT_DRAWN:
        svg = pattern.sub(kept, svg)
    svg = TAG.sub(lambda tag: _themed(LONG_NUMBER.sub(_shorter, tag[0])), svg)
    svg = SIZE.sub(rf'role="img" style="width: \1pt; {LOOK}"', svg)
    return _with_own_ids(svg.strip())


def _themed(tag):
    for fixed, themed in THEME.items():
        tag = tag.replace(fixed, themed)
    return tag


def _shorter(number):
    """Round a place in the picture to a tenth of a point; small numbers may be factors."""
    value = float(number[0])
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _with_own_ids(svg):
    """Drop ids that nothing refers to; mark the others, so that two pictures on a page differ."""
    mark = hashlib.sha256(svg.encode()).hexdigest()[:6]
    used = {name for tag in TAG.findall(svg) for name in REFERENCE.findall(tag)}

    def own(tag):
        tag = ID.sub(lambda m: f' id="{m[1]}-{mark}"' if m[1] in used else "", tag[0])
        return REFERENCE.sub(rf"#\1-{mark}", tag)

    return TAG.sub(own, svg)
