"""`explore`: call a drawing function with values that the reader chooses.

It is like ipywidgets' ``interact``, but its picture outlives the kernel.
"""

import asyncio
import os

from nnlib.widgets.controls import make_control
from nnlib.widgets.render import render

__all__ = ["Explorer", "explore"]

SETTLE_SECONDS = 0.03


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
        two booleans a checkbox, anything else a menu.

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
    >>> from nnlib.widgets import explore
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

    def first_values(self):
        """Return the values shown first, by name."""
        return {name: values[0] for name, values in self.controls.items()}

    def to_html(self):
        """Return the first picture as a figure that needs neither kernel nor script."""
        caption = f"<figcaption>{self.caption}</figcaption>" if self.caption else ""
        return f'<figure class="nn-explorer">{self.frame(**self.first_values())}{caption}</figure>'

    def to_widget(self):
        """Return live controls above the picture (needs ipywidgets and a kernel)."""
        import ipywidgets

        controls = {name: make_control(name, values) for name, values in self.controls.items()}
        picture = ipywidgets.HTML()
        redraw = _Redraw(self, controls, picture)
        redraw.now()
        for control in controls.values():
            control.observe(redraw.soon, "value")
        caption = ipywidgets.HTML(f"<em>{self.caption}</em>" if self.caption else "")
        return ipywidgets.VBox([*controls.values(), picture, caption])

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Show the live widget, or a figure while outputs are being stored."""
        names = ", ".join(self.controls)
        if os.environ.get("NNLIB_STORE_OUTPUTS"):
            return {"text/plain": f"explore({names})", "text/html": self.to_html()}
        bundle = self.to_widget()._repr_mimebundle_()
        return bundle | {"text/plain": f"explore({names})"}


class _Redraw:
    """Redraws a picture for the newest values only: what was asked for meanwhile is dropped."""

    def __init__(self, explorer, controls, picture):
        self.explorer = explorer
        self.controls = controls
        self.picture = picture
        self.waiting = False

    def now(self):
        """Draw with the values that the controls have at this moment."""
        self.waiting = False
        values = {name: control.value for name, control in self.controls.items()}
        try:
            self.picture.value = self.explorer.frame(**values)
        except Exception as error:  # the reader sees it beside the controls, and can move them back
            self.picture.value = f'<p role="alert">{type(error).__name__}: {error}</p>'

    def soon(self, change):
        """Draw once the messages that are already on their way have arrived."""
        if self.waiting:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.now()
            return
        self.waiting = True
        loop.call_later(SETTLE_SECONDS, self.now)
