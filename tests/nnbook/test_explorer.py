"""Explorers: the right controls, the newest picture, and a figure where there is no kernel."""

import asyncio
import json
import re
from html import unescape

import numpy as np
import pytest

from nnbook.drawing.plots import plot_loss
from nnbook.explorer import explore
from nnbook.explorer.controls import Control

pytestmark = pytest.mark.usefixtures("closed_figures")
LIVE = "application/vnd.jupyter.widget-view+json"


def draw_curve(epochs):
    return plot_loss(1 / np.arange(1, epochs + 1))


# ---------------------------------------------------------------- controls


@pytest.mark.parametrize(
    ("values", "kind", "start"),
    [
        ([10, 2, 50], "slider", 1),
        ([0.5, 0.1, 1], "slider", 1),
        ([True, False], "checkbox", 1),
        (["SGD", "Adam"], "menu", 0),
        ([(2, 3), (4,)], "menu", 0),
        ([1, "many"], "menu", 0),
        ([7], "menu", 0),
        ([7, 7], "menu", 0),
        ([1.0, float("inf")], "menu", 0),
        ([True, 2], "menu", 0),
        (list(np.array([10, 2, 50])), "slider", 1),
        (list(np.array([0.5, 0.1], dtype=np.float32)), "slider", 1),
        ([np.float64(1.5), 1], "slider", 1),
        (list(np.array([True, False])), "checkbox", 1),
    ],
)
def test_a_control_suits_its_values(values, kind, start):
    described = Control("learning_rate", values).describe()
    assert (described["label"], described["kind"]) == ("learning rate", kind)
    assert described["start"] == start
    assert json.loads(json.dumps(described)) == described


def test_a_short_float_keeps_its_digits():
    assert Control("x", list(np.array([0.1, 1e-7], dtype=np.float32))).values == [0.1, 1e-7]


def test_texts_are_short_and_in_the_order_of_the_control():
    assert Control("rate", [1 / 3, 1e-05]).describe()["texts"] == ["1e-05", "0.3333"]
    assert Control("rule", ["SGD", "Adam"]).describe()["texts"] == ["SGD", "Adam"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([2, 6, 4], [2, 3, 4, 5, 6]),
        ([0.0, 0.2, 0.055], [i / 1000 for i in range(201)]),
        ([-0.5, 7.0], [round(i / 10, 1) for i in range(-5, 71)]),
        ([0.0, 20_000.0], [100.0 * i for i in range(201)]),
    ],
)
def test_a_live_slider_has_round_numbers_between(values, expected):
    assert Control("x", values).numbers() == expected


def test_a_wide_range_of_a_live_slider_is_logarithmic():
    numbers = Control("rate", [0.1, 10.0, 0.7777]).numbers()
    ratios = np.diff(np.log10([number for number in numbers if number != 0.7777]))
    assert (numbers[0], numbers[-1], len(numbers)) == (0.1, 10.0, 42)
    assert 0.7777 in numbers
    np.testing.assert_allclose(ratios, 1 / 20, atol=2e-3)


def test_many_whole_numbers_are_thinned_out():
    numbers = Control("n", [1, 100_000, 7]).numbers()
    assert {1, 7, 100_000} <= set(numbers)
    assert 100 < len(numbers) < 600
    assert all(isinstance(number, int) for number in numbers)


def test_a_live_control_says_what_can_be_typed():
    described = Control("n", [5, 1, 3]).describe(live=True)
    assert described["range"] == {"low": 1, "high": 5, "whole": True}
    assert (described["numbers"], described["start"]) == ([1, 2, 3, 4, 5], 4)
    assert "range" not in Control("rule", ["SGD", "Adam"]).describe(live=True)


def test_what_the_script_chose_is_what_the_drawing_gets():
    whole, real, rule = (
        Control("n", [5, 1]),
        Control("x", [0.5, 1]),
        Control("rule", [None, max]),
    )
    assert repr([whole.value(3.0), real.value(1)]) == "[3, 1.0]"
    assert rule.value(1) is max
    assert [control.value(control.first) for control in (whole, real, rule)] == [5, 0.5, None]
    with pytest.raises(ValueError, match=r"x must be from 0.5 to 1; got 1.5"):
        real.value(1.5)


def test_the_drawing_never_gets_a_numpy_number():
    kinds = []
    explorer = explore(lambda n: kinds.append(type(n)) or "<p></p>", n=np.arange(1, 3))
    explorer.to_html()
    assert kinds == [int, int]


# ---------------------------------------------------------------- live


@pytest.fixture
def live():
    """Return a function that makes a live explorer; its `sent` collect what it answers."""

    def live(draw, **controls):
        widget = explore(draw, **controls).to_widget()
        widget.sent = []
        widget.send = widget.sent.append
        return widget

    return live


def ask(widget, number, **values):
    widget._asked(widget, {"number": number, "values": values}, [])


def test_a_reader_can_choose_values_that_are_not_listed(live):
    widget = live(lambda size, rate: f"<p>{size}, {rate:g}</p>", size=[2, 10, 50], rate=[0.1, 1.0])
    first = {"type": "picture", "number": 0, "html": "<p>2, 0.1</p>"}
    assert widget.settings["first"] == first
    ask(widget, 1, size=7, rate=0.25)
    assert widget.sent == [{"type": "picture", "number": 1, "html": "<p>7, 0.25</p>"}]


