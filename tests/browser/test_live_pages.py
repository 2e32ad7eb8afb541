"""A live page in a reader's hands: starting, stopping, editing, failing, coming back."""

import functools
import gzip
import json
import os
import re
import shutil
import threading
from http.server import ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from live_page import (
    cell_of,
    code_cells,
    run,
    shown,
    start,
    states,
    wait_until,
    wait_until_idle,
    write,
)

from nnbook.live.pinned import PINNED
from nnbook.sphinx import live_pages, widget_pages
from tests.conftest import CHROMIUM_FLAGS, ROOT, QuietHandler, visitor

SHORT = "notebooks/1_6_summary.html"  # the chapter with the fewest cells
STEPS = "notebooks/1_3_4_backpropagation.html"
PHONE = {"width": 390, "height": 844}
STATUS = ".nn-live-bar .nn-status"
MOST_ADDED, MOST_EDITOR, MEGA = 12_000, 130_000, 1_000_000
MOST_PYTHON, MOST_DRAWING = 11 * MEGA, 10 * MEGA


@pytest.fixture(scope="module")
def live(browser, address, pyodide):
    """Return a page that is live, shared by tests that leave it as they found it."""
    with visitor(browser, address) as open_page:
        page = open_page(SHORT, answer=pyodide)
        start(page)
        yield page
        assert page.faults == []


def said(page):
    return page.locator(STATUS).text_content()


def recorded(answer, urls):
    """Return an `answer` that also writes down what was asked for."""

    def answer_and_record(route):
        urls.append(route.request.url)
        return answer(route)

    return answer_and_record


# ---------------------------------------------------------------- before the press


def test_nothing_is_asked_for_before_the_press(visit, pyodide):
    asked = []
    page = visit(SHORT, answer=recorded(pyodide, asked))
    page.wait_for_load_state("networkidle")
    own = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    assert asked == []
    assert not [name for name in own if "/live-" in name]
    assert page.evaluate("document.documentElement.dataset.nnLive") == "off"
    start(page)
    wanted = {PINNED["url"] + file["name"] for file in PINNED["python"] + PINNED["drawing"]}
    run(page, "setup-drawing")
    assert set(asked) == wanted
    assert page.faults == []


def test_a_page_that_is_not_live_pays_little(built_book):
    """Compare what a chapter loads with what it would load without all that makes it live."""
    config = SimpleNamespace(nn_pyodide="cdn")
    parts = [part for part in widget_pages.PARTS if part != "live"]
    own_words = re.compile(r"^ +(live|progress): \{\n.*?^  \},\n", re.DOTALL | re.MULTILINE)
    every = widget_pages.page_script(config, ROOT)
    without, count = own_words.subn("", widget_pages.page_script(config, ROOT, parts))
    assert count == 2
    styles = [built_book / "_static" / "nnbook" / name for name in ("live.css", "progress.css")]
    added = _packed(every.encode()) - _packed(without.encode())
    assert added + sum(_packed(style.read_bytes()) for style in styles) <= MOST_ADDED


def test_the_editor_is_small(built_book):
    folder = next((built_book / "_static" / "nnbook").glob("live-*"))
    files = [folder / "editor.js", folder / "vendor" / "codemirror.js"]
    assert sum(_packed(file.read_bytes()) for file in files) <= MOST_EDITOR


def _packed(content):
    return len(gzip.compress(content, 9, mtime=0))


def test_the_megabytes_are_told_right(visit):
    config = live_pages.live_config(ROOT, "cdn")
    sizes = [sum(file["wire"] for file in config[part]) for part in ("python", "drawing")]
    sizes[0] += config["library"]["wire"]
    assert sizes[0] <= MOST_PYTHON
    assert sizes[1] <= MOST_DRAWING
    told = [float(n) for n in re.findall(r"([\d.]+) MB", said(visit(SHORT)))]
    assert told == pytest.approx([size / MEGA for size in sizes], rel=0.1)


def test_a_page_from_a_file_says_why_not(visit, built_book):
    page = visit(f"file://{built_book}/{SHORT}")
    assert "make serve" in said(page)
    assert page.locator("[data-nn=start]").count() == 0
    assert page.faults == []


# ---------------------------------------------------------------- when Python can't be had


