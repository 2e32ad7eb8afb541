"""The palette is the only place of colours, and gives both modes the same names."""

import ast
import re
from pathlib import Path

import pytest
from colours import contrast
from matplotlib import colormaps
from matplotlib.colors import CSS4_COLORS

from nnbook import palette

NNBOOK = Path(__file__).parents[2] / "nnbook"
FILES = sorted(
    path
    for path in NNBOOK.rglob("*")
    if path.suffix in (".py", ".js", ".css")
    and path.name != "palette.py"
    and path.parent.name != "vendor"  # other projects' own
)
CODE = re.compile(r"(?<![\w.&])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b", re.IGNORECASE)
FUNCTION = re.compile(r"\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([^)]*\)")
NAME = re.compile(rf"\b(?:color|fill|stroke|background)\b\W+({'|'.join(CSS4_COLORS)})\b(?!-)")


def colours_in(text, suffix):
    """Return the colours that a file names itself, as codes, functions or words."""
    found = CODE.findall(text) + FUNCTION.findall(text) + NAME.findall(text)
    if suffix == ".py":
        constants = [
            node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)
        ]
        found += [value for value in constants if isinstance(value, str) and value in CSS4_COLORS]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(NNBOOK).as_posix())
def test_no_colour_stands_outside_the_palette(path):
    assert colours_in(path.read_text(encoding="utf-8"), path.suffix) == []


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ('COLOR = "#D55E00"', ".py"),
        ('patch(facecolor="white")', ".py"),
        ("STYLE = 'fill: red'", ".py"),
        (".nn-box { fill: #0072b2; }", ".css"),
        (".nn-box { color: #fff }", ".css"),
        (".nn-box { background: white; }", ".css"),
        (".nn-box { background: rgb(0, 114, 178); }", ".css"),
        ("line.style.stroke = 'black';", ".js"),
        ("const colours = ['#0072b2'];", ".js"),
    ],
)
def test_colours_are_found(text, suffix):
    assert colours_in(text, suffix)


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("class_name = 'nn-lit'  # at #12 of the list", ".py"),
        (".nn-formula { white-space: nowrap; color: inherit; fill: none }", ".css"),
        ("this.#face = 1; page('&#039;');", ".js"),
    ],
)
def test_what_is_no_colour_is_not_found(text, suffix):
    assert colours_in(text, suffix) == []


def test_every_colour_has_both_modes():
    light, dark = palette.css().split("}", 1)
    names = [f"--nn-{name}" for name in palette.PROPERTIES]
    for mode in (light, dark):
        assert re.findall(r"--nn-[\w-]+(?=:)", mode) == names


@pytest.mark.parametrize("name", ["upstream", "local"])
def test_coloured_text_is_readable_in_both_modes(name):
    for colour, paper in zip(palette.PROPERTIES[name], ("#ffffff", "#121212"), strict=True):
        assert contrast(colour, paper) >= 4.5


def test_what_is_drawn_without_a_page_has_a_colour():
    assert palette.paint("grid") == "var(--nn-grid, #e3e3e3)"
    assert palette.paint("grid", "none") == "var(--nn-grid, none)"
    with pytest.raises(KeyError):
        palette.paint("gird")


@pytest.mark.parametrize("colormap", ["cividis", "gray"])
def test_text_is_readable_on_every_colour_of_a_map(colormap):
    for ground in colormaps[colormap](range(256)):
        color = palette.readable_on(ground)
        assert contrast(color, ground[:3]) >= 4.5
        assert color not in palette.THEME  # the ground is the same in both modes
