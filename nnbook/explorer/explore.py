"""`explore`: call a drawing function with values that the reader chooses.

With a kernel it is like ipywidgets' ``interact``. What is stored needs no kernel: a figure with
every picture of the listed values. The same script shows both.
"""

import functools
import itertools

from nnbook.drawing.svg import render
from nnbook.explorer.controls import Control
from nnbook.widget.live import live_class, mimebundle
from nnbook.widget.page import chunk, figure
from nnbook.widget.redraw import Redraw

__all__ = ["Explorer", "explore"]


def explore(draw, *, caption="", **controls):
    """Draw a picture and let the reader change its values.

    Parameters
    ----------
    draw : callable
        Called with one keyword argument per control. Returns a matplotlib Figure or Axes, or a
        string of HTML or SVG. It must not depend on anything that changes: equal values, equal
        picture.
    caption : str, optional
        What the picture shows, also for readers who can't see it.
    **controls : sequences
        The values of each control, first one first shown. Numbers make a slider over their range,
        two booleans a checkbox, anything else a menu. A page without a kernel offers these values
        in every combination; a kernel also those between.

    Returns
    -------
    Explorer
        Shown by a notebook as controls and a picture.

    Raises
    ------
    TypeError, ValueError
        If `draw` can't be called, or a control has no values.

    Examples
    --------
    >>> from nnbook.explorer import explore
    >>> explorer = explore(lambda size: f"<p>{size} neurons</p>", size=[2, 10, 50])
    >>> explorer.frame(size=7)
    '<p>7 neurons</p>'
    """
    return Explorer(draw, controls, caption)


class Explorer:
    """A drawing function, its controls and their values; see `explore`."""

    def __init__(self, draw, controls, caption=""):
        if not callable(draw):
            raise TypeError(f"draw must be a function; got {draw!r}")
        if not controls:
            raise ValueError("explore needs at least one control, for example size=[2, 10, 50]")
        for name, values in controls.items():
            if isinstance(values, str) or not hasattr(values, "__len__") or not len(values):
                raise ValueError(f"{name} must be a sequence of at least one value; got {values!r}")
        self.draw = draw
        self.controls = [Control(name, list(values)) for name, values in controls.items()]
        self.caption = caption

    def frame(self, **values):
        """Draw one picture and return it as HTML or SVG text."""
        return render(self.draw(**values))

    def to_html(self):
        """Return a figure with all its pictures, for a page without a kernel.

        Without a script it is the first picture and its caption. The controls are made by the
        page's script, from what is written here; the pictures follow in the order of
        `itertools.product` of the controls' values.
        """
        combinations = list(itertools.product(*(control.choices for control in self.controls)))
        frames = [self._draw(values) for values in combinations]
        first = frames[combinations.index(tuple(control.values[0] for control in self.controls))]
        return figure(
            "explorer",
            first,
            self.caption,
            settings={"controls": [control.describe() for control in self.controls]},
            chunks={"frames": chunk(frames)},
        )

    def to_widget(self):
        """Return live controls above the picture (needs anywidget and a kernel)."""
        return _live_explorer()(self)

    def _draw(self, values):
        names = (control.name for control in self.controls)
        return self.frame(**dict(zip(names, values, strict=True)))

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Show the live widget, or the figure while outputs are being stored."""
        text = f"explore({', '.join(control.name for control in self.controls)})"
        return mimebundle(text, to_html=self.to_html, to_widget=self.to_widget)


@functools.cache
def _live_explorer():
    """Make the class that draws what its script asks for."""

    class LiveExplorer(live_class("explorer")):
        def __init__(self, explorer):
            self._explorer = explorer
            first = {control.name: control.first for control in explorer.controls}
            self._request = {"number": 0, "values": first}
            self._redraw = Redraw(self._draw, self._report)
            self._redraw.now()
            controls = [control.describe(live=True) for control in explorer.controls]
            settings = {"controls": controls, "caption": explorer.caption, "live": True}
            super().__init__(settings=settings | {"first": self._answer})
            self.on_msg(self._asked)

        def _asked(self, _, request, buffers):
            self._request = request
            self._redraw.soon()

        def _draw(self):
            chosen = self._request["values"]
            values = [control.value(chosen[control.name]) for control in self._explorer.controls]
            self._tell({"type": "picture", "html": self._explorer._draw(values)})

        def _report(self, message):
            self._tell({"type": "error", "message": message})

        def _tell(self, answer):
            self._answer = answer | {"number": self._request["number"]}
            self.send(self._answer)  # before the widget is open this reaches nobody

    return LiveExplorer
