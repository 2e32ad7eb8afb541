"""What a browser has kept: shown on the landing page and at the exercises of a chapter."""

import json
from pathlib import Path

import pytest
from contrast import CONTRAST

ROOT = Path(__file__).parents[2]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
CHAPTER = "notebooks/1_3_4_backpropagation.html"


def editions(page):
    """Return the edition of every exercise by its number, as the landing page knows them."""
    data = page.locator("[data-nn=progress]").get_attribute("data-nn-chapters")
    return {
        number: edition
        for chapter in json.loads(data)
        for number, edition in chapter["exercises"].items()
    }


def keep(page, **verdicts):
    """Write verdicts into the browser's storage as a page would; then show the page anew."""
    page.evaluate(
        """verdicts => {
            for (const [exercise, verdict] of Object.entries(verdicts))
                localStorage.setItem(`nnbook/1/verdict/${exercise}`, JSON.stringify(verdict));
        }""",
        verdicts,
    )
    page.reload()


def verdict(edition, state="right"):
    return {"state": state, "edition": edition}


def some(page):
    """Return two right verdicts, a wrong one, and one on an earlier edition."""
    known = editions(page)
    numbers = [number for number in known if number.startswith("1.3.4-")]
    kept = {number: verdict(known[number]) for number in numbers[:2]}
    kept |= {numbers[2]: verdict(known[numbers[2]], "wrong")}
    return kept | {numbers[3]: verdict("00000000")}


# ---------------------------------------------------------------- the landing page


def test_the_landing_page_shows_what_is_kept(visit):
    page = visit("index.html", viewport=DESKTOP)
    count = len(editions(page))
    line = page.locator("[data-nn=progress] .nn-count")
    assert line.text_content() == f"0 of {count} exercises right"
    keep(page, **some(page))
    assert line.text_content() == f"2 of {count} exercises right"
    assert page.locator("[data-nn=progress]").bounding_box()["y"] < DESKTOP["height"]
    card = page.locator(".nn-card", has=page.get_by_role("link", name="Back-propagation"))
    assert card.locator(".nn-of").text_content() == "2 of 10 exercises"
    bar = card.get_by_role("progressbar")
    assert bar.get_attribute("aria-label") == card.get_by_role("link").text_content()
    assert bar.evaluate("bar => bar.value") == 2
    card.get_by_role("link").click()
    page.wait_for_url(f"**/{CHAPTER}")
    assert page.faults == []


def test_another_tab_is_heard(visit):
    page = visit("index.html")
    other = page.context.new_page()
    other.goto(page.url)
    keep(other, **some(page))
    page.get_by_text("2 of ").first.wait_for()


def test_what_was_solved_in_a_chapter_shows_after_going_back(visit):
    page = visit("index.html")
    kept = some(page)
    page.locator("[data-nn=progress] ~ section a[href*='1_3_4']").first.click()
    page.wait_for_url(f"**/{CHAPTER}")
    keep(page, **kept)
    page.go_back()
    page.locator(".nn-count", has_text="2 of ").wait_for()


def test_it_works_from_a_file(visit, built_book):
    page = visit(f"file://{built_book}/index.html")
    keep(page, **some(page))
    page.locator(".nn-count", has_text="2 of ").wait_for()
    assert page.faults == []


def test_without_a_script_there_is_nothing(visit):
    page = visit("index.html", java_script_enabled=False)
    assert page.locator("[data-nn=progress]").text_content() == ""
    assert page.locator("[data-nn=progress]").bounding_box()["height"] == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_and_can_be_read(visit, scheme):
    page = visit("index.html", viewport=PHONE, color_scheme=scheme, has_touch=True, is_mobile=True)
    keep(page, other={}, **some(page))
    place = page.locator("[data-nn=progress]")
    place.locator("summary").tap()
    place.get_by_role("button", name="Erase").tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = [
        target.text_content()
        for target in place.locator("button:visible, summary, label, input").all()
        if target.bounding_box()["height"] < 44
    ]
    assert small == []
    for part in (".nn-count", ".nn-status", "button", "summary", "p"):
        assert page.evaluate(CONTRAST, f"[data-nn=progress] {part}") >= 4.5, part
    assert page.evaluate(CONTRAST, ".nn-of") >= 4.5


# ---------------------------------------------------------------- export, import, erase


def test_progress_is_moved_with_nothing_but_the_keyboard(visit, tmp_path):
    page = visit("index.html")
    keep(page, **some(page))
    line = page.locator(".nn-count")
    page.locator("[data-nn=progress] summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "neural-network-book.json"
    file = tmp_path / "kept.json"
    download.value.save_as(file)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    for _ in range(2):  # the second Enter is a No
        page.keyboard.press("Enter")
    assert line.text_content().startswith("2 of")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "Yes"
    page.keyboard.press("Enter")
    assert line.text_content().startswith("0 of")
    assert page.evaluate("document.activeElement.textContent") == "Erase"
    assert page.evaluate("localStorage.getItem('nnbook/1/verdict/1.3.4-a')") is None
    for _ in range(2):  # the same file may be chosen again
        page.locator("[data-nn=progress] [role=status]").evaluate(
            "each => { each.innerHTML = ''; }"
        )
        page.get_by_label("Import").set_input_files(file)
        page.get_by_text("Entries taken in: 4.").wait_for()
        assert page.get_by_label("Import").input_value() == ""
    assert line.text_content().startswith("2 of")
    assert page.faults == []


def test_a_closed_storage_is_named(visit):
    page = visit("index.html")
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"
    )
    page.reload()
    page.get_by_text("This browser's storage is closed or full").wait_for()


# ---------------------------------------------------------------- a chapter


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_chapter_marks_its_exercises(visit, viewport):
    page = visit("index.html", viewport=viewport)
    kept = some(page)
    keep(page, **kept)
    page.goto(page.url.replace("index.html", CHAPTER))
    boxes = page.locator("[data-nn-exercise]")
    assert page.locator(".nn-count").text_content() == f"2 of {boxes.count()} exercises right"
    texts = ["✓ right", "✓ right", "✗ not yet right", "○ checked in an earlier edition", ""]
    for number, text in zip([*kept, "1.3.5-a"], texts, strict=True):
        mark = page.locator(f'[data-nn-exercise="{number}"] .rubric .nn-mark')
        assert mark.text_content() == text
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_can_be_read(visit, scheme):
    page = visit("index.html", color_scheme=scheme)
    keep(page, **some(page))
    page.goto(page.url.replace("index.html", CHAPTER))
    for state in ("right", "wrong", "earlier"):
        assert page.evaluate(CONTRAST, f'.nn-mark[data-nn-mark="{state}"]') >= 4.5, state
