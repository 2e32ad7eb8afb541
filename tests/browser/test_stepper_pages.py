"""Every graph stepper in a browser, by keyboard to its end and back, in both languages."""

import json
import re
from itertools import chain, pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from playwright.sync_api import expect

from nnbook import palette
from nnbook.sphinx import widget_pages
from nnbook.stepper import GraphStepper
from nnbook.widget.live import module_source
from nnlib import Affine, ReLU, Sequential, Sigmoid, SoftmaxWithLoss
from nnlib.graph import Graph
from nnlib.nodes import Add, Branch, MatMul, Multiply, Repeat

ROOT = Path(__file__).parents[2]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
PAGE = """<!DOCTYPE html><html lang="{language}"{theme}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<link rel="stylesheet" href="widgets.css"><script defer src="widgets.js"></script></head>
<body>{body}</body></html>"""


def multiply():
    graph = Graph()
    graph.apply(Multiply(), graph.input("x"), graph.input("y"), name="z")
    return GraphStepper(graph, x=2.0, y=3.0, dout=10.0, caption="A multiplication swaps.")


def branch():
    graph = Graph()
    one, two = graph.apply(Branch(), graph.input("x"), name="x")
    graph.apply(Multiply(), one, two, name="z")
    return GraphStepper(graph, x=np.array([[1.0, 2.0], [-3.0, 0.5]]), dout=np.ones((2, 2)))


def affine():
    graph = Graph()
    product = graph.apply(MatMul(), graph.input("x"), graph.input("W"), name="xW")
    graph.apply(Add(), product, graph.apply(Repeat(3), graph.input("b"), name="B"), name="y")
    rng = np.random.default_rng(2)
    x, W, b, dy = (rng.standard_normal(shape) for shape in [(3, 2), (2, 4), (4,), (3, 4)])
    return GraphStepper(graph, x=x, W=W, b=b, dout=dy)


def network(activation, samples, hidden, direction="down"):
    rng = np.random.default_rng(3)
    first = Affine(rng.standard_normal((2, hidden)), np.zeros(hidden))
    second = Affine(rng.standard_normal((hidden, 3)), np.zeros(3))
    model = Sequential([first, activation, second], SoftmaxWithLoss())
    x, t = rng.standard_normal((samples, 2)), np.arange(samples) % 3
    return GraphStepper(model, x=x, t=t, direction=direction)


@pytest.fixture(scope="module")
def steppers():
    return [multiply(), branch(), affine(), network(Sigmoid(), 3, 4),
            network(ReLU(), 30, 10, direction="right")]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory, steppers):
    """Write pages with nothing but steppers, with the script and style of the book."""
    folder = tmp_path_factory.mktemp("steppers")
    source = ROOT / "nnbook"
    config = SimpleNamespace()
    script = widget_pages.page_script(config, ROOT, ["stepper"])
    (folder / "widgets.js").write_text(script, encoding="utf-8")
    style = (source / "widget" / "widgets.css").read_text(encoding="utf-8")
    (folder / "widgets.css").write_text(palette.css() + style, encoding="utf-8")
    body = "".join(stepper.to_html() for stepper in steppers)
    for language in ("en", "ko"):
        text = PAGE.format(language=language, theme="", body=body)
        (folder / f"{language}.html").write_text(text, encoding="utf-8")
    dark = PAGE.format(language="en", theme=' data-theme="dark"', body=body)
    (folder / "dark.html").write_text(dark, encoding="utf-8")
    return folder


def slider_of(figure):
    figure.scroll_into_view_if_needed()
    slider = figure.locator('input[type="range"]')
    slider.wait_for()
    return slider


def said(figure):
    """Return all that is said about a step."""
    return figure.locator(".nn-text").text_content().replace("\u00a0", " ")


def lit(figure):
    nodes = figure.locator(".nn-node.nn-on").all()
    return [int(node.get_attribute("data-nn-node")) for node in nodes]


