"""`explore`: call a drawing function with values that the reader chooses.

With a kernel it is like ipywidgets' ``interact``. What is stored needs no kernel: a figure with
every picture of the listed values, which the page's own script switches.
"""

import itertools

from nnbook.drawing.svg import render
from nnbook.explorer.controls import describe_control, make_control
from nnbook.widget.live import mimebundle
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
        Shown by a notebook as live controls and a picture.

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
        self.controls = {name: list(values) for name, values in controls.items()}
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
        described = [describe_control(*control) for control in self.controls.items()]
        ordered = [control.pop("choices") for control in described]
        combinations = list(itertools.product(*ordered))
        frames = [
            self.frame(**dict(zip(self.controls, values, strict=True))) for values in combinations
        ]
        first = frames[combinations.index(tuple(values[0] for values in self.controls.values()))]
        return figure(
            "explorer",
            first,
            self.caption,
            settings={"controls": described},
            chunks={"frames": chunk(frames)},
        )

    def to_widget(self):
        """Return live controls above the picture (needs ipywidgets and a kernel)."""
        import ipywidgets

        controls = {name: make_control(name, values) for name, values in self.controls.items()}
        picture = ipywidgets.HTML()

        def show():
            picture.value = self.frame(**{name: each.value for name, each in controls.items()})

        redraw = Redraw(show, lambda message: setattr(picture, "value", message))
        redraw.now()
        for control in controls.values():
            control.observe(redraw.soon, "value")
        caption = ipywidgets.HTML(f"<em>{self.caption}</em>" if self.caption else "")
        return ipywidgets.VBox([*controls.values(), picture, caption])

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Show the live widget, or the figure while outputs are being stored."""
        text = f"explore({', '.join(self.controls)})"
        return mimebundle(text, to_html=self.to_html, to_widget=self.to_widget)
