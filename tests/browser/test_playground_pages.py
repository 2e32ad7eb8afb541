"""The playground in the built book: what it draws is what nnlib computes, and any value trains."""

import functools
import re

import numpy as np
from pictures import picture_changes
from stored_playground import stored_run

from nnbook.playground.playground import HIDDEN_SIZES, LEARNING_RATES, SEEDS
from nnbook.runs import SNAPSHOT_EPOCHS, train_run

SPIRAL = "notebooks/1_4_spiral.html"
CELLS, EDGE = 120, 1.2
CLASSES_ON_SCREEN = """figure => {
    const canvas = figure.querySelector(".nn-regions");
    const style = getComputedStyle(canvas);
    const colours = [0, 1, 2].map(k =>
        style.getPropertyValue(`--nn-region-${k}`).match(/\\d+/g).join());
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: data.length / 4 }, (_, i) =>
        colours.indexOf(data.slice(4 * i, 4 * i + 3).join()));
}"""


def playground_of(page):
    figure = page.locator('figure[data-nn-widget="playground"]')
    figure.locator(".nn-playground[data-shown]").wait_for()
    return figure


def watch_runs(figure):
    """Keep the run on screen where `wait_for_run` finds it."""
    figure.locator(".nn-playground").evaluate("""board => board.addEventListener("nn-run",
        ({ detail: [run] }) => { board.lastRun = run; })""")


def wait_for_run(figure, **wanted):
    """Wait until the first run on screen is this one."""
    figure.page.wait_for_function(
        """([{ lastRun }, wanted]) => lastRun
            && Object.entries(wanted).every(([name, value]) => lastRun[name] === value)""",
        arg=[figure.locator(".nn-playground").element_handle(), wanted],
    )


