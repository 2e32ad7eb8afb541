"""The landing page: its opening, its cards, and what stands still while it comes to life."""

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe import violations
from contrast import CONTRAST
from test_progress_pages import DESKTOP, PHONE, editions, keep, verdict

ROOT = Path(__file__).parents[2]
NARROW = {"width": 320, "height": 640}
TABLET = {"width": 820, "height": 1180}
BUTTONS = {
    "Start reading": "/notebooks/1_1_math_and_python.html",
    "Try it": "/notebooks/1_4_spiral.html#the-playground",
    "Run it yourself": "/index.html#run-it-yourself",
}


def alive(page):
    """Wait until the playground and the progress are there."""
    page.locator(".nn-trial .nn-alive canvas").first.wait_for()
    page.locator("[data-nn=progress] .nn-count").wait_for()
    return page


def places(page):
    """Return how far down the page the progress, the headings and the cards stand."""
    return page.locator("[data-nn=progress], h2, .nn-card").evaluate_all(
        "parts => parts.map(each => each.getBoundingClientRect().y + scrollY)"
    )


def solve(page):
    """Keep a right verdict on every exercise of 1.1, and on two of 1.2."""
    known = editions(page)
    one = [each for each in known if each.startswith("1.1.")]
    two = [each for each in known if each.startswith("1.2.")][:2]
    keep(page, **{number: verdict(known[number]) for number in one + two})
    return alive(page)


# ---------------------------------------------------------------- the opening


def test_it_opens_with_a_sentence_buttons_and_a_living_playground(visit):
    page = alive(visit("index.html", viewport=DESKTOP))
    parts = (".bd-article h1", ".nn-lead > p:first-child", ".nn-lead a", ".nn-trial canvas")
    for part in parts:
        box = page.locator(part).first.bounding_box()
        assert 0 <= box["y"] < box["y"] + box["height"] <= DESKTOP["height"], part
    play = page.locator(".nn-trial").get_by_role("button", name="Play")
    assert play.is_enabled()
    assert page.faults == []


@pytest.mark.parametrize(("name", "place"), BUTTONS.items(), ids=BUTTONS)
def test_a_button_leads_to_its_place(visit, name, place):
    page = visit("index.html")
    page.locator(".nn-lead").get_by_role("link", name=name).click()
    page.wait_for_url(re.compile(re.escape(place), re.IGNORECASE))
    anchor = page.evaluate("location.hash.slice(1)")
    if anchor:
        assert page.locator(f"[id='{anchor}']").count() == 1
    page.close()


def test_without_a_script_there_are_still_pictures(visit):
    page = visit("index.html", viewport=PHONE, java_script_enabled=False)
    pictures = page.locator(".nn-trial svg")
    boxes = [pictures.nth(i).bounding_box() for i in range(pictures.count())]
    assert len(boxes) == 3  # the regions, the network, the loss
    assert min(box["width"] for box in boxes) > 150
    assert page.locator(".nn-trial").bounding_box()["height"] < (
        sum(box["height"] for box in boxes) + 80
    )
    assert page.locator(".nn-card").count() == 9


def test_scripts_wait_for_the_page(built_book):
    text = (built_book / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script[^>]*src=\"_static/nnbook[^>]*>", text)
    assert len(scripts) == 2
    assert [script for script in scripts if "defer" not in script] == []
    assert not (built_book / "_static" / "cards").exists()  # they are in the page


@pytest.mark.parametrize("viewport", [DESKTOP, TABLET, PHONE, NARROW], ids=lambda v: v["width"])
def test_nothing_moves_when_it_comes_to_life(visit, viewport):
    page = alive(visit("index.html", viewport=viewport))
    after = places(page)
    page.route(re.compile(r"/_static/nnbook/[\w-]+\.js"), lambda route: route.abort())
    page.reload()
    assert page.locator(".nn-alive, .nn-count").count() == 0
    moved = [abs(a - b) for a, b in zip(places(page), after, strict=True)]
    assert max(moved) <= 12


# ---------------------------------------------------------------- cards


def test_there_is_a_card_for_each_chapter_with_a_picture_of_one_size(visit):
    page = visit("index.html", viewport=DESKTOP)
    toc = re.findall(r"file: (notebooks/1_\w+)", (ROOT / "_toc.yml").read_text())
    cards = page.locator(".nn-card")
    links = cards.locator("a").evaluate_all("links => links.map(each => each.pathname)")
    assert links == [f"/{name}.html" for name in toc]
    sizes = cards.locator(".nn-card-picture").evaluate_all(
        "all => all.map(({ clientWidth, clientHeight }) => `${clientWidth} ${clientHeight}`)"
    )
    assert len(set(sizes)) == 1
    heights = [round(card.bounding_box()["height"]) for card in cards.all()]
    assert all(len(set(heights[i : i + 3])) == 1 for i in (0, 3, 6))
    assert page.locator(".nn-card svg:not([aria-hidden=true])").count() == 0


