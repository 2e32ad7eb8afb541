"""A heat map of a study: what every learning rate and hidden size gave, in one picture.

The colours of the cells are the same in light and in dark mode, so each number has the one of two
fixed colours that stands out against its cell.
"""

from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from nnbook.palette import PAPER, readable_on
from nnbook.study import summarise

__all__ = ["plot_study"]

GUESSING, SAMPLES = 100, 300  # how many of the samples are right by chance, and how many there are


def plot_study(rows: Iterable[dict[str, str]], *, ax: Axes | None = None) -> Axes:
    """Draw the median number of right answers for each learning rate and hidden size.

    A cell also says how far the seeds spread: the least and the most right.

    Parameters
    ----------
    rows : iterable of dict
        Of a study, as `nnbook.study.run_study` or ``read_record("study")`` returns them.
    ax : Axes, optional

    Raises
    ------
    ValueError
        If there are no rows.
    """
    summaries = summarise(rows)
    if not summaries:
        raise ValueError("rows must hold at least one run; got none")
    rates = sorted({each.learning_rate for each in summaries})
    sizes = sorted({each.hidden_size for each in summaries})
    medians = np.ma.masked_all((len(sizes), len(rates)))  # what was not trained stays empty
    for each in summaries:
        medians[sizes.index(each.hidden_size), rates.index(each.learning_rate)] = each.median
    if ax is None:
        ax = plt.subplots(figsize=(1.6 + 0.82 * len(rates), 1.0 + 0.56 * len(sizes)))[1]
    cells = ax.pcolormesh(
        medians,
        cmap="cividis", vmin=GUESSING, vmax=SAMPLES, edgecolors=PAPER, linewidth=1.5,
    )  # fmt: skip
    grounds = np.asarray(cells.cmap(cells.norm(medians)))
    for each in summaries:
        column, row = rates.index(each.learning_rate), sizes.index(each.hidden_size)
        _write(ax, each, column, row, readable_on(grounds[row, column]))
    ax.set(xlabel="learning rate", ylabel="hidden neurons")
    ax.set_title("correct of 300: median, and least–most of the seeds")
    ax.set_xticks(np.arange(len(rates)) + 0.5, [f"{rate:g}" for rate in rates])
    ax.set_yticks(np.arange(len(sizes)) + 0.5, [f"{size}" for size in sizes])
    ax.tick_params(length=0)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    return ax


def _write(ax, summary, column, row, color):
    """Write the numbers of a cell onto it."""
    lines = {0.64: (f"{summary.median:g}", 11), 0.27: (f"{summary.least}–{summary.most}", 8)}
    for height, (text, size) in lines.items():
        place = column + 0.5, row + height
        ax.text(*place, text, fontsize=size, color=color, ha="center", va="center")