def test_a_host_that_is_blocked_is_told_and_can_be_tried_again(visit, pyodide):
    blocked = [True]
    page = visit(SHORT, answer=lambda r: (r.abort() or True) if blocked[0] else pyodide(r))
    page.locator("[data-nn=start]").click()
    wait_until(page, "failed")
    assert "cdn.jsdelivr.net can't be reached" in said(page)
    assert states(page) == dict.fromkeys(states(page))  # the page stays as it was
    blocked[0] = False
    start(page)
    assert "is ready" in said(page)


def test_a_changed_byte_is_refused_and_told(visit, pyodide, pyodide_folder):
    name = next(f["name"] for f in PINNED["python"] if f["name"].startswith("numpy"))
    content = bytearray((pyodide_folder / name).read_bytes())
    content[1000] ^= 1
    asked = []

    def answer(route):
        asked.append(route.request.url)
        if not route.request.url.endswith(name):
            return pyodide(route)
        route.fulfill(body=bytes(content), headers={"access-control-allow-origin": "*"})
        return True

    page = visit(SHORT, answer=answer)
    page.locator("[data-nn=start]").click()
    wait_until(page, "failed")
    assert f"{name} from cdn.jsdelivr.net is not the file" in said(page)
    assert [url.endswith(name) for url in asked].count(True) == 2  # once more, past the cache
    assert page.locator("[data-nn=run]").count() == 0


def test_a_file_that_is_missing_is_told(visit, pyodide):
    def answer(route):
        if route.request.url.endswith(".wasm"):
            route.fulfill(status=404, headers={"access-control-allow-origin": "*"})
            return True
        return pyodide(route)

    page = visit(SHORT, answer=answer)
    page.locator("[data-nn=start]").click()
    wait_until(page, "failed")
    assert "has no pyodide.asm.wasm" in said(page)


def test_starting_can_be_cancelled(visit):
    page = visit(SHORT, answer=lambda route: True)  # no answer ever comes
    page.locator("[data-nn=start]").click()
    page.locator("[data-nn=cancel]").click()
    wait_until(page, "off")
    assert "not started" in said(page)
    assert page.locator("[data-nn=start]").get_attribute("aria-disabled") == "false"


def test_without_matplotlib_what_draws_says_so_and_the_rest_runs(visit, pyodide):
    def answer(route):
        if "matplotlib" in route.request.url:
            route.abort()
            return True
        return pyodide(route)

    page = visit(SHORT, answer=answer)
    start(page)
    assert run(page, "data")["printed"] == "(300, 2) (300,)\n"
    run(page, "setup-drawing")
    assert cell_of(page, "setup-drawing").get_attribute("data-nn-state") == "error"
    assert "can't be reached" in cell_of(page, "setup-drawing").text_content()


# ---------------------------------------------------------------- running


def test_a_cell_runs_those_that_it_needs_first_and_no_other(live):
    printed = run(live, "model")["printed"]
    assert "[(2, 10), (10,), (10, 3), (3,)]" in printed
    found = states(live)
    assert [found[each] for each in ("setup", "data", "model")] == ["ran"] * 3
    assert found["setup-drawing"] == "stored"
    assert found["train"] == "stored"


def test_what_is_edited_makes_what_needs_it_stale(live):
    run(live, "model")
    text = cell_of(live, "data").locator(".cell_input pre").text_content()
    run(live, "data", text.replace("samples_per_class=100", "samples_per_class=50"))
    assert states(live)["model"] == "stale"
    assert "(150, 2) (150,)" in shown(live, "data")["printed"]
    cell_of(live, "data").locator("[data-nn=reset]").click()
    assert shown(live, "data")["printed"] == "(300, 2) (300,)\n"
    assert states(live)["data"] == "stored"


def test_the_last_value_and_the_printed_text_come_in_order(live):
    source = "print(1)\ndisplay({'a': 2})\nprint(3)\n(4, 'five')"
    run(live, "model", source)
    texts = cell_of(live, "model").locator(".cell_output pre").all_text_contents()
    assert [text.strip() for text in texts] == ["1", "{'a': 2}", "3", "(4, 'five')"]


def test_an_error_marks_the_line_and_folds_the_library(live):
    run(live, "model", "import numpy as np\n\nnp.ones((2, 3)) @ np.ones((2, 3))\n")
    problem = cell_of(live, "model").locator(".nn-problem")
    assert problem.locator("mark").text_content().split() == [
        "→", "3", *["np.ones((2,", "3))", "@", "np.ones((2,", "3))"]
    ]  # fmt: skip
    assert "ValueError" in problem.locator("p").first.text_content()
    from_library = "from nnlib import softmax\nsoftmax('text')"
    run(live, "model", from_library)
    fold = cell_of(live, "model").locator(".nn-problem details", has_text="In the library")
    assert fold.get_attribute("open") is None
    assert "nnlib/" in fold.text_content()
    assert states(live)["model"] == "error"


