"""Widgets in the built book: every control works by keyboard, and what is drawn is nnlib's."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from pictures import keys_for, picture_changes

from nnbook.explorer import explore
from nnbook.sphinx import widget_pages

ROOT = Path(__file__).parents[2]
SPIRAL = "notebooks/1_4_spiral.html"


def pages_with_widgets():
    """Return the pages whose notebooks have stored widgets."""
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    with_widgets = [n for n in notebooks if "data-nn-widget" in n.read_text(encoding="utf-8")]
    return [f"notebooks/{notebook.stem}.html" for notebook in with_widgets]


@pytest.mark.parametrize("name", pages_with_widgets())
def test_every_control_works_by_keyboard(visit, name):
    page = visit(name)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    figures = page.locator(
        'figure[data-nn-widget]:not([data-nn-widget="quiz"], [data-nn-widget="playground"])'
    )  # it draws nothing
    dead = []
    for i in range(figures.count()):
        figure = figures.nth(i)
        figure.scroll_into_view_if_needed()
        controls = figure.locator(
            '.nn-controls :is(input[type="range"], input[type="checkbox"], select):visible'
        )
        controls.first.wait_for()
        for j in range(controls.count()):
            control = controls.nth(j)
            label = page.locator(f'label[for="{control.get_attribute("id")}"]')
            name_of_control = label.text_content() if label.count() else "checkbox"
            if not any(picture_changes(figure, control, key) for key in keys_for(control)):
                dead.append((i, name_of_control))
    assert dead == []
    assert page.faults == []


def test_a_playing_explorer_runs_to_its_end(visit):
    page = visit("notebooks/1_3_1_loss_and_gradients.html")
    figure = page.locator('figure[data-nn-widget="explorer"]', has=page.locator("button")).first
    play = figure.get_by_role("button", name=re.compile("^Play")).first
    slider = figure.locator('input[type="range"]').first
    slider.press("End")
    play.click()
    last = int(slider.get_attribute("max"))
    page.wait_for_function("slider => slider.value === '0'", arg=slider.element_handle())
    page.wait_for_function(
        f"slider => slider.value === '{last}'", arg=slider.element_handle(), timeout=60_000
    )
    figure.get_by_role("button", name=re.compile("^Play")).first.wait_for()
    assert page.faults == []


def test_an_explorer_works_from_a_file(visit, built_book):
    page = visit(f"file://{built_book}/{SPIRAL}")
    explorer = page.locator('figure[data-nn-widget="explorer"]').first
    control = explorer.locator('input[type="range"], select').first
    assert any(picture_changes(explorer, control, key) for key in keys_for(control))
    assert page.faults == []


def test_without_a_script_there_is_a_picture_with_a_caption(visit):
    page = visit(SPIRAL, java_script_enabled=False)
    for figure in page.locator("figure[data-nn-widget]").all():
        assert figure.locator(".nn-picture svg, .nn-picture p, .nn-picture table").count() >= 1
        assert figure.locator("input, button, select").count() == 0


def test_pictures_that_are_lost_are_asked_for_again(visit):
    page = visit("notebooks/1_2_inference.html")
    page.route("**/chunks/*.js", lambda route: route.abort())
    figure = page.locator('figure[data-nn-widget="explorer"]').last
    slider = figure.locator('input[type="range"]').first
    assert not picture_changes(figure, slider, "ArrowRight")
    figure.get_by_text("The data could not be loaded. Check the connection").wait_for()
    page.unroute("**/chunks/*.js")
    assert picture_changes(figure, slider, "ArrowRight")
    assert not figure.get_by_text("The data could not be loaded").is_visible()


def test_a_widget_whose_data_is_lost_can_be_tried_again(visit):
    page = visit("notebooks/1_3_4_backpropagation.html")
    page.route("**/chunks/*.js", lambda route: route.abort())
    figure = page.locator('figure[data-nn-widget="stepper"]').last
    figure.scroll_into_view_if_needed()
    figure.get_by_text("The controls could not be loaded.").wait_for()
    assert figure.locator("svg").first.is_visible()
    page.unroute("**/chunks/*.js")
    figure.get_by_role("button", name="Try again").click()
    figure.locator('input[type="range"]').wait_for()
    assert not figure.get_by_text("The controls could not be loaded.").is_visible()


# ---------------------------------------------------------------- shared addresses

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<link rel="icon" href="data:,"><script defer src="widgets.js"></script></head><body>{}</body></html>
"""


@pytest.fixture
def open_cells(browser, tmp_path):
    """Return a function that opens a page with the cells of a notebook, each with its widgets."""
    config = SimpleNamespace()
    script = widget_pages.page_script(config, ROOT, ["explorer"])
    (tmp_path / "widgets.js").write_text(script, encoding="utf-8")
    context = browser.new_context()

    def open_cells(search="", **cells):
        body = "".join(
            f'<div class="cell" data-nn-cell="{name}">{"".join(w.to_html() for w in widgets)}</div>'
            for name, widgets in cells.items()
        )
        (tmp_path / "page.html").write_text(PAGE.format(body), encoding="utf-8")
        page = context.new_page()
        page.goto(f"file://{tmp_path}/page.html{search}")
        return page

    yield open_cells
    context.close()


def sizes(word):
    return explore(lambda size: f"<p>{word} {size}</p>", size=[1, 2, 3])


def test_a_shared_address_survives_a_new_widget_before_it(open_cells):
    page = open_cells(shapes=[sizes("shape"), sizes("second")], other=[sizes("other")])
    for figure, key in zip(page.locator("figure").all(), ["End", "ArrowRight", "End"], strict=True):
        figure.get_by_label("size", exact=True).press(key)
    search = "?shapes.size=3&shapes.2.size=2&other.size=3"
    assert page.url.endswith(search)
    expected = ["shape 3", "second 2", "other 3"]
    assert page.locator(".nn-picture").all_text_contents() == expected

    again = open_cells(
        search,
        inserted=[sizes("new")],
        shapes=[sizes("shape"), sizes("second")],
        between=[sizes("new")],
        other=[sizes("other")],
    )
    again.get_by_text("other 3").wait_for()
    shown = again.locator(".nn-picture").all_text_contents()
    assert shown == ["new 1", "shape 3", "second 2", "new 1", "other 3"]