def test_all_of_a_card_can_be_pressed(visit):
    page = visit("index.html", viewport=DESKTOP)
    for place in ("svg", ".nn-card-question", ".nn-progress-of"):
        part = page.locator(".nn-card").nth(1).locator(place)
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_url("**/notebooks/1_2_inference.html", wait_until="commit")
        page.go_back()


def test_the_keyboard_stops_once_at_each_card_and_shows_where_it_is(visit):
    page = visit("index.html", viewport=DESKTOP)
    cards = page.locator(".nn-card")
    for number in range(cards.count()):
        if number:
            page.keyboard.press("Tab")
        else:
            page.locator("[data-nn=progress] summary").focus()
            page.keyboard.press("Tab")
        card = cards.nth(number)
        assert card.evaluate("each => each.contains(document.activeElement)")
        assert card.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "glossary"


def test_a_card_tells_what_was_solved(visit):
    page = alive(visit("index.html", viewport=DESKTOP))
    cards = page.locator(".nn-card")
    words = cards.locator(".nn-of").all_text_contents()
    assert words == [f"0 of {n} exercises" for n in (11, 11, 6, 10, 4, 9, 6, 10)]
    solve(page)
    words = cards.locator(".nn-of").all_text_contents()[:3]
    assert words == ["11 of 11 exercises", "2 of 11 exercises", "0 of 6 exercises"]
    bars = cards.locator("progress").evaluate_all("all => all.map(each => each.position)")
    assert [round(each, 3) for each in bars] == [1, round(2 / 11, 3), 0, 0, 0, 0, 0, 0]
    assert cards.nth(2).locator("[data-nn-progress]").count() == 0  # 1.3 has no exercises


# ---------------------------------------------------------------- what the page says


def test_the_number_of_exercises_is_right(built_book):
    text = (built_book / "index.html").read_text(encoding="utf-8")
    data = re.search(r'data-nn-chapters="([^"]*)"', text)[1].replace("&quot;", '"')
    count = sum(len(chapter["exercises"]) for chapter in json.loads(data))
    assert re.findall(r"All (\d+) exercises", text) == [str(count)]


def test_each_feature_leads_to_what_it_promises(visit):
    page = visit("index.html", viewport=DESKTOP)
    found = {
        "Run chapter 1.1": "[data-nn=start]",
        "The first exercise": "[data-nn-exercise='1.1.1-a']",
        "Open the stepper": "figure[data-nn-widget=stepper]",
        "Open the playground": "figure[data-nn-widget=playground]",
    }
    links = page.locator(".nn-features a")
    assert links.all_text_contents() == list(found)
    for name, address in zip(
        found, links.evaluate_all("all => all.map(each => each.href)"), strict=True
    ):
        page.goto(address)
        page.locator(found[name]).first.wait_for()
        anchor = unquote(urlsplit(address).fragment)
        assert page.locator(f"[id='{anchor}']").count() == bool(anchor)


# ---------------------------------------------------------------- fits, and can be read by all


@pytest.mark.parametrize("viewport", [PHONE, NARROW], ids=lambda viewport: viewport["width"])
def test_it_fits_a_phone(visit, viewport):
    page = alive(visit("index.html", viewport=viewport, has_touch=True, is_mobile=True))
    solve(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    wide = page.locator(".bd-article *:not(svg *)").evaluate_all(
        "(all, width) => all.filter(each => each.getBoundingClientRect().right > width + 1)"
        ".map(each => each.className || each.tagName)",
        viewport["width"],
    )
    assert wide == []
    buttons = page.locator(".nn-lead a").all()
    assert [link for link in buttons if link.bounding_box()["height"] < 44] == []


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_axe_finds_nothing(visit, viewport, scheme):
    page = alive(visit("index.html", viewport=viewport, color_scheme=scheme))
    solve(page)
    page.locator("[data-nn=progress] summary").click()
    assert violations(page, ".bd-article") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out(visit, scheme):
    page = alive(visit("index.html", viewport=DESKTOP, color_scheme=scheme))
    parts = [".nn-lead a:nth-of-type(1)", ".nn-lead a:nth-of-type(2)", ".nn-card-title a"]
    for part in [*parts, ".nn-card-question", ".nn-of", ".nn-features a", ".nn-features li"]:
        assert page.evaluate(CONTRAST, part) >= 4.5, part


def test_pictures_follow_the_dark_mode(visit):
    colours = []
    for scheme in ("light", "dark"):
        page = visit("index.html", color_scheme=scheme)
        curve = page.locator(".nn-card").nth(2).locator("path[style*=class-0]").first
        colours.append(curve.evaluate("each => getComputedStyle(each).stroke"))
    assert colours == ["rgb(0, 114, 178)", "rgb(86, 180, 233)"]
