"""Widgets in the built book: every control works by keyboard, and what is drawn is nnlib's."""

import re
from pathlib import Path

import pytest
from pictures import keys_for, picture_changes

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
    figures = page.locator("figure[data-nn-widget]")
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
    page = visit("notebooks/1_3_training.html")
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