def walk(page, figure):
    """Step to the end and back by keyboard; return what was said at each step, both ways."""
    slider = slider_of(figure)
    slider.press("Home")  # this also gives it the keyboard
    last = int(slider.get_attribute("max"))
    text = figure.locator(".nn-text").element_handle()

    def steps(key):
        found = [text.text_content()]
        for _ in range(last):
            page.keyboard.press(key)
            found.append(text.text_content())
        return found

    there = steps("ArrowRight")
    assert slider.input_value() == slider.get_attribute("max")
    back = steps("ArrowLeft")
    assert slider.input_value() == "0"
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    return there, back[::-1]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_steppers_go_to_the_end_and_back(open_page, steppers, language, viewport):
    page = open_page(f"{language}.html", viewport=viewport)
    for i, stepper in enumerate(steppers):
        there, back = walk(page, page.locator("figure").nth(i))
        assert len(there) == len(stepper.frames)
        assert there == back
        assert all(one != other for one, other in pairwise(there))
    assert page.faults == []


def chapter_pages():
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    found = [each for each in notebooks if 'nn-widget=\\"stepper' in each.read_text("utf-8")]
    return [f"notebooks/{each.stem}.html" for each in found]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", chapter_pages())
def test_steppers_of_the_book_go_to_the_end_and_back(visit, name, viewport):
    page = visit(name, viewport=viewport)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    figures = page.locator('figure[data-nn-widget="stepper"]')
    assert figures.count()
    for i in range(figures.count()):
        there, back = walk(page, figures.nth(i))
        assert there == back
        assert all(one != other for one, other in pairwise(there))
    assert page.faults == []


def test_what_is_on_the_page_is_what_the_library_recorded(open_page, steppers):
    page = open_page("en.html")
    for i, stepper in enumerate(steppers):
        figure = page.locator("figure").nth(i)
        slider = slider_of(figure)
        for frame in stepper.frames[1:]:
            slider.press("ArrowRight")
            text = said(figure)
            items = [t for e in frame["equations"] for t in e["terms"] if isinstance(t, dict)]
            arrays = [item["rows"] for item in items if "rows" in item and item["shape"] != "()"]
            shown = figure.locator(".nn-matrix:not(.nn-large)").all_text_contents()
            assert [each.split() for each in shown] == [list(chain(*rows)) for rows in arrays]
            for equation in frame["equations"]:
                assert equation["formula"] in text
                assert f"= {equation['numbers']} = {equation['result']}" in text or (
                    equation["numbers"] == equation["result"]
                )
            for number, line in frame["lines"]:
                assert f"{number} {line}\n" in text
            assert lit(figure) == [frame["node"]]
            for item in frame["reads"] + frame["writes"]:
                assert item["name"] in figure.locator("p[role=status]").text_content()
    assert page.faults == []


def test_any_entry_can_be_worked_out(open_page, steppers):
    page = open_page("en.html")
    figure = page.locator("figure").nth(2)
    slider_of(figure).press("End")
    equation = steppers[2].frames[-1]["equations"][1]
    box = figure.locator(".nn-equation").nth(1)
    result, left, right = box.locator(".nn-matrix").all()

    def check(i, j):
        assert box.locator(".nn-worked").text_content() == (
            f"dW[{i}, {j}] = {equation['worked'][i][j]} = {equation['terms'][0]['rows'][i][j]}"
        )
        used = [each.locator(".nn-used").all_text_contents() for each in (left, right)]
        (x, dout) = (equation["terms"][place]["rows"] for place in (2, 4))
        assert used == [x[i], [row[j] for row in dout]]

    check(0, 1)
    keys = "Down", "Right", "Down", "Up", "Left", "Left"
    places = (1, 1), (1, 2), (1, 2), (0, 2), (0, 1), (0, 0)
    for key, place in zip(keys, places, strict=True):
        result.press(f"Arrow{key}")
        check(*place)
    result.locator(".nn-cell").nth(7).click()
    check(1, 3)
    assert page.faults == []


