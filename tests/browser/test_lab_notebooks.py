"""What a reader sees in JupyterLab: a notebook before anything runs, and a verdict after."""

import contextlib
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from playwright.sync_api import TimeoutError as TooLateError
from views import NAMES, NOTEBOOKS, headings, raw

from nnbook.exercises import EXERCISES

PICTURE = "image/svg+xml"
STILL = "image/png"  # what an untrusted notebook shows in its place
FORMULA = re.compile(r"\${2}|\\(?:begin|end|frac|mathbf|partial|cdot)\b")
VERDICT = re.compile(r'data-nn-verdict="(\w+)"')
CHECKED = re.compile(r"ex-.*-check")
# Without windowing, JupyterLab makes every cell at once, not only those in sight.
SETTINGS = '{"windowingMode": "none", "kernelShutdown": true}'

OPEN = """async (path) => {
    for (const each of [...jupyterapp.shell.widgets("main")]) each.dispose();
    const panel = await jupyterapp.commands.execute("docmanager:open", {path});
    await panel.context.ready;
    await Promise.all(panel.content.widgets.map((cell) => cell.ready));
}"""

# A formula is letters until MathJax has set it.
IS_SET = """() => [...document.querySelectorAll(".jp-Notebook .jp-RenderedMarkdown")].every(
    (text) => text.textContent && !/\\$\\$|\\\\mathbf/.test(text.innerText)
)"""

READ = """() => Promise.all([...document.querySelectorAll(".jp-Notebook .jp-Cell")].map(
    async (cell) => {
        const shown = (selector) =>
            [...cell.querySelectorAll(selector)].filter((each) => each.checkVisibility());
        const images = shown(".jp-OutputArea-output img");
        await Promise.all(images.map((image) => image.decode().catch(() => null)));
        const titles = shown(":is(h1, h2, h3, h4, h5, h6)");
        const kind = (image) => image.closest("[data-mime-type]").dataset.mimeType;
        const prose = shown(".jp-RenderedMarkdown").map((each) => {
            const copy = each.cloneNode(true);
            copy.querySelectorAll("pre, code, mjx-container").forEach((part) => {
                if (!part.textContent.startsWith(":")) part.remove();  // an option of MyST
            });
            return copy.textContent;
        });
        return {
            text: cell.innerText,
            prose: prose.join("\\n"),
            code: shown(".jp-CodeMirrorEditor").map((each) => each.innerText).join("\\n"),
            headings: titles.map((each) => each.innerText.replace(/¶$/, "").trim()),
            folded: [...cell.querySelectorAll("details:not([open])")].map(
                (each) => each.innerText.trim(),
            ),
            pictures: images.filter((image) => image.naturalWidth > 20).map(kind),
            verdicts: shown("[data-nn-verdict]").map((each) => each.dataset.nnVerdict),
            widgets: shown("[data-nn-widget]").filter((each) => each.offsetHeight > 40).length,
        };
    },
))"""


@pytest.fixture(scope="module")
def desk(browser, lab):
    """Return a page of JupyterLab that makes every cell of a notebook at once."""
    plugin = "@jupyterlab/notebook-extension:tracker"
    lab.ask(f"lab/api/settings/{plugin}", "PUT", {"raw": SETTINGS})
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(lab.page())
    page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)")
    yield page
    page.close()


@pytest.fixture
def look(desk):
    """Return a function that opens a notebook and tells what a reader sees of each cell."""

    def look(name, timeout=15_000):
        desk.evaluate(OPEN, f"{name}.ipynb")
        with contextlib.suppress(TooLateError):  # the letters that stay are seen below
            desk.wait_for_function(IS_SET, timeout=timeout)
        return desk.evaluate(READ)

    return look


# ---------------------------------------------------------------- what a cell owes its reader


def cells_of(name):
    """Return the cells of a notebook of the book."""
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells


def shown(cell, kind):
    """Return what a cell has stored of one kind, unless it asks to hide its outputs."""
    hidden = cell.metadata.get("jupyter", {}).get("outputs_hidden")
    outputs = [] if hidden else cell.get("outputs", [])
    return [output.data[kind] for output in outputs if kind in output.get("data", {})]


