"""The colours of the book, in one place: for Matplotlib, for SVG and for the pages.

Classes have colours that stay apart for colour-blind readers (Okabe and Ito, "Color universal
design", 2008). A page gives every colour as a custom property, so that drawings follow its light
or dark mode; a drawing names the light colour too, for places that have no stylesheet.
"""

from collections.abc import Sequence

__all__ = [
    "COLORS", "GLASS", "INK", "LINE", "PAPER", "THEME", "css", "light", "paint", "readable_on",
]  # fmt: skip

COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
INK, LINE, PAPER = "#222222", "#555555", "#ffffff"  # text, lines and ground of a chart
# Text on a ground that is the same in both modes: nearly black and white, which would change.
DARK_TEXT, LIGHT_TEXT = "#010101", "#fefefe"
GLASS = f"{COLORS[0]}26"  # lets the ground through, so that text on it is readable on any

# The custom property --nn-<name>, in light mode and in the dark.
PROPERTIES = {
    "class-0": ("#0072b2", "#56b4e9"),
    "class-1": ("#d55e00", "#ff9248"),
    "class-2": ("#009e73", "#2fd6a4"),
    "class-3": ("#cc79a7", "#ec9fc8"),
    "class-4": ("#e69f00", "#f5c542"),
    "class-5": ("#56b4e9", "#c7e6ff"),
    "region-0": ("rgb(179, 213, 232)", "rgb(17, 55, 78)"),
    "region-1": ("rgb(242, 207, 179)", "rgb(82, 44, 16)"),
    "region-2": ("rgb(179, 226, 213)", "rgb(10, 66, 51)"),
    "point-edge": ("#ffffff", "#121212"),
    "ink": (INK, "#e8e8e8"),
    "paper": ("#ffffff", "var(--pst-color-background, var(--jp-layout-color0, #121212))"),
    "grid": ("#e3e3e3", "#3c3c3c"),
    "line": ("#767676", "#9a9a9a"),
    "box": ("#e8f1f8", "#16324a"),
    "lit": ("#fbe3c0", "#5a3d0c"),
    "upstream": ("#a33c00", "#ff9d5c"),
    "local": ("#005a94", "#7cc7f2"),
    "button": ("#f3f4f5", "#2a2a2a"),
}
# The built book, Colab, JupyterLab and VS Code each say in their own way that they are dark.
DARK = (
    'html[data-theme="dark"], html[theme="dark"], '
    'body[data-jp-theme-light="false"], body.vscode-dark'
)


def light(name: str) -> str:
    """Return a colour as it is in light mode."""
    return PROPERTIES[name][0]


def paint(name: str, alone: str = "") -> str:
    """Return a colour for CSS or SVG: the page's own, and without a page `alone` or the light one.

    Examples
    --------
    >>> paint("grid"), paint("grid", "currentColor")
    ('var(--nn-grid, #e3e3e3)', 'var(--nn-grid, currentColor)')
    """
    return f"var(--nn-{name}, {alone or light(name)})"


def readable_on(ground: Sequence[float]) -> str:
    """Return the colour of text on a ground that no mode changes; their contrast is at least 4.5.

    Parameters
    ----------
    ground : sequence of float
        Its red, green and blue, from 0 to 1; what follows is not used.

    Examples
    --------
    >>> readable_on((1.0, 0.9, 0.0)), readable_on((0.0, 0.0, 0.4))
    ('#010101', '#fefefe')
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in ground[:3]]
    weights = (0.2126, 0.7152, 0.0722)  # of the relative luminance in WCAG 2
    luminance = sum(w * c for w, c in zip(weights, linear, strict=True))
    # Where both contrasts are equal, (1 + 0.05) / (L + 0.05) and (L + 0.05) / (0 + 0.05).
    return DARK_TEXT if luminance + 0.05 > (1.05 * 0.05) ** 0.5 else LIGHT_TEXT


def css() -> str:
    """Return the stylesheet that gives a page its colours, in both modes."""
    modes = {":root": 0, f":is({DARK})": 1}
    rules = []
    for selector, mode in modes.items():
        lines = [f"  --nn-{name}: {colors[mode]};" for name, colors in PROPERTIES.items()]
        rules.append("\n".join([f"{selector} {{", *lines, "}"]))
    return "\n\n".join(rules) + "\n"


# What a colour of a chart turns into where the chart is part of a page.
THEME = {
    **dict.fromkeys((COLORS[-1], INK, "#333333", LINE), "currentColor"),
    PAPER: paint("paper"),
    **{light(name): paint(name) for name in ("grid", "box", "lit")},
}
