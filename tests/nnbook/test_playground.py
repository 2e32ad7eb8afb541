"""The playground: what is stored is what nnlib trains, and a kernel trains any value."""

import json

import numpy as np
import pytest
from stored_playground import settings_of, stored, stored_run

from nnbook.playground import Playground
from nnbook.playground.playground import HIDDEN_SIZES, LEARNING_RATES, SEEDS
from nnbook.runs import SNAPSHOT_EPOCHS, train_run
from nnbook.widget.page import chunk

CHAOTIC_FROM = 10.0  # such runs differ from machine to machine after some epochs


def test_the_grid_covers_what_the_chapter_discusses():
    settings, chunks = stored()
    grid = settings["grid"]
    assert grid["learning_rates"] == list(LEARNING_RATES)
    assert grid["hidden_sizes"] == list(HIDDEN_SIZES)
    assert grid["seeds"] == list(SEEDS)
    names = {f"{h}-{s}" for h in HIDDEN_SIZES for s in SEEDS} | {"data"}
    assert set(settings["chunks"]) == names
    assert set(chunks) == set(settings["chunks"].values())


def test_what_is_stored_has_not_changed_since_it_was_named():
    _, chunks = stored()
    assert {
        name for name, text in chunks.items() if chunk(json.loads(text)) != (name, text)
    } == set()


def test_the_slowest_rate_does_nothing_and_the_largest_diverges():
    assert abs(stored_run(0.01, 10, 0).loss[-1] - np.log(3)) < 0.01
    assert stored_run(30.0, 10, 0).loss[5:].min() > np.log(3)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("hidden_size", HIDDEN_SIZES)
def test_stored_runs_are_those_nnlib_trains(hidden_size, seed):
    for learning_rate in [LEARNING_RATES[(seed + i) % len(LEARNING_RATES)] for i in (0, 3)]:
        run = train_run(learning_rate, hidden_size, seed)
        kept = stored_run(learning_rate, hidden_size, seed)
        assert (kept.epochs, kept.message) == (run.epochs, run.message)
        steps = slice(0, 2) if learning_rate > CHAOTIC_FROM else slice(None)
        np.testing.assert_allclose(kept.weights[steps], run.weights[steps], rtol=1e-3, atol=1e-3)
        if learning_rate < CHAOTIC_FROM:
            np.testing.assert_allclose(kept.loss, run.loss, rtol=0, atol=1e-4)


@pytest.fixture
def asked(monkeypatch):
    """Return a function that sends a request to a live playground and returns its answers."""
    widget, sent = Playground().to_widget(), []
    monkeypatch.setattr(widget, "send", lambda content, buffers=(): sent.append((content, buffers)))

    def ask(request):
        sent.clear()
        widget._handle_custom_msg(request, [])  # what a message from the script arrives at
        return list(sent)

    return ask


REQUEST = {"learning_rate": 0.77, "hidden_size": 7, "seed": 4, "number": 2}


def test_a_kernel_trains_any_value(asked):
    ((content, (loss, weights)),) = asked(REQUEST)
    run = train_run(0.77, 7, 4)
    assert (content["type"], content["number"], content["epochs"]) == ("run", 2, list(run.epochs))
    np.testing.assert_array_equal(np.frombuffer(loss, "<f4"), run.loss)
    np.testing.assert_array_equal(np.frombuffer(weights, "<f4"), run.weights.ravel())


def test_a_value_that_can_not_be_trained_is_explained(asked):
    message = "learning_rate must be a finite number above 0; got -1"
    ((content, buffers),) = asked(REQUEST | {"learning_rate": -1})
    assert (content, list(buffers)) == ({"type": "error", "number": 2, "message": message}, [])


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (MemoryError("no room"), "no room"),
        (ZeroDivisionError("division by zero"), "division by zero"),
        (AssertionError(), "AssertionError"),
        (KeyboardInterrupt(), "KeyboardInterrupt"),
    ],
)
def test_an_error_of_any_kind_answers_the_request_that_met_it(asked, monkeypatch, error, message):
    def fail(*values):
        raise error

    monkeypatch.setattr("nnbook.runs.train_run", fail)
    ((content, buffers),) = asked(REQUEST | {"number": 12})
    assert (content, list(buffers)) == ({"type": "error", "number": 12, "message": message}, [])


def test_a_kernel_never_trains_ahead(monkeypatch):
    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS", raising=False)
    trained = []
    monkeypatch.setattr("nnbook.playground.playground.train_run", lambda *run: trained.append(run))
    bundle = Playground()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "text/html" not in bundle
    assert trained == []


def test_a_smaller_grid_can_be_stored():
    playground = Playground(learning_rates=[0.5], hidden_sizes=[3], seeds=[9])
    html = playground.to_html()
    settings = settings_of(html)
    assert settings["start"] == {"learning_rate": 0.5, "hidden_size": 3, "seed": 9}
    assert settings["epochs"] == list(SNAPSHOT_EPOCHS)
    assert html == playground.to_html()
    assert "<svg" in html.split("data-nn-chunk")[0]


def test_an_empty_grid_is_an_error():
    with pytest.raises(ValueError, match=r"seeds must hold at least one value; got \[\]"):
        Playground(seeds=[])