def slide(figure, label, place):
    """Move a slider to a place, as a finger does."""
    figure.get_by_label(label, exact=True).evaluate(
        """(slider, place) => {
            slider.value = place;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        place,
    )


@functools.cache
def random_choices(count=24):
    """Return runs and epochs drawn once for all tests, every hidden size and rate among them."""
    rng = np.random.default_rng(7)
    columns = [LEARNING_RATES, HIDDEN_SIZES, SEEDS, SNAPSHOT_EPOCHS]
    repeated = [np.resize(rng.permutation(values), count) for values in columns]
    return list(zip(*(rng.permutation(values).tolist() for values in repeated), strict=True))


def predicted(run, place):
    """Return nnlib's class at the middle of every cell of the canvas, from the top left."""
    middles = -EDGE + 2 * EDGE * (np.arange(CELLS) + 0.5) / CELLS
    x1, x2 = np.meshgrid(middles, -middles)
    grid = np.stack([x1.ravel(), x2.ravel()], axis=1)
    return run.model(place).predict(grid).argmax(axis=1)


def test_regions_on_screen_are_those_nnlib_predicts(visit):
    page = visit(SPIRAL)
    figure = playground_of(page)
    watch_runs(figure)
    wrong = {}
    for learning_rate, hidden_size, seed, epoch in random_choices():
        slide(figure, "learning rate", LEARNING_RATES.index(learning_rate))
        slide(figure, "hidden neurons", HIDDEN_SIZES.index(hidden_size))
        slide(figure, "seed", SEEDS.index(seed))
        wait_for_run(figure, learning_rate=learning_rate, hidden_size=hidden_size, seed=seed)
        slide(figure, "epoch", SNAPSHOT_EPOCHS.index(epoch))
        shown = np.array(figure.evaluate(CLASSES_ON_SCREEN))
        run = stored_run(learning_rate, hidden_size, seed)
        expected = predicted(run, run.epochs.index(epoch))
        if not np.array_equal(shown, expected):
            wrong[learning_rate, hidden_size, seed, epoch] = int(np.sum(shown != expected))
    assert wrong == {}
    assert page.faults == []


def test_a_shared_address_shows_the_same_again(visit):
    page = visit(SPIRAL)
    figure = playground_of(page)
    figure.get_by_label("hidden neurons").press("ArrowRight")
    figure.get_by_label("epoch", exact=True).press("Home")
    figure.get_by_label("epoch", exact=True).press("ArrowRight")
    figure.get_by_label(re.compile("compare")).check()
    figure.locator(".nn-panel", has_text="second run").wait_for()
    texts = figure.locator(".nn-panel").all_text_contents()
    again = playground_of(visit(page.url))
    again.locator(".nn-panel", has_text="second run").wait_for()
    assert again.locator(".nn-panel").all_text_contents() == texts
    assert "epoch 2 " in texts[0]


def test_rewind_and_play(visit):
    page = visit(SPIRAL)
    figure = playground_of(page)
    epoch = figure.get_by_label("epoch", exact=True)
    figure.get_by_role("button", name="Rewind").click()
    assert epoch.input_value() == "0"
    figure.get_by_role("button", name="Play").click()
    page.wait_for_function("each => each.value === each.max", arg=epoch.element_handle())
    figure.get_by_role("button", name="Play").wait_for()
    assert f"epoch {SNAPSHOT_EPOCHS[-1]} " in figure.locator(".nn-panel").first.text_content()


def test_two_runs_start_from_the_same_weights(visit):
    page = visit(SPIRAL)
    figure = playground_of(page)
    figure.get_by_label(re.compile("compare")).check()
    figure.locator(".nn-panel", has_text="second run").wait_for()
    figure.get_by_role("button", name="Rewind").click()
    one, two = (figure.locator(".nn-regions").nth(i).evaluate("c => c.toDataURL()") for i in (0, 1))
    assert one == two


def test_when_python_cannot_start_the_stored_runs_go_on(visit):
    refused = []
    page = visit(
        SPIRAL, answer=lambda route: refused.append(route.request.url) or route.abort() or 1
    )
    figure = playground_of(page)
    figure.get_by_role("button", name="Train any value").click()
    figure.get_by_text("Python could not start. The stored runs go on working.").wait_for()
    assert refused
    assert all(url.startswith("https://cdn.jsdelivr.net/pyodide/v0.27.7/") for url in refused)
    assert picture_changes(figure, figure.get_by_label("hidden neurons"), "ArrowLeft")
    assert figure.get_by_role("button", name="Try again").is_enabled()


CRASHING_PYODIDE = """
self.loadPyodide = async () => ({
    loadPackage: async () => {},
    unpackArchive() {},
    runPython: (code) => code.includes("def respond")
        ? () => { throw new Error("memory access out of bounds"); }
        : "Python that stops at the first request",
});
"""


def test_when_python_stops_the_stored_runs_go_on_and_it_can_start_again(visit):
    def answer(route):
        route.fulfill(body=CRASHING_PYODIDE, content_type="text/javascript")
        return True

    page = visit(SPIRAL, answer=answer)
    figure = playground_of(page)
    figure.get_by_role("button", name="Train any value").click()
    for _ in range(2):
        figure.get_by_text("Python stopped. The stored runs go on working.").wait_for()
        figure.get_by_text("Stored run.").wait_for()
        assert figure.locator('input[type="number"]').count() == 0
        assert picture_changes(figure, figure.get_by_label("hidden neurons"), "ArrowLeft")
        figure.get_by_role("button", name="Try again").click()


def test_a_playground_works_from_a_file(visit, built_book):
    page = visit(f"file://{built_book}/{SPIRAL}")
    figure = playground_of(page)
    assert picture_changes(figure, figure.get_by_label("hidden neurons"), "ArrowRight")
    assert figure.get_by_role("button", name="Train any value").count() == 0
    assert page.faults == []


# ---------------------------------------------------------------- Python in the page


def test_python_in_the_page_trains_like_nnlib(visit, pyodide):
    page = visit(SPIRAL, answer=pyodide)
    figure = playground_of(page)
    board = figure.locator(".nn-playground")
    watch_runs(figure)
    figure.get_by_role("button", name="Train any value").click()
    figure.get_by_text("Python is ready").wait_for(timeout=120_000)

    for learning_rate, hidden_size in [(1.0, 10), (0.3, 4), (0.77, 7)]:
        fields = figure.locator('input[type="number"]:visible')
        for field, value in [(fields.nth(0), learning_rate), (fields.nth(1), hidden_size)]:
            field.fill(f"{value:g}")
            field.press("Enter")
        page.wait_for_function(
            """([{ lastRun }, rate, hidden]) => lastRun?.seconds !== undefined
                && lastRun.learning_rate === rate && lastRun.hidden_size === hidden""",
            arg=[board.element_handle(), learning_rate, hidden_size],
        )
        text = f"first run: learning rate {learning_rate:g}"
        assert text in figure.locator(".nn-panel").first.text_content()
        assert "Trained now" in figure.locator(".nn-playground > .nn-status").text_content()
        run = train_run(learning_rate, hidden_size, 0)
        live = board.evaluate("board => [...board.lastRun.loss]")
        np.testing.assert_allclose(live, run.loss, rtol=0, atol=1e-6)
        shown = np.array(figure.evaluate(CLASSES_ON_SCREEN))
        assert np.mean(shown != predicted(run, len(run.epochs) - 1)) < 1e-3
    assert page.faults == []
