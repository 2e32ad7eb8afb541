"""The look of every chart of the book: ``plt.style.use(STYLE)``."""

from cycler import cycler

from nnbook.drawing.palette import COLORS, PAPER, light

__all__ = ["STABLE", "STYLE"]

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
