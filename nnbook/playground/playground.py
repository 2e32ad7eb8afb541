"""The playground of section 1.4.3: the spiral network, trained where the reader looks at it.

The training is done by the widget's script, which gives nnlib's numbers; here is what a kernel has
to do with it: the reader's own data, and what the script has been set to.
"""

from collections.abc import Mapping
from typing import Any

from nnbook.playground.data import own_data, to_json
from nnbook.playground.settings import START, checked_state
from nnbook.records import read_record
from nnbook.runs import Run, spiral_data, train_run
from nnbook.study import summarise
from nnbook.widget.live import live_class, mimebundle
from nnbook.widget.page import figure
from nnlib.backend import Array
from nnlib.checks import require
from nnlib.trainer import History

__all__ = ["Playground"]


class Playground:
    """Trains the network of section 1.4 with the reader's values, and shows it as it learns.

    Parameters
    ----------
    x : (N, 2) array, optional
        Points to learn from, at most 10,000; without them the spiral.
    t : (N,) array of integers, optional
        Their labels, from 0 on, of at most six classes.
    validation : tuple of arrays, optional
        ``(x, t)`` of held-out points that are only measured.
    small : bool
        Fewer parts, and it plays when it is seen: for a landing page.
    link : str
        Where the small one finds the whole.
    **settings
        What the controls are set to at first: `learning_rate`, `hidden_size`, `seed`, `epochs`,
        `batch_size`, `weight_scale`, `noise`, `optimizer`, `activation`.

    Examples
    --------
    >>> playground = Playground(learning_rate=0.5, optimizer="Momentum")
    >>> playground.history.loss[-1] < 0.2  # of the run that is shown
    True
    """

    def __init__(
        self,
        x: Array | None = None,
        t: Array | None = None,
        *,
        validation: tuple[Array, Array] | None = None,
        small: bool = False,
        link: str = "",
        **settings: Any,
    ) -> None:
        require((x is None) == (t is None), "x and t", "be given together", "only one of them")
        held_out = validation is not None
        require(x is not None or not held_out, "validation", "come with x and t", "it alone")
        self.data = None if x is None else own_data(x, t, validation)
        self.small = bool(small)
        self.link = link
        self._state = checked_state(settings)
        self._widgets: list[Any] = []

    @property
    def state(self) -> dict[str, Any]:
        """What the controls are set to, with the `epoch` and the `update` in it that is shown.

        Values that are assigned move the controls wherever this playground is shown; a dict may
        name some of them only.
        """
        return dict(self._state)

    @state.setter
    def state(self, changes: Mapping[str, Any]) -> None:
        self._state = checked_state(changes, self._state)
        for widget in self._widgets:
            widget.send({"type": "state", "state": self._state})

    @property
    def run(self) -> Run:
        """The run that is shown, up to the epoch that is shown, trained by nnlib (`Run`)."""
        settings = {name: self._state[name] for name in (*START, "update")}
        return train_run(**settings | {"epochs": self._state["epoch"]}, data=self.data)

    @property
    def params(self) -> list[Any]:
        """W1, (2, H), b1, (H,), W2, (H, C), and b2, (C,), as they are shown (list of arrays)."""
        return [+param for param in self.run.model.params]

    @property
    def history(self) -> History:
        """Losses and accuracies of every epoch up to the one that is shown (`History`)."""
        return self.run.history

    def settings(self) -> dict[str, Any]:
        """Return what the script needs to know at once; what is as usual is left out."""
        usual = checked_state({}) | {"epoch": self._state["epochs"]}
        start = {name: value for name, value in self._state.items() if value != usual[name]}
        known: dict[str, Any] = {"start": start} if start else {}
        if self.data:
            known["data"] = to_json(*self.data)
        if self.small:
            return known | {"small": True, "link": self.link}
        return known if self.data else known | {"study": _studied()}

    def to_html(self) -> str:
        """Return the playground for a page without a kernel, with a picture of the run's end."""
        return figure("playground", self._still(), settings=self.settings(), chunks={})

    def to_widget(self) -> Any:
        """Return the live playground (in a notebook it needs anywidget)."""
        widget = live_class("playground")(settings=self.settings())
        widget.on_msg(self._hear)
        self._widgets.append(widget)
        return widget

    def _hear(self, _: Any, message: dict[str, Any], buffers: list[bytes]) -> None:
        """Take what the script says it is set to now."""
        if message.get("type") == "state":
            self._state = checked_state(message["state"], self._state)

    def _still(self) -> str:
        """Draw the regions, the network and the curve: what a page without a script shows."""
        from nnbook.drawing.network import draw_network
        from nnbook.drawing.plots import plot_decision_regions, plot_loss
        from nnbook.drawing.svg import render

        run = self.run
        x, t, held_out, _ = self.data or spiral_data(self._state["noise"])
        W1, _, W2, _ = run.model.params
        losses = {"training": run.history.loss}
        if held_out is not None:
            after = run.history.validation_loss
            losses["held-out"] = [loss for loss in after if loss is not None]
        pictures = [
            plot_decision_regions(run.model.predict, x, t),
            draw_network([*W1.shape, W2.shape[1]], weights=[W1, W2]),
            plot_loss(*losses.values(), labels=list(losses)),
        ]
        return f'<div class="nn-stills">{"".join(map(render, pictures))}</div>'

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Show the live widget, or the figure while outputs are being stored."""
        return mimebundle("Playground()", to_html=self.to_html, to_widget=self.to_widget)


def _studied() -> dict[str, Any]:
    """Return the stored study as the script's map shows it."""
    summaries = summarise(read_record("study"))
    names = ("learning_rate", "hidden_size", "least", "median", "most")
    cells = [{name: getattr(each, name) for name in names} for each in summaries]
    return {"samples": 300, "seeds": max(each.runs for each in summaries), "cells": cells}
