"""The quizzes in a browser: answered by keyboard, kept by the address, readable in the dark."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from contrast import CONTRAST

from nnbook import palette
from nnbook.quiz import Quiz
from nnbook.sphinx import widget_pages
from nnbook.widget.live import module_source

ROOT = Path(__file__).parents[2]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
PAGE = """<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<link rel="stylesheet" href="widgets.css"><script defer src="widgets.js"></script></head>
<body><a href="#end">before</a>{body}<a id="end" href="#">after</a></body></html>"""


def pages_with_quizzes():
    """Return the built pages with a quiz, each with its chapter."""
    found = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["id"] == "quiz":
                chapter = "".join(cell["source"]).split('"')[1]
                found.append((f"notebooks/{path.stem}.html", chapter))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write a page with the quiz of chapter 1.1 and nothing else, in both languages."""
    folder = tmp_path_factory.mktemp("quiz")
    config = SimpleNamespace()
    script = widget_pages.page_script(config, ROOT, ["quiz"])
    (folder / "widgets.js").write_text(script, encoding="utf-8")
    style = (ROOT / "nnbook" / "widget" / "widgets.css").read_text(encoding="utf-8")
    (folder / "widgets.css").write_text(palette.css() + style, encoding="utf-8")
    for language in ("en", "ko"):
        text = PAGE.format(language=language, body=Quiz("1.1").to_html())
        (folder / f"{language}.html").write_text(text, encoding="utf-8")
    return folder


def right_answer(question):
    """Return what a reader types, or the place of the right option."""
    if question.kind == "choice":
        return [option.right for option in question.options].index(True)
    return str(question.answer)


def answer_all(page, questions):
    """Answer every question rightly with nothing but the keyboard."""
    for question in questions:
        page.keyboard.press("Tab")
        answer = right_answer(question)
        if question.kind == "choice":
            page.keyboard.press("Space")
            for _ in range(answer):
                page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type(answer)
        page.keyboard.press("Tab")  # the button Check
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent") in ("Check", "확인")
        page.keyboard.press("Tab")  # the button Try again


def verdicts(page):
    return [
        each.get_attribute("data-nn-verdict")
        for each in page.locator("[data-nn-quiz] [data-nn-question]").all()
    ]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_quiz_is_answered_by_keyboard(open_page, language, viewport):
    page = open_page(f"{language}.html", viewport=viewport)
    questions = Quiz("1.1").questions
    page.get_by_role("link", name="before").focus()
    answer_all(page, questions)
    assert verdicts(page) == ["right"] * len(questions)
    count = len(questions)
    tally = {"en": f"{count} of {count} right", "ko": f"{count}문제 중 {count}문제 정답"}
    assert page.locator(".nn-tally").text_content() == tally[language]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the button Start again
    assert verdicts(page) == ["open"] * len(questions)
    assert page.evaluate("document.activeElement.closest('[data-nn-quiz]') !== null")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "end"
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.faults == []


def test_the_keyboard_is_never_lost(open_page):
    page = open_page("en.html")
    first, second = page.locator("[data-nn-question]").all()[:2]
    first.locator("input").fill("1")
    second.locator("input").first.check()
    for question in (first, second):
        question.get_by_role("button", name="Check").press("Enter")
        question.get_by_role("button", name="Try again").press("Enter")
        assert question.locator("input").first.evaluate("each => each === document.activeElement")
        assert not question.get_by_role("button", name="Try again").is_visible()


def test_a_double_click_is_one_click(open_page):
    page = open_page("en.html")
    question = page.locator("[data-nn-question]").first
    question.locator("input").fill("12x5")
    question.get_by_role("button", name="Check").dblclick()
    assert question.get_attribute("data-nn-verdict") == "right"
    assert page.locator(".nn-tally").text_content().startswith("1 of")


def test_the_address_keeps_what_was_answered(open_page):
    page = open_page("en.html")
    ids = [question.id for question in Quiz("1.1").questions[:2]]
    page.locator("[data-nn-question] input").first.fill("(1, 12, 5)")
    page.keyboard.press("Enter")
    second = page.locator("[data-nn-question]").nth(1)
    second.locator("input").last.check()
    second.get_by_role("button", name="Check").click()
    before = verdicts(page)
    assert before[:3] == ["wrong", "wrong", "open"]
    assert page.url.endswith(f"?w1.{ids[0]}=%281%2C+12%2C+5%29&w1.{ids[1]}=2")
    page.reload()
    page.locator("[data-nn-quiz]").wait_for()
    assert verdicts(page) == before
    assert page.locator("[data-nn-question] input").first.input_value() == "(1, 12, 5)"
    page.get_by_role("button", name="Start again").click()
    assert "?" not in page.url


def test_a_quiz_in_a_notebook_is_the_same(open_page):
    """What anywidget would do: import the module, give it a model and an element."""
    page = open_page("en.html")
    page.evaluate(
        """async ([source, settings]) => {
            const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
            const { default: widget } = await import(url);
            const el = document.body.appendChild(document.createElement("div"));
            el.id = "live";
            widget.render({ model: { get: (name) => ({ settings })[name], set() {} }, el });
        }""",
        [module_source("quiz"), Quiz("1.1").to_widget().settings],
    )
    live, built = page.locator("#live"), page.locator("figure [data-nn-quiz]")
    assert live.text_content() == built.text_content()
    live.locator("input").first.fill("12,5")
    live.get_by_role("button", name="Check").first.click()
    assert live.locator(".nn-tally").text_content().startswith("1 of")
    assert built.locator(".nn-tally").text_content().startswith("0 of")
    assert page.faults == []


def test_without_a_script_the_answers_are_folded_away(open_page):
    page = open_page("en.html", java_script_enabled=False)
    questions = Quiz("1.1").questions
    assert page.locator("ol.nn-questions > li").count() == len(questions)
    assert page.locator("input, button").count() == 0
    why = page.get_by_text(questions[0].why)
    assert not why.is_visible()
    page.locator("summary").first.click()
    assert why.is_visible()


# ---------------------------------------------------------------- the built book


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(("name", "chapter"), pages_with_quizzes())
def test_every_quiz_of_the_book_can_be_answered(visit, name, chapter, viewport):
    page = visit(name, viewport=viewport)
    questions = Quiz(chapter).questions
    page.locator(f'.cell[data-nn-cell="quiz"] [data-nn-quiz="{chapter}"]').wait_for()
    page.locator("[data-nn-question] input").first.focus()
    page.keyboard.press("Shift+Tab")
    answer_all(page, questions)
    assert verdicts(page) == ["right"] * len(questions)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.faults == []


@pytest.mark.parametrize("name", [name for name, _ in pages_with_quizzes()][:1])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_verdict_is_readable_and_no_phone_zooms(visit, name, scheme):
    page = visit(name, viewport=PHONE, color_scheme=scheme)
    page.locator("[data-nn-quiz] input[type=text]").first.wait_for()
    sizes = page.locator("[data-nn-quiz] input[type=text]").evaluate_all(
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= 16
    for verdict in ("open", "right", "wrong"):
        page.locator("[data-nn-question]").first.evaluate(
            "(each, verdict) => { each.dataset.nnVerdict = verdict; }", verdict
        )
        for part in ("legend", "legend code", "label"):
            assert page.evaluate(CONTRAST, f"[data-nn-question] {part}") >= 4.5, (verdict, part)
