"""The control that suits a list of values: live in ipywidgets, or described for a page."""

import math

__all__ = ["describe_control", "make_control"]

LOG_SCALE_FROM = 20


def kind_of(values):
    """Return the kind of control for these values: "slider", "checkbox" or "menu"."""
    if len(values) > 1 and all(isinstance(value, bool) for value in values):
        return "checkbox"
    if len(values) > 1 and all(_is_number(value) for value in values):
        return "slider"
    return "menu"


def describe_control(name, values):
    """Describe a control for a page without a kernel.

    Parameters
    ----------
    name : str
    values : list
        The first is shown first.

    Returns
    -------
    dict
        ``name``, ``label``, ``kind``, ``choices`` (in the order of a slider: ascending), their
        ``texts`` and the place ``start`` of the first.
    """
    kind = kind_of(values)
    choices = values if kind == "menu" else sorted(values)
    return {
        "name": name,
        "label": _label(name),
        "kind": kind,
        "choices": choices,
        "texts": [_text(value) for value in choices],
        "start": choices.index(values[0]),
    }


def make_control(name, values):
    """Make a live control whose value is the first of `values`.

    Parameters
    ----------
    name : str
        Label; underscores become spaces.
    values : list
        Numbers make a slider over their range (logarithmic where the largest is at least 20
        times the smallest), two booleans a checkbox, anything else a menu.

    Returns
    -------
    ipywidgets.Widget
        With a `value`.
    """
    import ipywidgets

    settings = {
        "description": _label(name),
        "value": values[0],
        "style": {"description_width": "9em"},
        "layout": {"width": "min(30em, 95%)"},
    }
    kind = kind_of(values)
    if kind == "checkbox":
        return ipywidgets.Checkbox(**settings)
    if kind == "slider":
        return _slider(ipywidgets, min(values), max(values), values, settings)
    return ipywidgets.Dropdown(options=[(_text(value), value) for value in values], **settings)


def _slider(ipywidgets, low, high, values, settings):
    if all(isinstance(value, int) for value in values):
        return ipywidgets.IntSlider(min=low, max=high, **settings)
    if low > 0 and high / low >= LOG_SCALE_FROM:
        return ipywidgets.FloatLogSlider(
            min=math.log10(low), max=math.log10(high), step=0.01, readout_format=".3g", **settings
        )
    return ipywidgets.FloatSlider(
        min=low, max=high, step=(high - low) / 200, readout_format=".3g", **settings
    )


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _label(name):
    return name.replace("_", " ")


def _text(value):
    return f"{value:.4g}" if isinstance(value, float) else str(value)