def test_only_the_newest_of_many_requests_is_drawn(live):
    drawn, news = [], asyncio.Event()

    def draw(size):
        drawn.append(size)
        news.set()
        return f"<p>{size}</p>"

    widget = live(draw, size=[1, 100])

    async def read():
        for number, size in enumerate((20, 30, 40), start=1):
            ask(widget, number, size=size)
        news.clear()
        await asyncio.wait_for(news.wait(), timeout=10)
        ask(widget, 4, size=50)
        ask(widget, 5, size=60)
        news.clear()
        await asyncio.wait_for(news.wait(), timeout=10)

    asyncio.run(read())
    assert drawn == [1, 40, 60]
    assert [answer["number"] for answer in widget.sent] == [3, 5]
    assert widget.sent[-1]["html"] == "<p>60</p>"


def test_an_error_is_told_as_text_and_goes_away(live):
    def draw(rows):
        if not rows:
            raise ValueError("<b>no</b> rows & no picture")
        return f"<p>{np.ones((rows, 2)) @ np.ones(2)}</p>"

    widget = live(draw, rows=[1, 0, 5])
    ask(widget, 1, rows=0)
    ask(widget, 2, rows=2)
    message = "ValueError: <b>no</b> rows & no picture"  # the script shows it as text
    assert widget.sent[0] == {"type": "error", "number": 1, "message": message}
    assert widget.sent[1]["html"] == "<p>[2. 2.]</p>"


def test_an_interrupted_drawing_is_told(live):
    def draw(rows):
        if rows:
            raise KeyboardInterrupt
        return "<p></p>"

    widget = live(draw, rows=[0, 1])
    ask(widget, 1, rows=1)
    assert widget.sent == [{"type": "error", "number": 1, "message": "KeyboardInterrupt"}]


def test_an_explorer_whose_first_picture_fails_says_so():
    first = explore(lambda x: 1 / x, x=[0, 1]).to_widget().settings["first"]
    assert first == {
        "type": "error",
        "number": 0,
        "message": "ZeroDivisionError: division by zero",
    }


def test_a_request_for_what_is_not_there_is_told(live):
    widget = live(lambda rule: f"<p>{rule}</p>", rule=["SGD", "Adam"])
    ask(widget, 1, rule=2)
    assert widget.sent[0]["message"] == "IndexError: list index out of range"


def test_a_live_caption_is_handed_over_as_text():
    widget = explore(lambda a: "<p></p>", caption="Loss < 1 & falling", a=[1, 2]).to_widget()
    assert widget.settings["caption"] == "Loss < 1 & falling"
    assert json.loads(json.dumps(widget.settings)) == widget.settings


def test_a_kernel_gets_the_live_controls(monkeypatch):
    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS", raising=False)
    bundle = explore(lambda size: "<p></p>", size=[1, 2])._repr_mimebundle_()
    assert bundle["text/plain"] == "explore(size)"
    assert LIVE in bundle
    assert "text/html" not in bundle


def test_a_kernel_never_draws_ahead(monkeypatch):
    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS", raising=False)
    drawn = []
    draw = lambda a, b: drawn.append((a, b)) or "<p></p>"  # noqa: E731
    explore(draw, a=[1, 2, 3], b=[0.1, 0.2])._repr_mimebundle_()
    assert drawn == [(1, 0.1)]


# ---------------------------------------------------------------- stored


def test_a_stored_output_is_a_figure_and_no_widget(monkeypatch):
    monkeypatch.setenv("NNBOOK_STORE_OUTPUTS", "1")
    bundle = explore(draw_curve, caption="Loss < 1 & falling", epochs=[5, 10])._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    html = bundle["text/html"]
    assert html.startswith("<figure")
    assert html.endswith("</figure>")
    assert "<figcaption>Loss &lt; 1 &amp; falling</figcaption>" in html
    assert 0 < html.index('<img class="nn-still"') < html.index("<figcaption>")
    assert "<svg" not in html.split("<script")[0]
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", html)  # nothing is fetched


def test_stored_outputs_repeat_to_the_byte(monkeypatch):
    monkeypatch.setenv("NNBOOK_STORE_OUTPUTS", "1")
    bundles = [explore(draw_curve, epochs=[5, 10])._repr_mimebundle_() for _ in range(2)]
    assert bundles[0] == bundles[1]


def test_a_stored_explorer_holds_every_picture_once():
    html = explore(lambda a, b: f"<p>{a}{b}</p>", a=[3, 1], b=["</x>", "y"]).to_html()
    (stored,) = re.findall(r"<script[^>]*>(.*?)</script>", html)
    assert json.loads(stored) == ["<p>1</x></p>", "<p>1y</p>", "<p>3</x></p>", "<p>3y</p>"]
    settings = json.loads(unescape(re.search(r'data-nn-settings="([^"]*)"', html)[1]))
    slider, menu = settings["controls"]
    assert (slider["kind"], slider["texts"], slider["start"]) == ("slider", ["1", "3"], 1)
    assert (menu["kind"], menu["texts"], menu["start"]) == ("menu", ["</x>", "y"], 0)
    assert '<div class="nn-picture"><p>3</x></p></div>' in html


# ---------------------------------------------------------------- errors


def test_explore_needs_a_function_and_a_control():
    with pytest.raises(TypeError, match="draw must be a function; got 'picture'"):
        explore("picture", size=[1])
    with pytest.raises(ValueError, match="explore needs at least one control, for example size="):
        explore(draw_curve)


@pytest.mark.parametrize("wrong", [[], (), "SGD", 3])
def test_a_control_needs_a_list_of_values(wrong):
    message = f"epochs must be a sequence of at least one value; got {re.escape(repr(wrong))}"
    with pytest.raises(ValueError, match=message):
        explore(draw_curve, epochs=wrong)
