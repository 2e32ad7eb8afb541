"""Turn what a drawing function returns into text that a page can show."""

import io

__all__ = ["render"]


def render(drawn):
    """Return a picture as HTML or SVG text.

    Parameters
    ----------
    drawn : matplotlib Figure or Axes, or str
        A string is returned as it is. A figure becomes SVG and is closed.

    Returns
    -------
    str
        The same drawing always gives the same text.

    Raises
    ------
    TypeError
        If it is none of these.
    """
    if isinstance(drawn, str):
        return drawn
    figure = getattr(drawn, "figure", drawn)
    if not hasattr(figure, "savefig"):
        raise TypeError(
            f"draw must return a matplotlib Figure or Axes, or a string; got {type(drawn).__name__}"
        )
    import matplotlib.pyplot as plt

    with plt.rc_context({"svg.fonttype": "none", "svg.hashsalt": "nnlib"}), io.StringIO() as text:
        figure.savefig(text, format="svg", bbox_inches="tight", metadata={"Date": None})
        plt.close(figure)
        svg = text.getvalue()
    return svg[svg.index("<svg") :]
