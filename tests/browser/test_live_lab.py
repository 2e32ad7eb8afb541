"""The notebooks in a live JupyterLab: run all, and the controls take any value."""

import pytest
from nbformat.v4 import new_code_cell

from nnbook.runs import train_run


@pytest.fixture
def run(browser, lab):
    """Return a function that opens a notebook in JupyterLab and runs it."""
    pages = []

    def run(name):
        pages.append(browser.new_page(viewport={"width": 1400, "height": 1000}))
        pages[-1].goto(lab.page(name))
        pages[-1].locator("text=Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        run_all(pages[-1])
        return pages[-1]

    yield run
    for page in pages:
        page.close()


@pytest.fixture
def run_cell(lab, run):
    """Return a function that runs a notebook of one cell."""

    def run_cell(name, source):
        lab.write(name, [new_code_cell(source)])
        return run(name)

    return run_cell


def run_all(page):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def test_controls_take_values_between_the_stored_ones(run):
    notebook = run("1_4_spiral.ipynb")
    scroll_to(notebook, ".nn-playground[data-shown]")
    board = notebook.locator(".nn-playground[data-shown]")
    before = board.locator(".nn-readout").text_content()
    rate = board.get_by_label("learning rate, any value")
    rate.fill("0.77")
    rate.press("Enter")
    loss = f"{train_run(learning_rate=0.77).history.loss[-1]:.4f}"
    board.locator(".nn-readout", has_text=loss).wait_for(timeout=60_000)
    assert board.locator(".nn-readout").text_content() != before

    explorer = explorer_of(notebook, "noise")
    before = picture(explorer)
    explorer.get_by_label("noise", exact=True).press("ArrowRight")
    assert float(noise(explorer)) not in {0, 0.2, 0.4, 0.8}
    wait_for_another_picture(explorer, before)
    before = picture(explorer)
    typed = explorer.get_by_label("noise, any value")
    typed.fill("0.123")
    typed.press("Enter")
    wait_for_another_picture(explorer, before)
    assert noise(explorer) == "0.123"


def test_an_explorer_tells_errors_and_that_its_kernel_is_gone(run_cell):
    page = run_cell(
        "explorer.ipynb",
        "from nnbook.explorer import explore\n\n"
        "explore(lambda n: f'<p>{6 // n} of six</p>', n=[1, 0, 2, 3], caption='1 < 2')",
    )
    explorer = page.locator(".nn-explorer")
    n = explorer.get_by_label("n", exact=True)
    explorer.get_by_text("6 of six").wait_for(timeout=60_000)
    assert explorer.get_by_text("1 < 2").is_visible()
    n.press("ArrowLeft")
    explorer.get_by_text("ZeroDivisionError: integer division or modulo by zero").wait_for()
    n.press("End")
    explorer.get_by_text("2 of six").wait_for()

    page.locator('[data-command="notebook:restart-kernel"]').first.click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    gone = explorer.get_by_text("The kernel that answered here is gone. Run this cell again.")
    gone.wait_for()
    n.press("Home")
    gone.wait_for()
    assert explorer.get_by_text("2 of six").is_visible()
    page.locator("text=Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    run_all(page)
    explorer.get_by_text("6 of six").wait_for(timeout=60_000)


def explorer_of(page, label):
    scroll_to(page, f".nn-explorer:has(label:text-is('{label}'))")
    return page.locator(".nn-explorer", has=page.get_by_label(label, exact=True))


def picture(explorer):
    return explorer.locator(".nn-picture").inner_html()


def noise(explorer):
    return explorer.get_by_label("noise", exact=True).get_attribute("aria-valuetext")


def wait_for_another_picture(explorer, before):
    explorer.page.wait_for_function(
        "([each, before]) => each.querySelector('.nn-picture').innerHTML !== before",
        arg=[explorer.element_handle(), before],
    )


def scroll_to(page, selector):
    """Walk down the notebook, whose cells are made only when they come into sight."""
    page.locator(".jp-Notebook .jp-Cell").first.scroll_into_view_if_needed()
    scroller = page.locator(".jp-WindowedPanel-outer").first
    for _ in range(600):
        if page.locator(selector).count():
            page.locator(selector).first.scroll_into_view_if_needed()
            return
        scroller.evaluate("each => each.scrollBy(0, 400)")
        page.wait_for_timeout(100)
    pytest.fail(f"nothing in the notebook matches {selector}")


PLAYGROUND = """
from nnbook.playground import Playground

playground = Playground()
playground
"""
KERNEL = """
print(playground.state["learning_rate"], f"{playground.history.loss[-1]:.4f}")
if playground.state["learning_rate"] == 0.5:
    playground.state = {"hidden_size": 4, "epoch": 7}
"""


def test_the_kernel_reads_and_sets_the_playground(lab, run):
    lab.write("playground.ipynb", [new_code_cell(PLAYGROUND), new_code_cell(KERNEL)])
    page = run("playground.ipynb")
    board = page.locator(".nn-playground")
    board.and_(page.locator('[data-shown="300.0"]')).wait_for(timeout=60_000)
    rate = board.get_by_label("learning rate, any value")
    rate.fill("0.5")
    rate.press("Enter")
    loss = f"{train_run(learning_rate=0.5).history.loss[-1]:.4f}"
    board.locator(".nn-readout", has_text=loss).wait_for()
    page.locator(".jp-CodeCell .cm-content").nth(1).click()
    page.keyboard.press("Shift+Enter")
    page.get_by_text(f"0.5 {loss}").wait_for(timeout=60_000)
    board.and_(page.locator('[data-shown="7.0"]')).wait_for(timeout=60_000)
    assert board.get_by_label("hidden neurons, any value").input_value() == "4"


def test_a_quiz_takes_the_keys_that_a_notebook_would_take(run_cell):
    page = run_cell("quiz.ipynb", 'from nnbook.quiz import Quiz\n\nQuiz("1.1")')
    first, second = (page.locator("[data-nn-question]").nth(i) for i in (0, 1))
    first.locator("input").fill("12, 5")
    first.locator("input").press("Enter")
    assert first.get_attribute("data-nn-verdict") == "right"
    second.locator("input").first.check()
    page.keyboard.press("ArrowDown")  # a notebook goes to the next cell
    assert second.locator("input").nth(1).is_checked()
    page.keyboard.press("Enter")
    assert second.get_attribute("data-nn-verdict") == "right"
    assert page.locator(".nn-tally").text_content() == "2 of 9 right"
