"""Drawings: charts, arrays, networks and graphs, in Matplotlib and SVG."""

from nnbook.drawing.diagrams import BOX_FACE, draw_arrays, draw_graph, draw_network, draw_shapes
from nnbook.drawing.plots import (
    COLORS,
    MARKERS,
    plot_dataset,
    plot_decision_regions,
    plot_loss,
)

__all__ = [
    "BOX_FACE",
    "COLORS",
    "MARKERS",
    "draw_arrays",
    "draw_graph",
    "draw_network",
    "draw_shapes",
    "plot_dataset",
    "plot_decision_regions",
    "plot_loss",
]
