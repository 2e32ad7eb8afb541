"""The playground in the built book: what it draws is what nnlib computes, by every control."""

import functools
import re
from urllib.parse import urlencode, urljoin

import numpy as np
import pytest
from axe import violations
from pictures import keys_for, picture_changes

from nnbook.runs import train_run

SPIRAL = "notebooks/1_4_spiral.html"
CELLS, EDGE = 80, 1.2
# The class of every cell by its hue: which class colour lies in the direction from the paper.
CLASSES_ON_SCREEN = """canvas => {
    const style = getComputedStyle(canvas);
    const rgb = name => {
        const probe = document.createElement("canvas").getContext("2d");
        probe.fillStyle = style.getPropertyValue(`--nn-${name}`).trim();
        probe.fillRect(0, 0, 1, 1);
        return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    };
    const paper = rgb("paper");
    const from = colour => colour.map((each, i) => each - paper[i]);
    const unit = vector => vector.map(each => each / Math.hypot(...vector));
    const hues = [0, 1, 2].map(k => unit(from(rgb(`class-${k}`))));
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: data.length / 4 }, (_, i) => {
        const hue = unit(from([...data.slice(4 * i, 4 * i + 3)]));
        const likeness = hues.map(each => each.reduce((sum, x, j) => sum + x * hue[j], 0));
        return likeness.indexOf(Math.max(...likeness));
    });
}"""


@pytest.fixture
def alone(visit, built_book):
    """Return a function that opens the cell of the playground without the rest of its long page."""
    text = (built_book / SPIRAL).read_text(encoding="utf-8")
    head, body = text.split("<body", 1)
    head = re.sub(r"<script(?![^>]*_static/nnbook/).*?</script>", "", head, flags=re.DOTALL)
    figure = re.search(r'<figure class="nn-widget" data-nn-widget="playground".*?</figure>', body)[
        0
    ]
    cell = f'<div class="cell" data-nn-cell="playground">{figure}</div>'
    html = f"{head}<body><main><h1>The playground</h1>{cell}</main></body></html>"

    def open_alone(name=SPIRAL):
        page = visit("_static/nnbook/palette.css")
        page.route(
            lambda url: SPIRAL in url,
            lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"),
        )
        page.goto(urljoin(page.url, name if "://" in name else f"/{name}"))
        return page

    return open_alone


def playground_of(page):
    figure = page.locator('figure[data-nn-widget="playground"]')
    figure.scroll_into_view_if_needed()
    figure.locator(".nn-playground[data-shown]").wait_for()
    return figure


def shown(figure, place):
    """Wait until this epoch and update are on screen."""
    figure.locator(f'.nn-playground[data-shown^="{place}"]').wait_for()


def address_of(**settings):
    query = urlencode({f"playground.{name}": value for name, value in settings.items()})
    return f"{SPIRAL}?{query}"


@functools.cache
def random_settings(count=20):
    """Return settings and places drawn once, all optimizers and activations among them."""
    rng = np.random.default_rng(7)
    optimizers = ("SGD", "Momentum", "AdaGrad", "RMSprop", "Adam")
    return [
        {
            "learning_rate": float(f"{10 ** rng.uniform(-2, -0.3):.3g}"),
            "hidden_size": int(rng.integers(1, 51)),
            "seed": int(rng.integers(0, 1000)),
            "batch_size": int(rng.integers(10, 301)),
            "weight_scale": float(f"{10 ** rng.uniform(-2, 0):.2g}"),
            "noise": float(f"{rng.uniform(0, 0.5):.2g}"),
            "optimizer": optimizers[i % 5],
            "activation": ("sigmoid", "tanh", "relu")[i % 3],
            "epochs": int(rng.integers(5, 40)),
        }
        for i in range(count)
    ]


def predicted(settings):
    """Return nnlib's class at the middle of every cell of the canvas, from the top left."""
    middles = -EDGE + 2 * EDGE * (np.arange(CELLS) + 0.5) / CELLS
    x1, x2 = np.meshgrid(middles, -middles)
    grid = np.stack([x1.ravel(), x2.ravel()], axis=1)
    return train_run(**settings).model.predict(grid).argmax(axis=1)


