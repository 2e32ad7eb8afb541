"""Explorers: the right controls, the newest picture, and a figure where there is no kernel."""

import asyncio
import json
import re
from html import unescape

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest

from nnbook.drawing.plots import plot_loss
from nnbook.drawing.svg import render
from nnbook.explorer import explore
from nnbook.explorer.controls import make_control

pytestmark = pytest.mark.usefixtures("closed_figures")
LIVE = "application/vnd.jupyter.widget-view+json"


def live_parts(widget):
    """Return the controls and the picture of a live explorer."""
    *controls, picture, _ = widget.children
    return controls, picture


# ---------------------------------------------------------------- controls


@pytest.mark.parametrize(
    ("values", "kind", "settings"),
    [
        ([10, 2, 50], ipywidgets.IntSlider, {"min": 2, "max": 50, "value": 10}),
        ([0.5, 0.1, 1.0], ipywidgets.FloatSlider, {"min": 0.1, "max": 1.0, "value": 0.5}),
        ([0.1, 0.01, 1.0], ipywidgets.FloatLogSlider, {"min": -2, "max": 0, "value": 0.1}),
        ([0.0, 1.0], ipywidgets.FloatSlider, {"min": 0, "max": 1}),
        ([-1.0, 100.0], ipywidgets.FloatSlider, {"min": -1, "max": 100}),
        ([True, False], ipywidgets.Checkbox, {"value": True}),
        (["SGD", "Adam"], ipywidgets.Dropdown, {"value": "SGD"}),
        ([(2, 3), (4,)], ipywidgets.Dropdown, {"value": (2, 3)}),
        ([7], ipywidgets.Dropdown, {"value": 7}),
        ([1, "many"], ipywidgets.Dropdown, {"value": 1}),
    ],
)
def test_a_control_suits_its_values(values, kind, settings):
    control = make_control("learning_rate", values)
    assert type(control) is kind
    assert control.description == "learning rate"
    assert {name: getattr(control, name) for name in settings} == settings


# ---------------------------------------------------------------- live


def test_a_reader_can_choose_values_that_are_not_listed():
    explorer = explore(
        lambda size, rate: f"<p>{size}, {rate:g}</p>", size=[2, 10, 50], rate=[0.1, 1.0]
    )
    assert explorer.frame(size=7, rate=0.25) == "<p>7, 0.25</p>"
    (size, rate), picture = live_parts(explorer.to_widget())
    assert picture.value == "<p>2, 0.1</p>"
    size.value = 7
    rate.value = 0.25
    assert picture.value == "<p>7, 0.25</p>"


def test_only_the_newest_of_many_requests_is_drawn():
    drawn, news = [], asyncio.Event()

    def draw(size):
        drawn.append(size)
        news.set()
        return f"<p>{size}</p>"

    (size,), picture = live_parts(explore(draw, size=[1, 100]).to_widget())

    async def move(*values):
        news.clear()
        for value in values:
            size.value = value
        assert picture.value != f"<p>{values[-1]}</p>"  # not yet: more may be on its way
        await asyncio.wait_for(news.wait(), timeout=10)

    async def read():
        await move(20, 30, 40)
        assert (drawn, picture.value) == ([1, 40], "<p>40</p>")
        await move(50, 60)

    asyncio.run(read())
    assert (drawn, picture.value) == ([1, 40, 60], "<p>60</p>")


def test_an_error_is_shown_beside_the_controls_and_goes_away():
    def draw(rows):
        return f"<p>{np.ones((rows, 2)) @ np.ones(2)}</p>" if rows else f"<p>{1 / rows}</p>"

    (rows,), picture = live_parts(explore(draw, rows=[1, 0, 5]).to_widget())
    rows.value = 0
    assert picture.value == '<p role="alert">ZeroDivisionError: division by zero</p>'
    rows.value = 2
    assert picture.value == "<p>[2. 2.]</p>"


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


def draw_curve(epochs):
    return plot_loss(1 / np.arange(1, epochs + 1))


def test_a_stored_output_is_a_figure_and_no_widget(monkeypatch):
    monkeypatch.setenv("NNBOOK_STORE_OUTPUTS", "1")
    bundle = explore(draw_curve, caption="Loss < 1 & falling", epochs=[5, 10])._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    html = bundle["text/html"]
    assert html.startswith("<figure")
    assert html.endswith("</figure>")
    assert "<figcaption>Loss &lt; 1 &amp; falling</figcaption>" in html
    assert 0 < html.index("<svg") < html.index("<figcaption>")
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", html)  # nothing is fetched


def test_stored_outputs_repeat_to_the_byte(monkeypatch):
    monkeypatch.setenv("NNBOOK_STORE_OUTPUTS", "1")
    bundles = [explore(draw_curve, epochs=[5, 10])._repr_mimebundle_() for _ in range(2)]
    assert bundles[0] == bundles[1]


# ---------------------------------------------------------------- render


def test_pictures_repeat_to_the_byte_and_are_closed():
    first, second = render(draw_curve(5)), render(draw_curve(5).figure)
    assert first.encode() == second.encode()
    assert plt.get_fignums() == []
    assert first != render(draw_curve(6))


def test_a_picture_is_svg_that_keeps_its_text_as_text():
    svg = render(draw_curve(5))
    assert svg.startswith("<svg")
    assert svg.endswith("</svg>")
    assert ">epoch</text>" in svg


def test_a_string_is_shown_as_it_is():
    assert render("<p>7</p>") == "<p>7</p>"


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize("wrong", [None, 7, [1, 2]])
def test_render_says_what_to_return(wrong):
    message = (
        f"draw must return a matplotlib Figure or Axes, or a string; got {type(wrong).__name__}"
    )
    with pytest.raises(TypeError, match=message):
        render(wrong)


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


def test_coordinates_are_rounded_and_words_are_not():
    figure, ax = plt.subplots()
    ax.text(0.123456, 0.5, "16.118096")
    svg = render(figure)
    assert ">16.118096</text>" in svg
    assert not re.search(r"\d\.\d{3}", svg.replace("16.118096", ""))


def test_two_pictures_on_a_page_share_no_id():
    ids = [set(re.findall(r' id="([^"]+)"', render(draw_curve(epochs)))) for epochs in (5, 6)]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_a_stored_explorer_holds_every_picture_once(monkeypatch):
    monkeypatch.setenv("NNBOOK_STORE_OUTPUTS", "1")
    html = explore(lambda a, b: f"<p>{a}{b}</p>", a=[3, 1], b=["</x>", "y"]).to_html()
    (stored,) = re.findall(r"<script[^>]*>(.*?)</script>", html)
    assert json.loads(stored) == ["<p>1</x></p>", "<p>1y</p>", "<p>3</x></p>", "<p>3y</p>"]
    settings = json.loads(unescape(re.search(r'data-nn-settings="([^"]*)"', html)[1]))
    slider, menu = settings["controls"]
    assert (slider["kind"], slider["texts"], slider["start"]) == ("slider", ["1", "3"], 1)
    assert (menu["kind"], menu["texts"], menu["start"]) == ("menu", ["</x>", "y"], 0)
    assert '<div class="nn-picture"><p>3</x></p></div>' in html
