"""The playground of section 1.4.3: choose a learning rate and a hidden size, and watch it learn."""

import base64
import functools
from collections.abc import Sequence
from typing import Any

from nnbook.runs import SNAPSHOT_EPOCHS, Run, answer, spiral_data, train_run
from nnbook.widget.live import live_class, mimebundle
from nnbook.widget.page import chunk, figure

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
        learning_rates: Sequence[float] = LEARNING_RATES,
        hidden_sizes: Sequence[int] = HIDDEN_SIZES,
        seeds: Sequence[int] = SEEDS,
    ) -> None:
        grid = {"learning_rates": learning_rates, "hidden_sizes": hidden_sizes, "seeds": seeds}
        for name, values in grid.items():
            if not len(values):
                raise ValueError(f"{name} must hold at least one value; got {values!r}")
        self.grid: dict[str, list[Any]] = {name: list(values) for name, values in grid.items()}

    def settings(self, *, free: bool) -> dict[str, Any]:
        """Return what the script needs to know at once.

        Parameters
        ----------
        free : bool
            Whether any value can be trained, not only those of the grid.

        Returns
        -------
        dict
            ``grid``, ``start``, ``epochs`` and ``free``.
        """
        return {
            "grid": self.grid,
            "start": {name: _start(name, self.grid[f"{name}s"]) for name in START},
            "epochs": list(SNAPSHOT_EPOCHS),
            "free": free,
        }

    def to_html(self) -> str:
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

    def to_widget(self) -> Any:
        """Return the live playground (needs anywidget and a kernel)."""
        return _live_playground()(settings=self.settings(free=True) | {"data": _data()})

    def _still(self) -> str:
        """Draw the end of the first run: what a page without a script shows."""
        from nnbook.drawing.plots import plot_decision_regions
        from nnbook.drawing.svg import render

        run = train_run(**self.settings(free=False)["start"])
        return render(plot_decision_regions(run.model(-1).predict, *spiral_data()[:2]))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Show the live widget, or the stored runs while outputs are being stored."""
        return mimebundle("Playground()", to_html=self.to_html, to_widget=self.to_widget)


def _data() -> dict[str, Any]:
    x, t, held_out_x, held_out_t = spiral_data()
    return {
        "training": {"x": x.round(6).tolist(), "t": t.tolist()},
        "held_out": {"x": held_out_x.round(6).tolist(), "t": held_out_t.tolist()},
    }


def _to_json(run: Run) -> dict[str, Any]:
    loss, weights = (base64.b64encode(buffer).decode() for buffer in run.buffers())
    return run.describe() | {"loss": loss, "weights": weights}


def _start(name: str, values: Sequence[float]) -> float:
    return START[name] if START[name] in values else values[0]


def _number(value: float) -> str:
    """Write a number as JavaScript does: 1, not 1.0."""
    return f"{value:g}"


@functools.cache
def _live_playground() -> type:
    """Make the class that trains what its script asks for."""
    base: Any = live_class("playground")

    class LivePlayground(base):
        def __init__(self, **values: Any) -> None:
            super().__init__(**values)
            self.on_msg(self._answer)

        def _answer(self, _: Any, request: dict[str, Any], buffers: list[bytes]) -> None:
            self.send(*answer(request))

    return LivePlayground