def test_regions_on_screen_are_those_nnlib_predicts(alone):
    wrong = {}
    page = alone(SPIRAL)
    settings = random_settings()
    for first, second in zip(settings[::2], settings[1::2], strict=True):
        second["epochs"] = first["epochs"]
        written = ",".join(f"{name}:{value}" for name, value in second.items())
        address = address_of(**first, second=written)
        page.goto(page.url.split("?")[0] + address.removeprefix(SPIRAL))
        figure = playground_of(page)
        shown(figure, f"{first['epochs']}.0,{first['epochs']}.0")
        for place, run in enumerate((first, second)):
            regions = figure.locator(".nn-regions").nth(place)
            differ = np.array(regions.evaluate(CLASSES_ON_SCREEN)) != predicted(run)
            if differ.any():
                wrong[str(run)] = int(differ.sum())
    assert wrong == {}
    assert page.faults == []


def test_every_control_changes_what_is_drawn_by_keyboard(alone):
    page = alone()
    figure = playground_of(page)
    shown(figure, "300.0")
    board = figure.locator(".nn-playground")
    controls = board.locator('.nn-settings :is(input[type="range"], select)')
    assert controls.count() == 9
    dead = []
    for control in controls.all():
        name = control.evaluate("each => each.labels[0].textContent")
        if not any(picture_changes(figure, control, key) for key in keys_for(control)):
            dead.append(name)
    assert dead == []
    for label in ("points", "loss axis", "epoch"):
        control = board.get_by_label(label, exact=True)
        before = board.evaluate("each => each.querySelector('.nn-parts').outerHTML")
        canvas = "each => each.querySelector('.nn-points').toDataURL()"
        points = board.evaluate(canvas)
        control.focus()
        control.press("ArrowLeft" if label == "epoch" else "ArrowDown")
        after = board.evaluate("each => each.querySelector('.nn-parts').outerHTML")
        assert (after, board.evaluate(canvas)) != (before, points), label


def test_numbers_can_be_typed_and_wrong_ones_are_refused(alone):
    page = alone(SPIRAL)
    figure = playground_of(page)
    rate = figure.get_by_label("learning rate, any value")
    rate.fill("0.77")
    rate.press("Enter")
    page.wait_for_url(re.compile(r"playground\.learning_rate=0\.77"))
    shown(figure, "300.0")
    history = train_run(learning_rate=0.77).history
    assert f"{history.loss[-1]:.4f}" in figure.locator(".nn-readout").text_content()
    before = figure.locator(".nn-readout").text_content()
    for wrong in ("-1", "0", "1e301"):
        rate.fill(wrong)
        rate.press("Enter")
        assert rate.evaluate("each => each.validity.valid") is False
    assert figure.locator(".nn-readout").text_content() == before


def test_a_shared_address_shows_the_same_again(alone):
    settings = {"learning_rate": 0.5, "hidden_size": 7, "seed": 11, "epochs": 50, "epoch": 20}
    settings |= {"update": 4, "optimizer": "Momentum", "activation": "tanh", "noise": 0.35}
    settings |= {"batch_size": 50, "weight_scale": 0.1, "points": "both", "scale": "log"}
    page = alone(address_of(**settings, second="learning_rate:0.1"))
    figure = playground_of(page)
    shown(figure, "20.4,20.4")
    texts = figure.locator(".nn-readout").text_content()
    assert "epoch 20, update 4" in texts
    address = page.url
    figure.get_by_label("epoch", exact=True).press("ArrowRight")
    shown(figure, "21.0,21.0")
    assert page.url != address
    again = playground_of(alone(address))
    shown(again, "20.4,20.4")
    assert again.locator(".nn-readout").text_content() == texts
    assert again.get_by_label("learning rate, any value").input_value() == "0.5"


MALFORMED = [
    "learning_rate=fast", "hidden_size=2.5", "epoch=-3", "second=3", "second=constructor:1",
    "optimizer=constructor",
]  # fmt: skip


def test_a_malformed_address_is_ignored(alone):
    page = alone()
    for query in MALFORMED:
        page.goto(f"{page.url.split('?')[0]}?playground.{query}")
        figure = playground_of(page)
        shown(figure, "300.0")
        assert figure.get_by_label("learning rate, any value").input_value() == "1", query
    assert page.faults == []


def test_step_epoch_play_and_rewind(alone):
    page = alone(SPIRAL)
    figure = playground_of(page)
    press = lambda name: figure.get_by_role("button", name=name).click()  # noqa: E731
    press("Rewind")
    shown(figure, "0.0")
    press("One update")
    shown(figure, "0.1")
    for _ in range(9):
        press("One update")
    shown(figure, "1.0")
    press("One epoch")
    shown(figure, "2.0")
    assert f"{train_run(epochs=2).history.loss[-1]:.4f}" in (
        figure.locator(".nn-readout").text_content()
    )
    figure.get_by_label("speed").select_option(label="as fast as it can")
    press("Play")
    shown(figure, "300.0")
    figure.get_by_role("button", name="Play").wait_for()


