"""Turn what a drawing function returns into text that a page can show."""

import hashlib
import io
import re

from nnbook.drawing.palette import INK, LINE, light, paint

__all__ = ["fit_page", "render"]

NOT_DRAWN = [
    (re.compile(r"<metadata>.*?</metadata>", re.DOTALL), ""),
    (re.compile(r"<defs>\s*<style.*?</defs>", re.DOTALL), ""),  # would apply to the whole page
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r'<g id="patch_1">.*?</g>', re.DOTALL), ""),  # the ground of the whole figure
    (re.compile(r">\s+<"), "><"),
    (re.compile(r"\s*\n\s*"), " "),
]
THEME = {
    **dict.fromkeys(("#000000", INK, "#333333", LINE), "currentColor"),
    "#ffffff": paint("paper"),
    **{light(name): paint(name) for name in ("gradient", "grid", "box", "lit")},
}
STYLE = "max-width: 100%; height: auto; fill: currentColor; stroke-linejoin: round"
TAG = re.compile(r"<[^>]+>")
LONG_NUMBER = re.compile(r"\d+\.\d{2,}")
SIZE = re.compile(r'width="([\d.]+)pt" height="[\d.]+pt"')
ID = re.compile(r' id="([\w.-]+)"')
REFERENCE = re.compile(r"(?<=[\"(])#([A-Za-z][\w.-]*)")


def render(drawn):
    """Return a picture as HTML or SVG text.

    A matplotlib picture becomes SVG; see `fit_page`.

    Parameters
    ----------
    drawn : matplotlib Figure or Axes, or str
        A string is returned as it is. A figure is closed.

    Returns
    -------
    str
        The same drawing always gives the same text.

    Raises
    ------
    TypeError
        If it is none of these.
    """
    if isinstance(drawn, str):
        return drawn
    figure = getattr(drawn, "figure", drawn)
    if not hasattr(figure, "savefig"):
        raise TypeError(
            f"draw must return a matplotlib Figure or Axes, or a string; got {type(drawn).__name__}"
        )
    return fit_page(_to_svg(figure))


def _to_svg(figure):
    import matplotlib.pyplot as plt

    with plt.rc_context({"svg.fonttype": "none", "svg.hashsalt": "nnlib"}), io.StringIO() as text:
        figure.savefig(text, format="svg", bbox_inches="tight", metadata={"Date": None})
        plt.close(figure)
        return text.getvalue()


def fit_page(svg):
    """Make a matplotlib SVG suit the page it stands in.

    What is not drawn goes, coordinates are rounded to a tenth of a point, black turns into the
    colour of the page's text, white into that of its ground, and the width shrinks to that of the
    screen.

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
    svg = TAG.sub(lambda tag: LONG_NUMBER.sub(_shorter, tag[0]), svg)
    for fixed, themed in THEME.items():
        svg = svg.replace(fixed, themed)
    svg = SIZE.sub(rf'role="img" style="width: \1pt; {STYLE}"', svg)
    return _with_own_ids(svg.strip())


def _shorter(number):
    """Round a place in the picture to a tenth of a point; small numbers may be factors."""
    value = float(number[0])
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _with_own_ids(svg):
    """Drop ids that nothing refers to; mark the others, so that two pictures on a page differ."""
    mark = hashlib.sha256(svg.encode()).hexdigest()[:6]
    used = set(REFERENCE.findall(svg))
    svg = ID.sub(lambda m: f' id="{m[1]}-{mark}"' if m[1] in used else "", svg)
    return REFERENCE.sub(rf"#\1-{mark}", svg)