def test_input_and_files_explain_themselves(live):
    run(live, "model", "name = input('Who?')")
    assert "can't wait for typed input" in cell_of(live, "model").text_content()
    run(live, "model", "open('scores.csv')")
    assert "no file of your machine" in cell_of(live, "model").text_content()
    run(live, "model", "import torch")
    assert "NumPy, Matplotlib" in cell_of(live, "model").text_content()


def test_colours_and_bars_of_a_terminal(live):
    source = (
        "import sys\nprint('\\x1b[31mred\\x1b[0m <b>')\n"
        "for i in range(3):\n    sys.stderr.write(f'\\rstep {i}')"
    )
    run(live, "model", source)
    output = cell_of(live, "model").locator(".cell_output")
    assert output.locator(".ansi-red-fg").text_content() == "red"
    assert "<b>" in output.text_content()
    assert output.locator(".stderr pre").text_content() == "step 2"


def test_an_endless_print_is_cut_and_the_page_stays_alive(live):
    write(live, "model", "while True:\n    print('again and again')")
    run(live, "model", wait=False)
    cell_of(live, "model").get_by_text("The rest is not shown").wait_for(timeout=60_000)
    assert len(shown(live, "model")["printed"]) == 100_000
    live.locator("[data-nn=stop]").click()
    wait_until_idle(live)
    assert states(live)["model"] == "error"


def test_arrays_that_do_not_fit_are_told(live):
    run(live, "model", "import numpy as np\n[np.empty((16_000, 16_000)) for _ in range(3)]")
    assert "Try smaller arrays" in cell_of(live, "model").text_content()
    assert run(live, "model", "1 + 1")["results"] == ["2"]


# ---------------------------------------------------------------- stopping


def stopped_after(page, source, patience):
    """Run what does not end, stop it, and return after how many ms it has stopped."""
    write(page, "model", source)
    run(page, "model", wait=False)
    page.wait_for_function(
        """() => document.querySelector("[data-nn-cell=model] .cell_output pre")
            ?.textContent.startsWith("on")""",
        timeout=60_000,
    )
    page.evaluate(
        """() => {
            const cell = document.querySelector("[data-nn-cell=model]");
            new MutationObserver(() => { window.stoppedAt ??= performance.now(); })
                .observe(cell, { attributes: true, attributeFilter: ["data-nn-state"] });
            window.stoppedAt = undefined;
            window.pressedAt = performance.now();
            document.querySelector("[data-nn=stop]").click();
        }"""
    )
    page.wait_for_function("window.stoppedAt", timeout=patience + 20_000)
    return page.evaluate("window.stoppedAt - window.pressedAt")


def test_an_endless_loop_stops_within_a_second_and_nothing_is_lost(live):
    run(live, "model", "kept = 41")
    assert stopped_after(live, "print('on', flush=True)\nwhile True:\n    pass", 1000) < 1000
    wait_until_idle(live)
    assert "You have stopped this cell" in cell_of(live, "model").text_content()
    assert run(live, "model", "kept + 1")["results"] == ["42"]


def test_a_sleeping_cell_stops(live):
    source = "import time\nprint('on', flush=True)\ntime.sleep(1000)"
    assert stopped_after(live, source, 1000) < 1000
    wait_until_idle(live)


def test_a_long_product_stops_by_a_new_python_and_the_text_stays(visit, pyodide):
    page = visit(SHORT, answer=pyodide)
    start(page)
    source = (
        "import numpy as np\na = np.ones((6000, 6000))\nprint('on', flush=True)\n"
        "for _ in range(100):\n    a @ a"
    )
    assert stopped_after(page, source, 5000) < 5000
    assert "Python was started anew" in cell_of(page, "model").text_content()
    wait_until(page, "ready")
    assert cell_of(page, "model").locator(".cell_input pre").text_content() == source
    assert run(page, "data")["printed"] == "(300, 2) (300,)\n"
    assert page.faults == []