def pictures(cell):
    """Return how many pictures a reader should see below a cell."""
    return len(shown(cell, PICTURE))


def stills(cell):
    """Return how many still pictures of drawings a reader should see below a cell."""
    return sum(page.count('<img class="nn-still"') for page in shown(cell, "text/html"))


def widgets(cell):
    """Return how many widgets a reader should see below a cell."""
    return sum(page.count("data-nn-widget=") for page in shown(cell, "text/html"))


def verdicts(cell):
    """Return the verdicts that a reader should see below a cell."""
    return [state for page in shown(cell, "text/html") for state in VERDICT.findall(page)]


def is_hidden(cell):
    """Tell whether a reader should see no code of this cell."""
    asked = cell.metadata.get("jupyter", {}).get("source_hidden", False)
    return asked or bool(CHECKED.fullmatch(cell.id))


# For each fault, whether a cell that is seen so has it.
FAULTS = {
    "letters of MyST": lambda cell, seen: raw(seen["prose"]),
    "a formula that is not set": lambda cell, seen: FORMULA.search(seen["prose"]),
    "a heading that is none": lambda cell, seen: (
        cell.cell_type == "markdown" and headings(cell.source) != seen["headings"]
    ),
    "an open solution": lambda cell, seen: (
        cell.id.endswith("-solution") and not seen["text"].strip() == "Solution" in seen["folded"]
    ),
    "code in sight": lambda cell, seen: is_hidden(cell) and seen["code"],
    "a missing verdict": lambda cell, seen: (
        seen["verdicts"] != verdicts(cell)
        or (CHECKED.fullmatch(cell.id) and seen["verdicts"] not in (["open"], ["wrong"]))
    ),
    "a missing picture": lambda cell, seen: pictures(cell) != seen["pictures"].count(PICTURE),
    "a missing still picture": lambda cell, seen: (
        stills(cell) != seen["pictures"].count("text/html")
    ),
    "a missing widget": lambda cell, seen: widgets(cell) != seen["widgets"],
}


def faults(cells, views):
    """Return the faults of a notebook as it is seen, each with the ids of its cells."""
    pairs = list(zip(cells, views, strict=True))
    found = {
        fault: [cell.id for cell, seen in pairs if is_there(cell, seen)]
        for fault, is_there in FAULTS.items()
    }
    return {fault: ids for fault, ids in found.items() if ids}


def missing_exercises(cells, views):
    """Return the exercises with an answer's cell whose title is nowhere in sight."""
    titles = [title for seen in views for title in seen["headings"]]
    numbers = {
        re.sub(r"-(?=\d)", ".", cell.id[3:].removesuffix("-answer"))
        for cell in cells
        if cell.id.endswith("-answer")
    }
    return {
        number for number in numbers if not any(f"Exercise {number} · " in each for each in titles)
    }


# ---------------------------------------------------------------- before anything runs


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_reads_well_before_anything_runs(look, name):
    cells, views = cells_of(name), look(name)
    assert faults(cells, views) == {}
    assert missing_exercises(cells, views) == set()


def test_pictures_are_there_before_a_notebook_is_trusted(lab, look):
    cells = [each for name in NAMES for each in cells_of(name) if pictures(each) + stills(each)]
    for number, cell in enumerate(cells):
        cell.id = f"picture-{number}"
    lab.write("untrusted.ipynb", cells)
    assert len(cells) > 70
    assert sum(map(stills, cells)) > 20
    seen = [view["pictures"] for view in look("untrusted")]
    assert seen == [[STILL] * pictures(each) + ["text/html"] * stills(each) for each in cells]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"></svg>'
BOX = '<div data-nn-verdict="open">Not answered yet</div>'
WIDGET = '<figure data-nn-widget="explorer"></figure>'


CHECK = new_code_cell("check(answer)", id="ex-1-check")


def planted(kind, data):
    """Return a cell that has stored one output."""
    outputs = [new_output("display_data", {kind: data})]
    return new_code_cell("plt.show()", id="planted", outputs=outputs)