def test_a_change_while_it_plays_plays_on_from_the_same_start(alone):
    page = alone(SPIRAL)
    figure = playground_of(page)
    figure.get_by_label("speed").select_option(label="5 epochs a second")
    board = figure.locator(".nn-playground")
    board.evaluate("""each => { each.seen = [];
        each.addEventListener("nn-run", ({ detail: [run] }) => each.seen.push(run.epoch)); }""")
    wait = functools.partial(page.wait_for_function, arg=board.element_handle())
    figure.get_by_role("button", name="Play").click()
    wait("each => each.seen.at(-1) === 2")
    board.evaluate("each => { each.seen = []; }")
    figure.get_by_label("learning rate", exact=True).press("ArrowLeft")
    wait("each => each.seen.length > 3")
    assert figure.get_by_role("button", name="Pause").is_visible()
    seen = board.evaluate("each => each.seen")
    begun = seen.index(0)
    assert seen[begun : begun + 3] == [0, 1, 2]


def test_two_runs_start_from_the_same_weights_and_their_difference_is_named(alone):
    page = alone(SPIRAL)
    figure = playground_of(page)
    figure.get_by_role("button", name="Keep this run").click()
    assert "Both runs have the same settings." in figure.text_content()
    rate = figure.get_by_label("learning rate, any value")
    rate.fill("0.1")
    rate.press("Enter")
    said = "learning rate 0.1, kept run 1. Both start from the same weights."
    figure.get_by_text(said).wait_for()
    figure.get_by_role("button", name="Rewind").click()
    shown(figure, "0.0,0.0")
    one, two = (figure.locator(".nn-regions").nth(i).evaluate("c => c.toDataURL()") for i in (0, 1))
    assert one == two
    figure.get_by_role("button", name="Remove the second run").click()
    shown(figure, "0.0")
    assert figure.locator(".nn-run:visible").count() == 1


def test_a_run_that_diverges_says_what_nnlib_says(alone):
    settings = {"learning_rate": 1e300, "activation": "relu"}
    page = alone(address_of(**settings))
    figure = playground_of(page)
    run = train_run(**settings)
    assert run.message
    figure.get_by_text(run.message).wait_for()
    shown(figure, f"{len(run.history)}.0")
    assert page.faults == []


def test_a_neuron_tells_its_numbers_and_shows_its_map(alone):
    page = alone(SPIRAL)
    figure = playground_of(page)
    shown(figure, "300.0")
    neurons = figure.get_by_role("group", name="The network")
    regions = figure.locator(".nn-regions").first
    before = regions.evaluate("each => each.toDataURL()")
    figure.get_by_role("button", name="input x1").focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.ariaLabel") == "hidden neuron 1"
    W1, b1, W2, _ = train_run().model.params
    text = figure.locator(".nn-weights-of").text_content()
    values = [b1[0], *W1[:, 0], *W2[0]]
    assert [each.replace("−", "-") for each in re.findall(r"[−]?\d+\.\d+", text)] == [
        f"{value:.2f}" for value in values
    ]
    assert regions.evaluate("each => each.toDataURL()") != before
    assert neurons.get_by_role("button").count() == 2 + 10 + 3
    page.keyboard.press("Tab")
    assert regions.evaluate("each => each.toDataURL()") == before


def test_a_neuron_that_is_looked_at_may_go_away(alone):
    page = alone(SPIRAL)
    figure = playground_of(page)
    shown(figure, "300.0")
    figure.locator('[data-nn-neuron="hidden-9"]').hover()
    assert "Map of hidden neuron 10" in figure.text_content()
    size = figure.get_by_label("hidden neurons, any value")
    size.fill("5")
    size.press("Enter")
    loss = f"{train_run(hidden_size=5).history.loss[-1]:.4f}"
    figure.locator(".nn-readout", has_text=loss).wait_for()
    assert "Map of" not in figure.locator(".nn-planes").text_content()
    assert page.faults == []