def test_a_queue_can_be_stopped_before_its_cells_run(live):
    write(live, "model", "import time\ntime.sleep(1000)")
    run(live, "model", wait=False)
    run(live, "train", wait=False)
    assert states(live)["train"] == "queued"
    live.wait_for_function(
        "() => document.querySelector('[data-nn-cell=model]').dataset.nnState === 'running'"
    )
    live.locator("[data-nn=stop]").click()
    wait_until_idle(live)
    assert states(live)["train"] in ("stored", "stale")


# ---------------------------------------------------------------- editing


def test_keys_run_go_on_leave_and_undo(live):
    cell = cell_of(live, "data")
    write(live, "data", "x = 5\nprint(x)")
    live.keyboard.press("Control+Enter")
    wait_until_idle(live)
    assert shown(live, "data")["printed"] == "5\n"
    assert cell.locator(".cm-content").evaluate("each => each === document.activeElement")
    live.keyboard.press("ControlOrMeta+z")
    live.keyboard.press("ControlOrMeta+z")
    assert "make_spiral" in cell.locator(".cell_input pre").text_content()
    live.keyboard.press("Escape")
    assert cell.locator("[data-nn=run]").evaluate("each => each === document.activeElement")
    cell.locator(".cm-content").focus()
    live.keyboard.press("Shift+Enter")
    wait_until_idle(live)
    following = cell_of(live, "model").locator(".cm-content")
    assert following.evaluate("each => each === document.activeElement")
    live.keyboard.press("Tab")
    assert following.evaluate("each => each !== document.activeElement")


def test_a_run_by_button_keeps_the_focus(live):
    button = cell_of(live, "data").locator("[data-nn=run]")
    button.focus()
    live.keyboard.press("Enter")
    live.keyboard.press("Enter")  # pressed twice
    wait_until_idle(live)
    assert button.evaluate("each => each === document.activeElement")


def test_code_is_coloured_like_the_rest_of_the_page(live):
    write(live, "model", "import math")
    edited = cell_of(live, "model").locator(".cm-content .kn").first
    stored = cell_of(live, "train").locator(".cell_input .kn").first
    colours = set()
    for theme in ("light", "dark"):
        live.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        here, there = (
            each.evaluate("each => getComputedStyle(each).color") for each in (edited, stored)
        )
        assert here == there
        colours.add(here)
    assert len(colours) == 2


# ---------------------------------------------------------------- coming back


def test_answers_come_back_and_two_tabs_do_not_spoil_each_other(live, visit):
    run(live, "ex-1-6-b-answer", "activation = 'anything'")
    record = {"source": "mine = 1", "of": "what the book said then"}
    live.evaluate(
        "text => localStorage.setItem('nnbook/1/answer/1_6_summary/deeper', text)",
        json.dumps(record),
    )
    other = visit(SHORT, beside=live)
    assert "0 of 10 exercises right" in other.locator(".nn-progress").text_content()
    start(other)
    restored = cell_of(other, "ex-1-6-b-answer")
    assert restored.locator(".cell_input pre").text_content() == "activation = 'anything'"
    assert restored.get_attribute("data-nn-state") == "stored"
    run(other, "ex-1-6-i-answer", "best = 'mine'")
    run(live, "ex-1-6-d-answer", "first_loss = 2")
    kept = live.evaluate("Object.keys(localStorage).filter(key => key.includes('/ex-')).sort()")
    answers = [f"nnbook/1/answer/1_6_summary/ex-1-6-{part}-answer" for part in "bdi"]
    assert [key for key in kept if key in answers] == answers

    newer = cell_of(other, "deeper")  # the book's text of this cell is not that of the record
    assert newer.locator(".cell_input pre").text_content() == "mine = 1"
    assert "earlier edition" in newer.text_content()
    newer.locator("[data-nn=reset]").click()
    assert "Adam" in newer.locator(".cell_input pre").text_content()
    assert other.faults == []


# ---------------------------------------------------------------- widgets


def test_an_explorer_takes_any_value_once_its_cell_has_run(visit, pyodide):
    page = visit("notebooks/1_2_inference.html", answer=pyodide)
    start(page)
    cell = cell_of(page, "neuron-line-explorer")
    run(page, "neuron-line-explorer")
    explorer = cell.locator(".nn-explorer")
    explorer.wait_for()
    field = explorer.locator('input[type="number"]').first
    low, high = (float(field.get_attribute(name)) for name in ("min", "max"))
    before = explorer.locator(".nn-picture").inner_html()
    shown_before = int(explorer.get_attribute("data-shown") or 0)
    field.fill(f"{low + 0.3717 * (high - low):.4f}")
    field.press("Enter")
    page.wait_for_function(
        "([each, n]) => Number(each.dataset.shown) > n",
        arg=[explorer.element_handle(), shown_before],
    )
    assert explorer.locator(".nn-picture").inner_html() != before
    assert page.faults == []


