"""Charts of data, training and decisions: arrays in, matplotlib Axes out.

Every function draws into `ax` if one is given and into a new figure otherwise, and returns the
Axes. Classes differ in colour and in marker, so that no picture depends on colour alone.
"""

from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from nnbook.palette import COLORS, PAPER
from nnlib.backend import Array, array_namespace, to_numpy

__all__ = ["MARKERS", "plot_dataset", "plot_decision_regions", "plot_loss"]

MARKERS = ["o", "^", "s", "D", "v", "P", "X"]
MAX_RESOLUTION = 300


def plot_dataset(x: Array, t: Array, *, ax: Axes | None = None) -> Axes:
    """Draw labelled points.

    Parameters
    ----------
    x : (N, 2) array
        Points.
    t : (N,) array of integers
        Class labels.
    ax : Axes, optional
    """
    x, t = to_numpy(x), to_numpy(t)
    if x.ndim != 2 or x.shape[1] != 2:
        raise ValueError(f"x must have shape (N, 2) to be drawn in the plane; got {x.shape}")
    if t.shape != x.shape[:1]:
        raise ValueError(f"t must have one label per point, shape {x.shape[:1]}; got {t.shape}")
    ax = ax or _new_axes(figsize=(4.8, 4.8))
    for label in np.unique(t):
        points = x[t == label]
        ax.scatter(
            points[:, 0],
            points[:, 1],
            s=22,
            color=_of_class(COLORS, label),
            marker=_of_class(MARKERS, label),
            edgecolors=PAPER,
            linewidths=0.5,
            label=f"class {label}",
        )
    ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), handletextpad=0.2)
    return ax


def plot_decision_regions(
    predict: Callable,
    x: Array,
    t: Array,
    *,
    ax: Axes | None = None,
    resolution: int = 200,
    margin: float = 0.1,
) -> Axes:
    """Colour the plane by the class that a model predicts, and draw the data over it.

    Parameters
    ----------
    predict : callable
        From (M, 2) points to (M, C) scores, for example ``model.predict``.
    x : (N, 2) array
        Points; they fix the part of the plane and its array library.
    t : (N,) array of integers
        Class labels.
    ax : Axes, optional
    resolution : int
        Points along each side of the grid, from 2 to 300.
    margin : float
        How far the picture reaches beyond the points.
    """
    if not 2 <= resolution <= MAX_RESOLUTION:
        raise ValueError(f"resolution must lie between 2 and {MAX_RESOLUTION}; got {resolution!r}")
    ax = plot_dataset(x, t, ax=ax)
    host_x = to_numpy(x)
    low, high = host_x.min(axis=0) - margin, host_x.max(axis=0) + margin
    middles = (np.arange(resolution) + 0.5) / resolution  # of the picture's pixels
    columns, rows = (low[:, None] + (high - low)[:, None] * middles).tolist()
    grid = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    scores = to_numpy(predict(array_namespace(x).asarray(grid, dtype=x.dtype)))
    regions = scores.argmax(axis=1).reshape(resolution, resolution)
    ax.imshow(
        regions,
        origin="lower",
        extent=(low[0], high[0], low[1], high[1]),
        cmap=ListedColormap([_of_class(COLORS, k) for k in range(scores.shape[1])]),
        vmin=-0.5,
        vmax=scores.shape[1] - 0.5,
        alpha=0.3,
        interpolation="nearest",
        zorder=0,
    )
    ax.grid(visible=False)
    return ax


def plot_loss(
    *losses: Sequence[float], labels: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw loss curves, one value per epoch.

    Parameters
    ----------
    *losses : sequences of float
        For example ``history.loss`` and ``history.validation_loss``.
    labels : sequence of str, optional
        One name per curve.
    ax : Axes, optional
    """
    if labels is not None and len(labels) != len(losses):
        raise ValueError(f"labels must name {len(losses)} curves; got {len(labels)} labels")
    ax = ax or _new_axes()
    names: Sequence[str | None] = labels or [None] * len(losses)
    for loss, label in zip(losses, names, strict=True):
        ax.plot(np.arange(1, len(loss) + 1), loss, label=label)
    ax.set(xlabel="epoch", ylabel="loss")
    ax.set_ylim(bottom=0)
    if labels:
        ax.legend()
    return ax


def _of_class(choices, label):
    return choices[int(label) % len(choices)]


def _new_axes(figsize=None):
    return plt.subplots(figsize=figsize)[1]
