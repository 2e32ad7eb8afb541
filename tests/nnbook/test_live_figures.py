"""The figures of a page: matplotlib's own calls show them, in order, in one form, with words."""

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = """
import asyncio, json, sys
from nnbook.live.kernel import Kernel
sent = []
kernel = Kernel(lambda message, buffers: sent.append(message))
if sys.argv[1] == "connected":
    kernel.connect_figures()
for number, source in enumerate(json.load(sys.stdin)):
    asyncio.run(kernel.run(f"c{number}", source))
import matplotlib.pyplot as plt
print(json.dumps([sent, len(plt.get_fignums())]))
"""
START = "import matplotlib.pyplot as plt"
PLOT = f"{START}\n_ = plt.plot([1, 2])\n"
CHOOSE = "from matplotlib_inline.backend_inline import set_matplotlib_formats\n"


def run(*sources, start="connected"):
    """Run cells as in a page; return the messages of each, "done" left out."""
    path = os.pathsep.join([str(ROOT / "nnbook" / "live" / "modules"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN, start],
        input=json.dumps(sources),
        env=os.environ | {"PYTHONPATH": path, "MPLBACKEND": "module://nnbook.live.figures"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    sent, still_open = json.loads(done.stdout)
    assert still_open == 0
    cells = [[m for m in sent if m["cell"] == f"c{n}"] for n in range(len(sources))]
    return [[m for m in cell if m["type"] != "done"] for cell in cells]


def kinds(messages):
    """Return what each message shows: its media types, or its text."""
    shown = [m["text"].strip() if "text" in m else sorted(m["data"]) for m in messages]
    return [each for each in shown if each]  # print writes the end of a line by itself


PICTURE = ["alt", "image/svg+xml", "text/plain"]


@pytest.fixture(scope="module")
def cells():
    """Run all cells that can share one Python."""
    sources = {
        "end": PLOT + "plt.title('At the end');",
        "show": f"print('before')\n{PLOT}plt.title('One')\nplt.show()\nprint('after')",
        "two": "for title in 'AB':\n    plt.figure()\n    plt.plot([1])\n    plt.title(title)\n7;",
        "error": "plt.plot([1, 2])\n1 / 0",
        "none": "print('nothing')",
        "empty": "plt.figure()\nplt.show()",
        "words": "fig, (a, b) = plt.subplots(1, 2)\nfig.suptitle('All')\na.set(title='Left', "
        "xlabel='epoch', ylabel='loss')\nb.set(ylabel='only y')\nplt.show()",
        "bare": "plt.plot([1])\nplt.show()",
        "text alone": "plt.figtext(0.5, 0.5, 'words')\nplt.show()",
        "legend alone": "plt.figure().legend(handles=[plt.Line2D([], [], label='a')])\nplt.show()",
        "value": "fig, ax = plt.subplots()\nax.set_title('A value')\nplt.close(fig)\nfig",
        "faulty": "plt.title('$\\\\nosuch$')\nplt.plot([1]);",
        "png": f"{CHOOSE}set_matplotlib_formats('png', dpi=20)\n{PLOT}plt.title('Points');",
        "svg": f"{CHOOSE}set_matplotlib_formats('svg', 'png', metadata={{'Date': None}})\n{PLOT}",
        "display": "fig, ax = plt.subplots()\nax.set_title('Twice')\ndisplay(fig)\nplt.show()",
    }
    return dict(zip(sources, run(*sources.values()), strict=True))


def test_a_figure_is_shown_at_the_end_of_its_cell(cells):
    (message,) = cells["end"]
    assert (message["type"], message["data"]["alt"]) == ("display", "At the end")
    assert message["data"]["text/plain"].startswith("<Figure size")
    assert message["data"]["image/svg+xml"].startswith("<svg")


def test_show_shows_it_where_it_stands_and_once(cells):
    assert kinds(cells["show"]) == ["before", PICTURE, "after"]


def test_figures_come_in_the_order_in_which_they_were_made(cells):
    assert [m["data"]["alt"] for m in cells["two"]] == ["A", "B"]


def test_after_an_error_no_figure_is_shown_or_left(cells):
    assert [m["type"] for m in cells["error"]] == ["error"]
    assert kinds(cells["none"]) == ["nothing"]


def test_an_empty_figure_is_not_shown(cells):
    assert cells["empty"] == []


@pytest.mark.parametrize("name", ["text alone", "legend alone"])
def test_a_figure_without_axes_is_shown_if_there_is_something_in_it(cells, name):
    assert kinds(cells[name]) == [PICTURE]


def test_the_alternative_text_has_all_titles_and_labels(cells):
    (message,) = cells["words"]
    assert message["data"]["alt"] == "All; Left; epoch – loss; only y"
    assert cells["bare"][0]["data"]["alt"] == ""


def test_a_figure_can_be_a_value(cells):
    (message,) = cells["value"]
    assert message["type"] == "result"
    assert message["data"]["alt"] == "A value"


def test_a_figure_can_be_displayed_before_it_is_shown(cells):
    assert [m["data"]["alt"] for m in cells["display"]] == ["Twice", "Twice"]


def test_a_drawing_fits_the_page(cells):
    svg = cells["end"][0]["data"]["image/svg+xml"]
    assert svg.endswith("</svg>")
    assert 'role="img"' in svg
    assert "max-width: 100%" in svg
    assert not re.search(r"<\?xml|<!DOCTYPE|<metadata", svg)


def test_the_form_of_figures_can_be_chosen(cells):
    png, svg = cells["png"], cells["svg"]
    assert sorted(png[0]["data"]) == ["alt", "image/png", "text/plain"]
    assert png[0]["data"]["alt"] == "Points"
    content = base64.b64decode(png[0]["data"]["image/png"])
    assert content.startswith(b"\x89PNG")
    width = int.from_bytes(content[16:20], "big")
    assert width < 6.4 * 20 + 10  # 6.4 inches of 20 points, cut to what is drawn
    assert kinds(svg) == [PICTURE]


def test_the_books_style_gives_the_same_bytes_twice():
    cell = f"from nnbook.drawing import use_style\nuse_style()\n{PLOT}plt.show()"
    (one,), (two,) = run(cell, cell)
    assert one["data"] == two["data"]
    assert one["data"]["image/svg+xml"].count("<text") > 3  # words stay words
    assert run(cell)[0][0]["data"] == one["data"]


def test_a_cell_that_imports_matplotlib_by_itself_shows_its_figure_at_its_end():
    """Outside of a page nothing has connected the figures before."""
    (first,) = run(f"{PLOT}plt.show()\nprint('after')", start="alone")
    assert kinds(first) == ["after", PICTURE]


def test_an_error_in_drawing_is_told_and_ours_do_not_begin_it(cells):
    (error,) = cells["faulty"]
    assert (error["type"], error["name"]) == ("error", "ValueError")
    assert "nosuch" in error["value"]
    assert "nnbook" not in error["causes"][-1]["frames"][0]["file"]