def test_the_drawing_shows_only_what_is_known(open_page, steppers):
    page = open_page("en.html")
    figure = page.locator("figure").first
    slider = slider_of(figure)
    seen = """figure => [...figure.querySelectorAll("svg text, svg text tspan")].filter(each =>
        getComputedStyle(each).visibility === "visible" && !each.closest(".nn-node"))
        .flatMap(each => [...each.childNodes].filter(n => n.nodeType === 3)
        .map(n => n.textContent.trim()))"""
    assert figure.evaluate(seen) == ["x", "= 2", "y", "= 3", "z"]
    slider.press("ArrowRight")
    assert figure.evaluate(seen) == ["x", "= 2", "y", "= 3", "z", "= 6"]
    slider.press("ArrowRight")
    assert figure.evaluate(seen) == ["x", "= 2", "↑ 30", "y", "= 3", "↑ 20", "z", "= 6", "↑ 10"]
    label = figure.get_by_role("img").get_attribute("aria-label").replace("\u00a0", " ")
    assert label == "×. Backward · Multiply. receives dz = 10; passes on dx = 30, dy = 20"


def test_buttons_work_by_keyboard_and_the_address_keeps_the_step(open_page):
    page = open_page("en.html")
    figure = page.locator("figure").nth(3)
    slider = slider_of(figure)
    press = lambda name: figure.get_by_role("button", name=name, exact=True).press("Enter")  # noqa: E731
    press("Next")
    press("Next")
    assert slider.input_value() == "2"
    assert slider.get_attribute("aria-valuetext") == "2 of 8: Forward · Sigmoid"
    press("Back")
    assert slider.input_value() == "1"
    press("Last step")
    press("Next")
    assert slider.input_value() == "8"
    assert page.url.endswith("?w4.step=8")
    before = said(figure)
    again = open_page(f"en.html{page.url[page.url.index('?') :]}")
    slider_of(again.locator("figure").nth(3))
    assert said(again.locator("figure").nth(3)) == before
    press("First step")
    assert slider.input_value() == "0"
    assert "w4.step" not in page.url
    assert page.faults == again.faults == []


def test_playing_stops_at_the_end(open_page):
    page = open_page("en.html")
    page.clock.install()
    page.reload()
    figure = page.locator("figure").first
    slider = slider_of(figure)
    figure.get_by_role("button", name="Play").click()
    assert slider.input_value() == "1"
    figure.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    assert slider.input_value() == "1"
    figure.get_by_role("button", name="Play").click()
    assert slider.input_value() == "2"
    figure.get_by_role("button", name="Play").click()
    assert slider.input_value() == "0"
    page.clock.run_for(60_000)
    assert slider.input_value() == slider.get_attribute("max") == "2"
    assert figure.get_by_role("button", name="Play").is_visible()


def test_a_node_out_of_sight_comes_into_its_window(open_page):
    page = open_page("en.html", viewport=PHONE)
    figure = page.locator("figure").nth(3)
    slider = slider_of(figure)
    hidden = """figure => {
        const view = figure.querySelector(".nn-view").getBoundingClientRect();
        const node = figure.querySelector(".nn-node.nn-on").getBoundingClientRect();
        return node.top < view.top || node.bottom > view.bottom;
    }"""
    for _ in range(8):
        slider.press("ArrowRight")
        assert not figure.evaluate(hidden)


@pytest.mark.parametrize("name", ["en.html", "dark.html"])
def test_text_is_readable_in_light_and_dark(open_page, name):
    """Names in the colours of the chain rule keep a contrast of at least 4.5 to 1."""
    page = open_page(name)
    figure = page.locator("figure").first
    slider_of(figure).press("End")
    ground = (255, 255, 255) if name == "en.html" else (18, 18, 18)
    for kind in (".nn-upstream", ".nn-local", ".nn-gradient"):
        colour = figure.locator(kind).first.evaluate(
            "each => getComputedStyle(each)[each.closest('svg') ? 'fill' : 'color']"
        )
        rgb = [int(each) for each in re.findall(r"\d+", colour)[:3]]
        assert contrast(rgb, ground) >= 4.5, (kind, colour)


