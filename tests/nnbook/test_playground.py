"""The playground: what a kernel has to do with it, and what a page without one is given."""

import json
import re
import subprocess
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from nnbook.playground import Playground
from nnbook.playground.settings import AMOUNTS, CHOICES, START, VIEW, WHOLE, checked_state
from nnbook.runs import train_run
from nnbook.widget.in_page import MEDIA
from nnlib.datasets import make_spiral

ROOT = Path(__file__).parents[2]
SETTINGS_SCRIPT = """
import { AMOUNTS, CHOICES, START } from "./nnbook/playground/settings.js";
import { POINTS, SCALES } from "./nnbook/playground/state.js";
console.log(JSON.stringify({ AMOUNTS, CHOICES, START, POINTS, SCALES }));
"""


@pytest.fixture
def own(rng):
    """Return points of the reader's own, of four classes, and held-out ones."""
    x, t = make_spiral(40, 4, rng=rng)
    return (5 * x + 3, t), (5 * x[::3] + 3, t[::3])


def settings_in(html):
    return json.loads(unescape(re.search(r'data-nn-settings="([^"]*)"', html)[1]))


# ---------------------------------------------------------------- state


def test_script_and_kernel_know_the_same_settings():
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SETTINGS_SCRIPT],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    script = json.loads(done.stdout)
    assert script["START"] == START
    bounds = {name: [each["low"], each["high"]] for name, each in script["AMOUNTS"].items()}
    assert bounds == {
        name: list(pair) for name, pair in (AMOUNTS | WHOLE).items() if name != "update"
    }
    choices = {name: tuple(each["choices"]) for name, each in script["CHOICES"].items()}
    choices |= {"points": tuple(script["POINTS"]), "scale": tuple(script["SCALES"])}
    assert choices == CHOICES


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"learning_rate": 0}, "learning_rate must be"),
        ({"learning_rate": "fast"}, "learning_rate must be"),
        ({"hidden_size": 2.5}, "hidden_size must be"),
        ({"hidden_size": 101}, "hidden_size must be at most 100; got 101"),
        ({"optimizer": "Adm"}, "optimizer must be one of SGD, Momentum"),
        ({"activation": None}, "activation must be one of"),
        ({"epoch": 301}, "epoch must be at most 300; got 301"),
        ({"epochs": 50, "epoch": 51}, "epoch must be at most 50"),
        ({"colour": "red"}, "settings must be among .*; got colour"),
        ({"points": "all"}, "points must be one of"),
        ({"second": 3}, "second must be a string; got 3"),
    ],
)
def test_what_can_not_be_is_named(changes, message):
    with pytest.raises((ValueError, TypeError), match=message):
        checked_state(changes)
    if "epoch" not in changes:
        with pytest.raises((ValueError, TypeError), match=message):
            Playground(**changes)


def test_a_change_keeps_the_rest_and_shows_the_end():
    state = checked_state({"epochs": 50, "seed": 3})
    assert state == {**START, **VIEW, "epochs": 50, "seed": 3, "epoch": 50, "update": 0}
    state = checked_state({"epoch": 20, "update": 4}, state)
    assert (state["seed"], state["epoch"], state["update"]) == (3, 20, 4)
    assert checked_state({"seed": 4}, state)["epoch"] == 50


# ---------------------------------------------------------------- kernel


def test_the_kernel_reads_what_the_reader_sees():
    playground = Playground(epochs=20)
    widget = playground.to_widget()
    seen = {**START, **VIEW, "epochs": 20, "learning_rate": 0.5, "epoch": 12, "update": 3}
    widget._handle_custom_msg({"type": "state", "state": seen}, [])
    assert playground.state == seen
    run = train_run(learning_rate=0.5, epochs=12, update=3)
    for mine, expected in zip(playground.params, run.model.params, strict=True):
        np.testing.assert_array_equal(mine, expected)
    assert playground.history.loss == run.history.loss
    assert len(playground.history) == 12


def test_the_kernel_sets_what_the_reader_sees(monkeypatch):
    playground = Playground()
    widget, sent = playground.to_widget(), []
    monkeypatch.setattr(widget, "send", sent.append)
    playground.state = {"hidden_size": 4, "epoch": 7}
    assert playground.state["hidden_size"] == 4
    assert sent == [{"type": "state", "state": playground.state}]
    with pytest.raises(ValueError, match="hidden_size"):
        playground.state = {"hidden_size": 0}
    assert playground.state["hidden_size"] == 4
    assert len(sent) == 1