def test_a_task_asks_first_and_then_shows_what_was_measured(alone):
    page = alone(SPIRAL)
    figure = playground_of(page)
    figure.get_by_text("tasks: predict first").click()
    see = figure.get_by_role("button", name="See what happens")
    see.click()
    assert figure.get_by_label("learning rate, any value").input_value() == "1"  # no prediction yet
    figure.get_by_label("above 0.9").check()
    see.click()
    figure.get_by_text("Your prediction came true.").wait_for()
    assert figure.get_by_label("learning rate, any value").input_value() == "0.01"
    measured = figure.locator(".nn-measured").text_content()
    assert f"{train_run(learning_rate=0.01).history.loss[-1]:.4f}" in measured


def test_every_task_comes_to_an_answer(alone):
    page = alone(SPIRAL)
    figure = playground_of(page)
    figure.get_by_text("tasks: predict first").click()
    count = int(re.search(r"task 1 of (\d+)", figure.locator(".nn-tasks").text_content())[1])
    assert count >= 10
    for task in range(count):
        figure.locator('.nn-task input[type="radio"]').first.check()
        for _ in range(1 + (task == 0)):  # the second time the run is there already
            figure.get_by_role("button", name="See what happens").click()
            figure.locator(".nn-measured", has_text="Measured:").wait_for()
        following = figure.get_by_role("button", name="Next task")
        following.press("Enter")
        assert following.evaluate("each => each === document.activeElement")
    assert f"Tasks predicted: {count}." in figure.locator(".nn-solved").text_content()
    assert page.faults == []


def test_a_cell_of_the_map_sets_the_playground(alone):
    page = alone(SPIRAL)
    figure = playground_of(page)
    figure.get_by_text("Map: learning rate").click()
    figure.get_by_role("button", name=re.compile("^learning rate 0.3, 4 hidden neurons")).click()
    page.wait_for_url(re.compile(r"playground\.hidden_size=4"))
    assert figure.get_by_label("learning rate, any value").input_value() == "0.3"


def test_it_works_from_a_file_and_asks_nobody(visit, built_book):
    page = visit(f"file://{built_book}/{SPIRAL}")
    figure = playground_of(page)
    shown(figure, "300.0")
    assert picture_changes(figure, figure.get_by_label("hidden neurons", exact=True), "ArrowRight")
    assert page.faults == []


def test_nothing_scrolls_sideways_on_a_phone(visit):
    page = visit(SPIRAL)
    page.set_viewport_size({"width": 390, "height": 844})
    figure = playground_of(page)
    figure.get_by_role("button", name="Keep this run").click()
    figure.get_by_text("tasks: predict first").click()
    figure.get_by_text("Map: learning rate").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    outside = figure.evaluate(
        """each => [...each.querySelectorAll("button, input, select")].filter(control => {
            const { left, right } = control.getBoundingClientRect();
            return !control.closest(".nn-scroll") && (left < 0 || right > 390);
        }).map(control => control.outerHTML)"""
    )
    assert outside == []


def test_on_a_desk_it_fits_the_screen(visit):
    page = visit(SPIRAL)
    page.set_viewport_size({"width": 1280, "height": 800})
    figure = playground_of(page)
    shown(figure, "300.0")
    top = figure.locator(".nn-toolbar").bounding_box()["y"]
    settings = figure.locator(".nn-settings").bounding_box()
    assert settings["y"] + settings["height"] - top <= 740  # less the bar of the page


def test_less_motion_is_respected(alone):
    page = alone(SPIRAL)
    page.emulate_media(reduced_motion="reduce")
    figure = playground_of(page)
    shown(figure, "300.0")
    board = figure.locator(".nn-playground")
    board.evaluate("""each => { each.seen = [];
        each.addEventListener("nn-run", ({ detail: [run] }) => each.seen.push(run.epoch)); }""")
    figure.get_by_label("speed").select_option(label="300 epochs a second")
    figure.get_by_role("button", name="Play").click()
    shown(figure, "300.0")
    figure.get_by_role("button", name="Play").wait_for()
    assert board.evaluate("each => each.seen.length") <= 4  # pictures, a second apart


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_has_no_barriers(visit, mode):
    page = visit(SPIRAL)
    page.evaluate("mode => { document.documentElement.dataset.theme = mode; }", mode)
    figure = playground_of(page)
    shown(figure, "300.0")
    figure.get_by_role("button", name="Keep this run").click()
    figure.get_by_text("tasks: predict first").click()
    figure.get_by_text("Map: learning rate").click()
    assert violations(page, 'figure[data-nn-widget="playground"]') == []