def contrast(one, other):
    def luminance(rgb):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
                  for c in (value / 255 for value in rgb)]  # fmt: skip
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_without_a_script_the_last_picture_is_shown(open_page, steppers):
    page = open_page("en.html", java_script_enabled=False)
    assert page.locator("figure svg").count() == len(steppers)
    assert page.locator("input, button").count() == 0
    first = page.locator("figure").first
    assert first.get_by_text("↑ 30").is_visible()
    assert first.get_by_text("A multiplication swaps.").is_visible()


def test_a_stepper_in_a_notebook_is_the_same(open_page, folder, steppers):
    """What anywidget would do: import the module, give it a model and an element."""
    module = module_source("stepper")  # what a kernel sends
    page = open_page("en.html")
    settings = {"svg": steppers[0].svg(), "frames": steppers[0].frames, "caption": "A caption."}
    page.evaluate(
        """async ([source, settings]) => {
            const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
            const { default: widget } = await import(url);
            const el = document.body.appendChild(document.createElement("div"));
            el.id = "live";
            widget.render({ model: { get: (name) => ({ settings })[name], set() {} }, el });
        }""",
        [module, json.loads(json.dumps(settings))],
    )
    live, built = page.locator("#live"), page.locator("figure").first
    slider_of(built).press("End")
    slider_of(live).press("End")
    assert said(live) == said(built)
    assert live.get_by_text("A caption.").is_visible()
    assert page.faults == []


# ---------------------------------------------------------------- prediction


def shown_from(figure):
    """Return from which steps on the visible parts of the drawing are known."""
    return figure.evaluate(
        """figure => [...figure.querySelectorAll("svg [data-nn-from]")].filter(part => {
            const text = part.querySelector("tspan") ?? part;
            return getComputedStyle(text).visibility === "visible";
        }).map(part => Number(part.dataset.nnFrom))"""
    )


def is_held_back(page, figure, place):
    """Check that a question is open and nothing of its step or of a later one is shown."""
    assert figure.locator('input[type="range"]').input_value() == str(place - 1)
    assert max(shown_from(figure)) <= place - 1
    assert page.evaluate("document.activeElement.closest('.nn-ask') !== null")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


SAID = {
    "en": ("Check", "Write a number", "Not right", "Right: {} = {}.", "{0} of {0} predicted"),
    "ko": (
        "확인",
        "숫자를 적으세요",
        "아직 아닙니다",
        "맞았습니다. {} = {}",
        "{0}개 중 {0}개 예측함",
    ),
}


@pytest.mark.parametrize(
    ("language", "viewport"), [("en", PHONE), ("ko", DESKTOP)], ids=["en-phone", "ko-desktop"]
)
def test_every_gradient_is_predicted_by_keyboard(open_page, steppers, language, viewport):
    page = open_page(f"{language}.html", viewport=viewport)
    check, no_number, wrong, right, tally = SAID[language]
    for i, stepper in enumerate(steppers[:4]):  # the arrays of the last are too large to be asked
        figure = page.locator("figure").nth(i)
        slider_of(figure).press("Home")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        slider_of(figure).press("End")
        said = figure.locator(".nn-prediction > .nn-said")
        asked = [each for each in enumerate(stepper.frames) if each[1]["phase"] == "backward"]
        for place, frame in asked:
            is_held_back(page, figure, place)
            page.keyboard.press("Enter")
            assert no_number in said.text_content()
            page.keyboard.type("-98.75")
            page.keyboard.press("Enter")
            assert wrong in said.text_content()
            is_held_back(page, figure, place)
            equation = frame["equations"][0]
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(equation["result"])
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent") == check
            page.keyboard.press("Enter")
            entry = equation["name"] + (str(equation["place"]) if equation["place"] else "")
            assert said.text_content().endswith(right.format(entry, equation["result"]))
            assert slider_of(figure).input_value() == str(place)
            assert max(shown_from(figure)) == place
            page.keyboard.press("Enter")  # the keyboard is at Next again
        assert figure.locator(".nn-tally").text_content() == tally.format(len(asked))
    assert page.faults == []


def test_large_arrays_are_not_asked_about(open_page):
    page = open_page("en.html")
    figure = page.locator("figure").nth(4)
    assert slider_of(figure).is_visible()
    assert not figure.get_by_role("checkbox").is_visible()


