"""A chapter's page that a reader has made live: what its cells show, and how they are run."""

import json
from pathlib import Path

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
START = 180_000  # ms; a busy machine needs its time
CHAPTER = 900_000
STATES = """() => Object.fromEntries([...document.querySelectorAll("div.cell[data-nn-cell]")]
    .map(cell => [cell.dataset.nnCell, cell.dataset.nnState]))"""
IDLE = """() => !document.querySelector("[data-nn-state=queued], [data-nn-state=running]")
    && document.querySelector("[data-nn=stop]").getAttribute("aria-disabled") === "true\""""
# What a cell shows: printed text, results as text, words of HTML, words of drawings, widgets.
SHOWN = """node => {
    const texts = (selector) => [...node.querySelectorAll(selector)].map(each => each.textContent);
    const words = (svg) => [...svg.querySelectorAll("text")]
        .map(each => each.textContent.replace(/\\s+/g, "")).filter(Boolean).sort();
    const html = [...node.querySelectorAll(".output.text_html")].map(each => {
        const copy = each.cloneNode(true);
        for (const inner of copy.querySelectorAll("svg, figure, script, style")) inner.remove();
        return copy.textContent.replace(/\\s+/g, " ").trim();
    });
    return {
        printed: texts(".cell_output > .output.stream pre").join(""),
        results: texts(".cell_output > .output.text_plain pre").map(each => each.trimEnd()),
        html: html.filter(Boolean),
        drawn: [...node.querySelectorAll(".cell_output .nn-figure svg, .cell_output .nn-graph")]
            .filter(svg => !svg.closest("figure.nn-widget")).map(words),
        widgets: node.querySelectorAll(".cell_output figure.nn-widget").length,
    };
}"""


def code_cells(name):
    """Return the code cells of a notebook that stand on its page."""
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code" and cell["id"] != "colab"]


def start(page):
    """Press the button, and wait until Python is ready."""
    page.locator("[data-nn=start]").click()
    wait_until(page, "ready")


def wait_until(page, state, timeout=START):
    """Wait until Python has come so far: "ready" or "failed"."""
    page.wait_for_function(
        "state => document.documentElement.dataset.nnLive === state", arg=state, timeout=timeout
    )


def cell_of(page, name):
    return page.locator(f'div.cell[data-nn-cell="{name}"]')


def states(page):
    """Return the state of every cell."""
    return page.evaluate(STATES)


def shown(page, name):
    """Return what a cell shows."""
    return cell_of(page, name).evaluate(SHOWN)


def wait_until_idle(page, timeout=START):
    page.wait_for_function(IDLE, timeout=timeout)


def run_all(page):
    """Run all cells, in their order."""
    page.locator("[data-nn=run-all]").click()
    wait_until_idle(page, CHAPTER)


def write(page, name, source):
    """Write a text into a cell, as a reader does: go into its code and paste it."""
    cell = cell_of(page, name)
    if cell.locator("details:not([open]) > summary").count():
        cell.locator("summary").first.click()
    if not cell.locator(".cm-content").count():
        cell.locator(".cell_input pre").click()
    editor = cell.locator(".cm-content")
    editor.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(source)
    assert cell.locator(".cell_input pre").text_content() == source


def run(page, name, source=None, *, wait=True, timeout=START):
    """Run a cell by its button, after writing into it, and return what it shows."""
    if source is not None:
        write(page, name, source)
    cell_of(page, name).locator("[data-nn=run]").click()
    if not wait:
        return None
    wait_until_idle(page, timeout)
    return shown(page, name)