def text(source, ending=""):
    """Return a cell of Markdown."""
    return new_markdown_cell(source, id=f"planted{ending}")


PLANTED = {
    "letters of MyST": [
        text("see {ref}`sec-1-1-4`"),
        text("the class {py:class}`Affine <nnlib.layers.Affine>`"),
        text("```{exercise} Title\n:label: ex-1\n```"),
        text(":::{note}\ntext\n:::"),
        text("(sec-1-1)=\n## 1.1"),
    ],
    "a formula that is not set": [text("$$\n\\mathbf{y}\n\nno end")],
    "a heading that is none": [text("<div>\n# One\n</div>")],
    "an open solution": [
        text("<details open>\n<summary>Solution</summary>\n\n42\n</details>", "-solution"),
        text("**Solution**\n\n42", "-solution"),
    ],
    "code in sight": [CHECK],
    "a missing verdict": [CHECK, planted("text/html", BOX)],
    "a missing picture": [planted(PICTURE, SVG)],  # which is not trusted
    "a missing still picture": [planted("text/html", '<img class="nn-still" alt="" src="data:,">')],
    "a missing widget": [planted("text/html", WIDGET)],
}


def test_each_fault_is_found(lab, look):
    cells = list({id(cell): cell for cells in PLANTED.values() for cell in cells}.values())
    for number, cell in enumerate(cells):
        cell.id = re.sub("^planted", f"planted-{number}", cell.id)
    fine = [text("# A `heading` of [a](b.ipynb)\n\nand $x_{ij}$"), new_code_cell("{1: 2}")]
    lab.write("faulty.ipynb", [*cells, *fine])
    found = faults([*cells, *fine], look("faulty", timeout=2_000))
    assert found == {fault: [cell.id for cell in cells] for fault, cells in PLANTED.items()}


def test_an_exercise_without_a_title_is_found():
    cells = [new_code_cell("...", id="ex-1-3-4-d-answer"), new_code_cell("", id="ex-1-6-a-answer")]
    views = [{"headings": ["Exercise 1.6-a · Shapes"]}, {"headings": ["Exercise 1.3.4-d"]}]
    assert missing_exercises(cells, views) == {"1.3.4-d"}


# ---------------------------------------------------------------- an answer is checked

EXERCISE = "ex-1-1-1-a"
RIGHT = 'shapes = {"a": (3,), "b": (1, 3), "c": (3, 1), "d": (1, 3, 2)}'
WRONG = RIGHT.replace('"a": (3,)', '"a": (1, 3)')

RUN_ABOVE = """async () => {
    await jupyterapp.shell.currentWidget.sessionContext.ready;
    await jupyterapp.commands.execute("notebook:run-all-above");
}"""


def test_an_answer_gets_its_verdict(look, desk):
    places = {cell.id: place for place, cell in enumerate(cells_of("1_1_math_and_python"))}
    look("1_1_math_and_python")
    answer = desk.locator(".jp-Notebook .jp-Cell").nth(places[f"{EXERCISE}-answer"])
    check = desk.locator(".jp-Notebook .jp-Cell").nth(places[f"{EXERCISE}-check"])
    answer.locator(".cm-content").click()
    desk.evaluate(RUN_ABOVE)
    for source, verdict in [(RIGHT, "right"), (WRONG, "wrong"), (RIGHT, "right")]:
        answer.locator(".cm-content").click()
        desk.keyboard.press("ControlOrMeta+a")
        desk.keyboard.insert_text(source)
        desk.keyboard.press("Shift+Enter")  # runs the answer and goes to the check,
        desk.keyboard.press("Shift+Enter")  # whose code is hidden
        check.locator(f"[data-nn-verdict={verdict}]").wait_for(timeout=30_000)
        hint = check.locator("[data-nn-verdict] details")
        assert hint.count() == (verdict == "wrong")
        if verdict == "wrong":
            assert not hint.locator("p").is_visible()
            hint.locator("summary").click()
            assert hint.locator("p").inner_text() == EXERCISES["1.1.1-a"].hint
