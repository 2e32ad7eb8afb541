"""The pictures of the cards: the files are what the tool draws, small, and follow a page's mode."""

import re
from xml.etree import ElementTree

import pytest
from prose import ROOT

from tools import cards

pytestmark = pytest.mark.usefixtures("closed_figures")
FILES = sorted(cards.FOLDER.glob("*.svg"))
TEXTS = {file.stem: file.read_text(encoding="utf-8") for file in FILES}
PROPERTY = re.compile(r"var\(--nn-[\w-]+, (?:[^()]|\([^()]*\))*\)")
FIXED = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgb\(|(?<=: )(?:black|white)")


def fixed_colors(svg):
    """Return the colours of a picture that a page can't change."""
    return FIXED.findall(PROPERTY.sub("", re.sub(r"url\(#[^)]*\)|href=\"#[^\"]*\"", "", svg)))


@pytest.mark.parametrize("name", cards.PICTURES)
def test_the_file_is_what_the_tool_draws(name):
    assert TEXTS[name] == cards.picture(name)


def test_every_card_of_the_landing_page_has_a_picture_and_no_other():
    listed = re.findall(
        r"^- \[.*\]\(notebooks/(\w+)\.\w+\)$", (ROOT / "index.md").read_text(), re.M
    )
    assert list(cards.PICTURES) == listed
    assert sorted(TEXTS) == sorted(listed)


def test_pictures_are_small():
    sizes = {name: len(text.encode()) for name, text in TEXTS.items()}
    assert max(sizes.values()) <= 15_000
    assert sum(sizes.values()) <= 60_000


def test_a_picture_has_no_words_for_a_screen_reader_and_fits_any_place():
    for name, text in TEXTS.items():
        root = ElementTree.fromstring(text)
        assert root.get("aria-hidden") == "true", name
        assert {"role", "aria-label", "width", "height"}.isdisjoint(root.keys()), name
        assert root.get("viewBox"), name


def test_a_page_gives_every_colour():
    found = {name: fixed_colors(text) for name, text in TEXTS.items()}
    assert {name: colors for name, colors in found.items() if colors} == {}


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("fill: #0072b2", ["#0072b2"]),
        ("fill: var(--nn-class-0, #0072b2); stroke: rgb(1, 2, 3)", ["rgb("]),
        ("fill: var(--nn-region-0, rgb(1, 2, 3)); clip-path: url(#abc)", []),
    ],
)
def test_a_fixed_colour_is_found(style, found):
    assert fixed_colors(f'<path style="{style}"/>') == found


def test_pictures_can_stand_on_one_page():
    ids = [each for text in TEXTS.values() for each in re.findall(r' id="([^"]*)"', text)]
    assert ids
    assert len(set(ids)) == len(ids)


def test_the_command_writes_all_pictures(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(cards, "PICTURES", {"1_5_speed": cards.draw_bits})
    cards.main(tmp_path / "cards")
    assert (tmp_path / "cards" / "1_5_speed.svg").read_text() == TEXTS["1_5_speed"]
    assert capsys.readouterr().out.startswith("1_5_speed.svg: ")
