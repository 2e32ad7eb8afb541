"""Every cell and every exercise of every chapter, in the page: as in a notebook."""

import importlib
import re
import sys
from pathlib import Path

import nbformat
import pytest
from live_page import cell_of, code_cells, run, run_all, shown, start, states

from tests.conftest import visitor

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
LEAST = 0.97  # of all cells print the very text that is stored
TIMES = "it measures times"
ROUNDING = "rounding errors of a gradient check, of another NumPy"
DIFFERENCES = {  # cells whose text in a page is not the stored one, and why
    "minibatch-speed": TIMES,
    "time-here": TIMES,
    "cupy-train": TIMES,
    "check-report": ROUNDING,
    "check-precision": ROUNDING,
    "layer-integers": "the integers of a page have 32 bits",
}
ANSWERS = ROOT / "tests" / "notebooks"
CODE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
STORED = """cells => cells.map(({ html, svg }) => {
    const parse = (text) => new DOMParser().parseFromString(text, "text/html");
    const words = (drawing) => [...drawing.querySelectorAll("text")]
        .map(each => each.textContent.replace(/\\s+/g, "")).filter(Boolean).sort();
    const pages = html.map(parse);
    const drawings = [...svg.map(text => parse(text).querySelector("svg"))];
    for (const page of pages)
        for (const still of page.querySelectorAll("img.nn-still"))
            if (!still.closest("figure"))
                drawings.push(parse(atob8(still.src)).querySelector("svg"));
    for (const page of pages)
        for (const inner of page.querySelectorAll("svg, figure, script, style")) inner.remove();
    return {
        html: pages.map(page => page.body.textContent.replace(/\\s+/g, " ").trim()).filter(Boolean),
        drawn: drawings.map(words),
        widgets: html.filter(text => text.includes("data-nn-widget")).length,
    };
    function atob8(address) {
        const bytes = Uint8Array.from(atob(address.split(",")[1]), (c) => c.charCodeAt(0));
        return new TextDecoder().decode(bytes);
    }
})"""


def stored(page, cells):
    """Return what each cell of a notebook stores, in the form of `shown`."""
    given = []
    for cell in cells:
        data = [each["data"] for each in cell["outputs"] if "data" in each]
        html = ["".join(each["text/html"]) for each in data if "text/html" in each]
        plain = [each for each in data if "text/html" not in each]
        svg = ["".join(each["image/svg+xml"]) for each in plain if "image/svg+xml" in each]
        text = [each for each in plain if "image/svg+xml" not in each]
        given.append(
            {
                "printed": "".join("".join(o.get("text", "")) for o in cell["outputs"]),
                "results": ["".join(each["text/plain"]).rstrip() for each in text],
                "html": html,
                "svg": svg,
            }
        )
    parsed = page.evaluate(STORED, [{k: each[k] for k in ("html", "svg")} for each in given])
    pairs = zip(given, parsed, strict=True)
    return [{k: each[k] for k in ("printed", "results")} | found for each, found in pairs]


@pytest.fixture(scope="module", params=CHAPTERS)
def chapter(request, browser, address, pyodide):
    """Return a chapter whose cells have all run, with the name of its notebook."""
    with visitor(browser, address) as open_page:
        page = open_page(f"notebooks/{request.param}.html", answer=pyodide)
        start(page)
        run_all(page)
        yield page, request.param


def test_every_cell_runs_as_in_a_notebook(chapter):
    page, name = chapter
    cells = code_cells(name)
    assert states(page) == {cell["id"]: "ran" for cell in cells}
    found = [shown(page, cell["id"]) for cell in cells]
    expected = stored(page, cells)
    differing = {
        cell["id"]: (here, there)
        for cell, here, there in zip(cells, found, expected, strict=True)
        if {**here, "drawn": []} != {**there, "drawn": []}
    }
    assert {each: pair for each, pair in differing.items() if each not in DIFFERENCES} == {}
    drawn = {cell["id"]: each["drawn"] for cell, each in zip(cells, found, strict=True)}
    assert drawn == {cell["id"]: e["drawn"] for cell, e in zip(cells, expected, strict=True)}
    assert page.faults == []


def test_almost_all_text_is_the_stored():
    cells = {cell["id"] for name in CHAPTERS for cell in code_cells(name)}
    assert set(DIFFERENCES) <= cells
    assert len(DIFFERENCES) <= (1 - LEAST) * len(cells)


def test_every_figure_has_its_words(chapter):
    page, _ = chapter
    silent = page.evaluate(
        """() => [...document.querySelectorAll(".nn-live-output .nn-figure svg")]
            .filter(svg => !svg.getAttribute("aria-label")?.trim())
            .map(svg => svg.closest(".cell").dataset.nnCell)"""
    )
    assert silent == []


def exercises_of(name):
    """Return for each exercise its answer cell's text, its solution and a wrong answer."""
    sys.path.insert(0, str(ANSWERS))
    try:
        number = "_".join(part for part in name.split("_") if part.isdigit())
        wrong = importlib.import_module(f"answers_{number}").WRONG
    finally:
        sys.path.remove(str(ANSWERS))
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    texts = {cell.id: cell.source for cell in notebook.cells}
    return {
        each: (
            texts[f"{each}-answer"],
            "\n".join(CODE.findall(texts[f"{each}-solution"])),
            wrong[each][0][0],
        )
        for each in wrong
    }


def verdict_on(page, exercise, answer):
    """Answer an exercise by running its answer's cell alone, and return the verdict."""
    run(page, f"{exercise}-answer", answer)
    verdict = cell_of(page, f"{exercise}-check").locator("[data-nn-verdict]")
    return verdict.get_attribute("data-nn-verdict")


def test_solutions_are_right_and_wrong_answers_wrong(chapter):
    page, name = chapter
    verdicts = {}
    for exercise, (given, solution, wrong) in exercises_of(name).items():
        answers = (f"{given}\n\n{wrong}", solution)
        verdicts[exercise] = [verdict_on(page, exercise, answer) for answer in answers]
    assert verdicts == {exercise: ["wrong", "right"] for exercise in verdicts}
    count = page.locator(".nn-progress .nn-count").first.text_content()
    assert count == f"{len(verdicts)} of {len(verdicts)} exercises right"
    assert page.faults == []