def test_a_stepper_of_the_readers_own_graph_comes_to_life(visit, pyodide):
    page = visit(STEPS, answer=pyodide)
    start(page)
    source = (
        "from nnbook.stepper import GraphStepper\nfrom nnlib import Graph, Multiply\n"
        "graph = Graph()\n"
        "graph.apply(Multiply(), graph.input('u'), graph.input('v'), name='w')\n"
        "GraphStepper(graph, u=7.0, v=11.0)"
    )
    run(page, "pay-stepper", source)
    stepper = cell_of(page, "pay-stepper").locator(".nn-stepper")
    stepper.wait_for()
    stepper.get_by_role("button", name="Last step").click()
    assert "11" in stepper.locator(".nn-text").text_content()
    assert page.faults == []


# ---------------------------------------------------------------- phone, and readers of screens


def test_a_phone_has_room_for_the_editor(visit, pyodide):
    page = visit(SHORT, answer=pyodide, viewport=PHONE, has_touch=True, is_mobile=True)
    start(page)
    run(page, "data", "x = 1\nprint('a long line that does not fit on a phone ' * 3)")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    editor = cell_of(page, "data").locator(".cm-editor")
    assert editor.evaluate("each => getComputedStyle(each).fontSize") == "16px"
    for name in ("run", "reset"):
        box = cell_of(page, "data").locator(f"[data-nn={name}]").bounding_box()
        assert min(box["width"], box["height"]) >= 44


def test_every_control_has_a_name_of_its_own(live):
    names = live.evaluate(
        """() => [...document.querySelectorAll(".nn-cell-bar button, .cell_input [role=textbox]")]
            .map(each => each.getAttribute("aria-label"))"""
    )
    assert all(names)
    assert len(names) == len(set(names))
    assert len(names) >= 5 * (len(code_cells("1_6_summary")) - 1)
    assert live.locator(STATUS).get_attribute("role") == "status"


# ---------------------------------------------------------------- the site's own Python


@pytest.fixture(scope="module")
def own_site(built_book, pyodide_folder, tmp_path_factory):
    """Serve a copy of the book that has its own Python; return its address and its requests."""
    folder = tmp_path_factory.mktemp("own") / "html"
    shutil.copytree(built_book, folder, copy_function=os.link)
    config = SimpleNamespace(nn_pyodide="self")
    for script in (folder / "_static" / "nnbook").glob("widgets-*.js"):
        parts = script.stem.split("-")[1:]
        script.unlink()  # the book has the same file
        script.write_text(widget_pages.page_script(config, ROOT, parts), encoding="utf-8")
    live_pages.write_python(folder, pyodide_folder.as_uri() + "/")
    asked = []

    class Handler(QuietHandler):
        def send_head(self):
            asked.append(self.path)
            return super().send_head()

        def end_headers(self):
            self.send_header("cache-control", "max-age=600")
            super().end_headers()

    handler = functools.partial(Handler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_a_site_with_its_own_python_asks_nobody_else_and_a_second_visit_its_cache(
    browser, chromium, own_site, tmp_path
):
    address, asked = own_site
    # With a folder, as a reader's browser has; a route would switch the cache off.
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=chromium, args=CHROMIUM_FLAGS
    )
    elsewhere = []
    context.on(
        "request",
        lambda request: (
            request.url.startswith((address, "blob:", "data:")) or elsewhere.append(request.url)
        ),
    )
    counts = []
    for _ in range(2):
        asked.clear()
        page = context.new_page()
        page.goto(f"{address}/{SHORT}")
        assert float(re.search(r"([\d.]+) MB", said(page))[1]) == pytest.approx(17, rel=0.1)
        start(page)
        assert run(page, "data")["printed"] == "(300, 2) (300,)\n"
        counts.append(len([path for path in asked if "/pyodide/" in path]))
        page.close()
    context.close()
    assert counts[0] >= len(PINNED["python"])
    assert counts[1] == 0
    assert elsewhere == []
