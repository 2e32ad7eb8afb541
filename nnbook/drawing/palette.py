"""The colours of the book, in one place: for Matplotlib, for SVG and for the pages.

Classes have colours that stay apart for colour-blind readers (Okabe and Ito, "Color universal
design", 2008). A page gives every colour as a custom property, so that drawings follow its light
or dark mode; a drawing names the light colour too, for places that have no stylesheet.
"""

__all__ = ["COLORS", "INK", "LINE", "css", "light", "paint"]

COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
INK, LINE = "#222222", "#555555"  # text and lines; both turn into the colour of a page's text

# The custom property --nn-<name>, in light mode and in the dark.
PROPERTIES = {
    "class-0": ("#0072b2", "#56b4e9"),
    "class-1": ("#d55e00", "#ff9248"),
    "class-2": ("#009e73", "#2fd6a4"),
    "region-0": ("rgb(179, 213, 232)", "rgb(17, 55, 78)"),
    "region-1": ("rgb(242, 207, 179)", "rgb(82, 44, 16)"),
    "region-2": ("rgb(179, 226, 213)", "rgb(10, 66, 51)"),
    "point-edge": ("#ffffff", "#121212"),
    "paper": ("#ffffff", "var(--pst-color-background, var(--jp-layout-color0, #121212))"),
    "grid": ("#e3e3e3", "#3c3c3c"),
    "line": ("#767676", "#9a9a9a"),
    "box": ("#e8f1f8", "#16324a"),
    "lit": ("#fbe3c0", "#5a3d0c"),
    "gradient": ("#b34700", "#ff9a4d"),
    "upstream": ("#a33c00", "#ff9d5c"),
    "local": ("#005a94", "#7cc7f2"),
    "button": ("#f3f4f5", "#2a2a2a"),
}
# The built book, Colab, JupyterLab and VS Code each say in their own way that they are dark.
DARK = (
    'html[data-theme="dark"], html[theme="dark"], '
    'body[data-jp-theme-light="false"], body.vscode-dark'
)


def light(name):
    """Return a colour as it is in light mode."""
    return PROPERTIES[name][0]


def paint(name):
    """Return a colour for CSS or SVG: the page's own, or the light one where there is no page."""
    return f"var(--nn-{name}, {light(name)})"


def css():
    """Return the stylesheet that gives a page its colours, in both modes."""
    modes = {":root": 0, f":is({DARK})": 1}
    rules = []
    for selector, mode in modes.items():
        lines = [f"  --nn-{name}: {colors[mode]};" for name, colors in PROPERTIES.items()]
        rules.append("\n".join([f"{selector} {{", *lines, "}"]))
    return "\n\n".join(rules) + "\n"
