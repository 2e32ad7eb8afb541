"""What the worker of a page calls: all goes to and fro as JSON, and which cells draw is known."""

import asyncio
import json
import os
import pkgutil
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

from nnbook.live import page as page_module
from nnbook.live.page import DRAWING, PIECE, PagePython
from nnbook.widget.in_page import PageWidget

ROOT = Path(__file__).parents[2]
# Parts of the book that no cell of a page imports: they make its sites.
NOT_IN_A_PAGE = ("nnbook.sphinx", "nnbook.live")


@pytest.fixture
def page(monkeypatch):
    """Return Python in a page; its `sent` are the messages as the page reads them."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(time, "sleep", time.sleep)
    sent = []
    page = PagePython(lambda text, buffers: sent.append((json.loads(text), buffers)))
    page.sent = sent
    return page


# ---------------------------------------------------------------- JSON


def test_messages_are_json(page):
    asyncio.run(page.run("a", "print('é')\n'<b>'"))
    messages = [message for message, _ in page.sent]
    assert [m["type"] for m in messages][-2:] == ["result", "done"]
    assert messages[0] == {"type": "stream", "name": "stdout", "text": "é", "cell": "a"}
    assert messages[-1]["ok"] is True
    asyncio.run(page.run("a", "1 / 0"))
    assert page.sent[-2][0]["causes"][0]["frames"][0]["code"] == [[1, "1 / 0"]]


def test_a_message_to_a_widget_is_json(page):
    class Echo(PageWidget):
        kind = "echo"

    page.kernel.names["echo"] = echo = Echo(settings={})
    echo.on_msg(lambda widget, content, buffers: widget.send(content, [b"x"]))
    asyncio.run(page.run("a", "echo"))
    page.receive(1, '{"values": [1, null]}')
    assert page.sent[-1] == (
        {"type": "widget", "number": 1, "content": {"values": [1, None]}},
        [b"x"],
    )


def test_what_cells_need_is_json(page):
    assert json.loads(page.needs(json.dumps(["x = 1", "x"]))) == [[], [0]]


# ---------------------------------------------------------------- sleep


def test_sleep_can_be_stopped_after_each_of_its_pieces(page, monkeypatch):
    clock, slept = [5.0], []

    def sleep(seconds):
        slept.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(page_module, "SLEEP", sleep)
    monkeypatch.setattr(page_module, "time", types.SimpleNamespace(monotonic=lambda: clock[0]))
    asyncio.run(page.run("a", "import time\ntime.sleep(0.12)"))
    assert page.sent[-1][0]["ok"]
    assert slept == pytest.approx([PIECE, PIECE, 0.02])
    slept.clear()
    time.sleep(0)
    assert slept == [0]


@pytest.mark.parametrize(
    ("seconds", "error"), [(-1, ValueError), (float("nan"), ValueError), ("1", TypeError)]
)
def test_sleep_refuses_what_is_no_time(page, seconds, error):
    assert time.sleep is page_module.sleep_in_pieces
    with pytest.raises(error):
        time.sleep(seconds)


# ---------------------------------------------------------------- which cells draw


@pytest.mark.parametrize(
    "source",
    [
        "import matplotlib.pyplot as plt",
        "import numpy as np, matplotlib",
        "from matplotlib import pyplot",
        "from pylab import *",
        "from PIL import Image",
        "from nnbook.drawing import plot_loss",
        "from nnbook import drawing",
        "import nnbook.drawing.plots",
        "def f():\n    from nnbook.explorer import explore",
    ],
)
def test_a_cell_that_imports_matplotlib_draws(page, source):
    assert page.draws(f"x = 1\n{source}\n")


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np",
        "from nnlib import Affine",
        "from nnbook import exercises",
        "import nnbook",
        "import matplotlibrary",
        "'import matplotlib'",
        "from . import matplotlib",
        "import matplotlib as",
        "x = '\0'",
    ],
)
def test_other_cells_do_not(page, source):
    assert not page.draws(source)


def modules():
    """Return the packages and modules of the book that a cell can import."""
    found = ["nnlib", "nnbook"]
    for package in ("nnlib", "nnbook"):
        walked = pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
        found += [each.name for each in walked if not each.name.startswith(NOT_IN_A_PAGE)]
    return found


TRY = """
import importlib, json, sys
for name in ("matplotlib", "PIL"):
    sys.modules[name] = None  # importing it is now an error
drawing = []
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        assert error.name.split(".")[0] in ("matplotlib", "PIL"), error
        drawing.append(name)
print(json.dumps(drawing))
"""


@pytest.fixture(scope="module")
def drawing():
    """Return the modules that can't be imported without matplotlib, as a page finds them."""
    path = os.pathsep.join([str(ROOT / "nnbook" / "live" / "modules"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", TRY, *modules()],
        env=os.environ | {"PYTHONPATH": path, "MPLBACKEND": "module://nnbook.live.figures"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_what_draws_is_exactly_what_imports_matplotlib(page, drawing):
    assert [name for name in modules() if page.draws(f"import {name}")] == drawing
    named = {name for name in DRAWING if name.startswith("nnbook.")}
    assert named - {"nnbook.live.figures"} <= set(drawing)  # none is named in vain


def test_a_cell_of_the_backend_itself_draws(page):
    assert page.draws("from nnbook.live.figures import show")
    assert not page.draws("import nnbook.live.kernel")