def test_the_address_keeps_prediction_on(open_page):
    page = open_page("en.html?w1.predict=true&w1.step=1")
    figure = page.locator("figure").first
    slider = slider_of(figure)
    assert figure.get_by_role("checkbox", name="Predict").is_checked()
    slider.press("End")
    is_held_back(page, figure, 2)
    field = figure.get_by_label("dx", exact=True)
    assert "What is dx?" in field.evaluate(
        "each => document.getElementById(each.getAttribute('aria-describedby')).textContent"
    )
    figure.get_by_role("button", name="Show").click()
    assert slider.input_value() == "2"
    assert "w1.predict=true" in page.url
    figure.get_by_role("checkbox", name="Predict").uncheck()
    assert "predict" not in page.url
    assert page.faults == []


# ---------------------------------------------------------------- the reader's own numbers


def live(page, stepper):
    """Show a stepper as a notebook does; Python answers in this process."""
    widget = stepper.to_widget()
    answers = []
    widget.send = answers.append
    widget._redraw.soon = widget._redraw.now  # Playwright's loop runs, a kernel's does not

    def ask(request):
        widget._asked(widget, request, [])
        return answers.pop()

    page.expose_function("askPython", ask)
    page.evaluate(
        """async ([source, settings]) => {
            const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
            const { default: widget } = await import(url);
            const el = document.createElement("div");
            document.body.prepend(el);
            el.id = "live";
            let hear;
            widget.render({ el, model: {
                get: (name) => ({ settings })[name],
                set() {},
                on: (event, listener) => { if (event === "msg:custom") hear = listener; },
                send: (request) => window.askPython(request).then((answer) => hear(answer, [])),
            } });
        }""",
        [module_source("stepper"), json.loads(json.dumps(dict(widget.settings)))],
    )
    return page.locator("#live")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_reader_runs_the_graph_on_other_numbers(open_page, language, viewport):
    page = open_page(f"{language}.html", viewport=viewport)
    rng = np.random.default_rng(5)
    graph = Graph()
    graph.apply(MatMul(), graph.input("x"), graph.input("W"), name="y")
    x, W = rng.standard_normal((2, 4)), rng.standard_normal((4, 5))
    figure = live(page, GraphStepper(graph, x=x, W=W, dout=np.ones((2, 5))))
    slider_of(figure).press("End")
    page.keyboard.press("Tab")  # to the checkbox
    page.keyboard.press("Tab")  # to the fold
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "x[0, 1]"
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("7/2")
    page.keyboard.press("Enter")
    x[0, 1] = 3.5
    new = GraphStepper(graph, x=x, W=W, dout=np.ones((2, 5))).frames[-1]["equations"][1]
    (transposed,) = [t for t in new["terms"] if isinstance(t, dict) and t["name"] == "x.T"]
    shown = figure.locator(".nn-equation").nth(1).locator(".nn-matrix").nth(1)
    expect(shown).to_have_text(re.compile(r"\s*".join(map(re.escape, chain(*transposed["rows"])))))
    assert slider_of(figure).input_value() == "2"
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")  # to leave the field is enough
    assert figure.get_by_text("x[0, 1]: ").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.faults == []


def test_what_the_library_refuses_is_told(open_page):
    page = open_page("en.html")
    figure = live(page, network(Sigmoid(), 3, 4))
    slider_of(figure)
    figure.locator("summary").click()
    before = said(figure)
    figure.get_by_label("t[1]").fill("8")
    figure.get_by_label("t[1]").press("Enter")
    message = "t must hold labels from 0 to 2 for 3 classes; got labels from 0 to 8"
    expect(figure.locator(".nn-inputs .nn-status")).to_contain_text(message)
    assert said(figure) == before
    figure.get_by_label("t[1]").fill("2")
    figure.get_by_label("t[1]").press("Enter")
    expect(figure.locator(".nn-inputs .nn-status")).to_be_empty()
    expect(figure.locator(".nn-explanation")).to_contain_text("0 2 2")
    assert page.faults == []
