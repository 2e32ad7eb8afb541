"""Live controls: the ipywidgets element that suits a list of values."""

__all__ = ["make_control"]

LOG_SCALE_FROM = 20


def make_control(name, values):
    """Make a labelled control whose first value is the first of `values`.

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
        "description": name.replace("_", " "),
        "value": values[0],
        "style": {"description_width": "9em"},
        "layout": {"width": "min(30em, 95%)"},
    }
    if len(values) > 1 and all(isinstance(value, bool) for value in values):
        return ipywidgets.Checkbox(**settings)
    if len(values) > 1 and all(_is_number(value) for value in values):
        return _slider(ipywidgets, sorted(values), settings)
    return ipywidgets.Dropdown(options=[(str(value), value) for value in values], **settings)


def _slider(ipywidgets, values, settings):
    low, high = values[0], values[-1]
    if all(isinstance(value, int) for value in values):
        return ipywidgets.IntSlider(min=low, max=high, **settings)
    if low > 0 and high / low >= LOG_SCALE_FROM:
        from math import log10

        return ipywidgets.FloatLogSlider(
            min=log10(low), max=log10(high), step=0.01, readout_format=".3g", **settings
        )
    return ipywidgets.FloatSlider(
        min=low, max=high, step=(high - low) / 200, readout_format=".3g", **settings
    )


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)
