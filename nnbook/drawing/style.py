"""The look of every chart of the book, and how a notebook shows it."""

import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib_inline.backend_inline import set_matplotlib_formats

from nnbook.palette import COLORS, PAPER, light

__all__ = ["STABLE", "STYLE", "use_style"]

# Text stays text, and the same figure always gives the same bytes.
STABLE = {"svg.fonttype": "none", "svg.hashsalt": "nnlib"}

STYLE = {
    **STABLE,
    "figure.figsize": (6.0, 3.6),
    "figure.dpi": 100,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "savefig.bbox": "tight",
    "font.family": "sans-serif",
    "font.sans-serif": "DejaVu Sans",
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=COLORS),
    "grid.color": light("grid"),
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.0,
    "lines.markersize": 5,
    "legend.frameon": False,
    "image.cmap": "cividis",
}


def use_style() -> None:
    """Let a notebook draw in the book's style.

    Every chart is shown as SVG, and as PNG where a notebook is not trusted or shows no SVG.
    """
    plt.style.use(STYLE)
    set_matplotlib_formats("svg", "png", bbox_inches="tight", metadata={"Date": None})
