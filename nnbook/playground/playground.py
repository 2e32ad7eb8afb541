"""The playground of section 1.4.3: choose a learning rate and a hidden size, and watch it learn."""

import base64
import functools
import time

from nnbook.runs import SNAPSHOT_EPOCHS, spiral_data, train_run
from nnbook.widget.live import live_class, mimebundle
from nnbook.widget.page import chunk, figure
from nnbook.widget.redraw import Redraw

__all__ = ["Playground"]

LEARNING_RATES = (0.01, 0.1, 0.3, 1.0, 3.0, 30.0)
HIDDEN_SIZES = (1, 2, 4, 10, 20, 50)
SEEDS = (0, 1, 2)
START = {"learning_rate": 1.0, "hidden_size": 10, "seed": 0}


class Playground:
    """Trains the spiral network with the reader's values and replays the training.

    With a kernel every value trains for real. What is stored is a grid of runs that nnlib has
    trained; the page's script does the forward pass.

    Parameters
    ----------
    learning_rates, hidden_sizes, seeds : sequences of numbers, optional
        The grid of runs that is stored.

    Raises
    ------
    ValueError
        If a part of the grid is empty.
    """

    def __init__(
        self,
        *,
        learning_rates=LEARNING_RATES,
        hidden_sizes=HIDDEN_SIZES,
        seeds=SEEDS,
    ):
        grid = {"learning_rates": learning_rates, "hidden_sizes": hidden_sizes, "seeds": seeds}
        for name, values in grid.items():
            if not len(values):
                raise ValueError(f"{name} must hold at least one value; got {values!r}")
        self.grid = {name: list(values) for name, values in grid.items()}

    def settings(self, *, free):
        """Return what the front end needs to know at once."""
        return {
            "grid": self.grid,
            "start": {name: _start(name, self.grid[f"{name}s"]) for name in START},
            "epochs": list(SNAPSHOT_EPOCHS),
            "free": free,
        }

    def to_html(self):
        """Train the grid and return the playground for a page without a kernel."""
        chunks = {"data": chunk(_data())}
        for hidden_size in self.grid["hidden_sizes"]:
            for seed in self.grid["seeds"]:
                runs = {
                    _number(rate): _to_json(train_run(rate, hidden_size, seed))
                    for rate in self.grid["learning_rates"]
                }
                chunks[f"{hidden_size}-{seed}"] = chunk(runs)
        settings = self.settings(free=False)
        return figure("playground", self._still(), settings=settings, chunks=chunks)

    def to_widget(self):
        """Return the live playground (needs anywidget and a kernel)."""
        return _live_playground()(settings=self.settings(free=True) | {"data": _data()})

    def _still(self):
        """Draw the end of the first run: what a page without a script shows."""
        from nnbook.drawing.plots import plot_decision_regions
        from nnbook.drawing.svg import render

        run = train_run(**self.settings(free=False)["start"])
        return render(plot_decision_regions(run.model(-1).predict, *spiral_data()[:2]))

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Show the live widget, or the stored runs while outputs are being stored."""
        return mimebundle("Playground()", to_html=self.to_html, to_widget=self.to_widget)


def _data():
    x, t, held_out_x, held_out_t = spiral_data()
    return {
        "training": {"x": x.round(6).tolist(), "t": t.tolist()},
        "held_out": {"x": held_out_x.round(6).tolist(), "t": held_out_t.tolist()},
    }


def _describe(run):
    return {
        "learning_rate": run.learning_rate,
        "hidden_size": run.hidden_size,
        "seed": run.seed,
        "epochs": list(run.epochs),
        "message": run.message,
    }


def _to_json(run):
    return _describe(run) | {
        "loss": base64.b64encode(run.loss.astype("<f4").tobytes()).decode(),
        "weights": base64.b64encode(run.weights.astype("<f4").tobytes()).decode(),
    }


def _start(name, values):
    return START[name] if START[name] in values else values[0]


def _number(value):
    """Write a number as JavaScript does: 1, not 1.0."""
    return f"{value:g}"


@functools.cache
def _live_playground():
    """Make the class that trains what its script asks for."""

    class LivePlayground(live_class("playground")):
        def __init__(self, **values):
            super().__init__(**values)
            self._wanted = {}
            self._redraw = Redraw(self._answer, self._report)
            self.on_msg(self._asked)

        def _asked(self, _, request, buffers):
            self._wanted[request["number"] % 2] = request  # a newer request replaces an older one
            self._redraw.soon()

        def _answer(self):
            while self._wanted:
                _, request = self._wanted.popitem()
                self._train(**request)

        def _train(self, *, learning_rate, hidden_size, seed, number):
            started = time.perf_counter()
            try:
                run = train_run(learning_rate, int(hidden_size), int(seed))
            except (TypeError, ValueError) as error:
                self.send({"type": "error", "number": number, "message": str(error)})
                return
            seconds = time.perf_counter() - started
            content = _describe(run) | {"type": "run", "number": number, "seconds": seconds}
            self.send(content, [run.loss.tobytes(), run.weights.tobytes()])

        def _report(self, message):
            self.send({"type": "error", "number": 0, "message": message})

    return LivePlayground