def test_a_state_can_not_be_changed_by_accident():
    playground = Playground()
    playground.state["seed"] = 9
    playground.params[0][...] = 0
    assert playground.state["seed"] == 0
    assert playground.params[0].any()


def test_what_is_shown_later_begins_with_the_newest_state():
    playground = Playground()
    playground.state = {"seed": 9}
    assert playground.to_widget().settings["start"] == {"seed": 9}
    playground.state = {"epochs": 500, "epoch": 300, "update": 2}
    start = playground.to_widget().settings["start"]
    assert start == {"seed": 9, "epochs": 500, "epoch": 300, "update": 2}


def test_a_kernel_trains_nothing_before_it_is_asked(monkeypatch):
    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS", raising=False)
    trained = []
    monkeypatch.setattr("nnbook.playground.playground.train_run", lambda **run: trained.append(run))
    bundle = Playground()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "text/html" not in bundle
    assert trained == []


def test_in_a_live_page_it_is_a_widget_of_the_page(monkeypatch):
    from nnbook.widget import live

    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS", raising=False)
    monkeypatch.setattr("sys.platform", "emscripten")
    live.live_class.cache_clear()
    try:
        playground = Playground(seed=2)
        widget = playground._repr_mimebundle_()[MEDIA]
        assert (widget.kind, widget.settings["start"]) == ("playground", {"seed": 2})
        widget.receive({"type": "state", "state": {**playground.state, "seed": 5}})
        assert playground.state["seed"] == 5
    finally:
        live.live_class.cache_clear()


# ---------------------------------------------------------------- the reader's own data


def test_own_data_is_trained_on(own):
    (x, t), validation = own
    playground = Playground(x, t, validation=validation, epochs=5, hidden_size=3)
    run = train_run(epochs=5, hidden_size=3, data=(x, t, *validation))
    assert playground.history.validation_loss == run.history.validation_loss
    assert [param.shape for param in playground.params] == [(2, 3), (3,), (3, 4), (4,)]
    data = playground.settings()["data"]
    assert (data["classes"], len(data["training"]["t"])) == (4, 160)
    assert np.array_equal(data["held_out"]["x"], validation[0])
    assert "study" not in playground.settings()


def test_own_data_needs_nothing_held_out(own):
    (x, t), _ = own
    playground = Playground(x, t, epochs=2)
    assert playground.settings()["data"]["held_out"] is None
    assert playground.history.validation_loss == [None, None]
    assert playground.to_html().count("<svg") == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda x, t: (x, None), "x and t must be given together"),
        (lambda x, t: (x[:, :1], t), r"x must have shape \(N, 2\); got \(160, 1\)"),
        (lambda x, t: (x, t + 3), "t must hold labels from 0 to 5; got 3 to 6"),
        (lambda x, t: (x, t - 1), "t must hold labels from 0 to 5; got -1 to 2"),
        (lambda x, t: (x, 0 * t), "t must hold at least two classes; got labels up to 0"),
        (lambda x, t: (x, t.astype(float)), "t must hold integers"),
        (lambda x, t: (x / 0.0, t), "x must be finite; got"),
        (lambda x, t: (x[:9], t), "t must have one entry per sample, 9"),
        (lambda x, t: (np.zeros((10_001, 2)), np.arange(10_001) % 2), "at most 10,000 rows"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero", "ignore:invalid value")
def test_data_that_can_not_be_drawn_is_refused(own, change, message):
    (x, t), _ = own
    with pytest.raises((ValueError, TypeError), match=message):
        Playground(*change(x, t))


def test_held_out_data_fits_the_rest(own):
    (x, t), _ = own
    with pytest.raises(ValueError, match="validation must come with x and t"):
        Playground(validation=(x, t))
    with pytest.raises(TypeError, match=r"validation must be a pair \(x, t\)"):
        Playground(x, t, validation=x)
    with pytest.raises(ValueError, match="validation t must hold labels below 2, as t; got 3"):
        Playground(x, t % 2, validation=(x, t))


# ---------------------------------------------------------------- a page without a kernel


def test_a_page_gets_a_picture_and_no_data():
    html = Playground().to_html()
    assert html == Playground().to_html()
    assert html.count("<svg") == 3  # regions, network, curve
    known = settings_in(html)
    assert set(known) == {"study", "chunks"}
    assert known["chunks"] == {}


def test_a_small_one_knows_the_way_to_the_whole():
    known = settings_in(Playground(small=True, link="notebooks/1_4_spiral.html").to_html())
    assert known == {"small": True, "link": "notebooks/1_4_spiral.html", "chunks": {}}
