"""Drawings: charts, arrays, networks and graphs, in Matplotlib and SVG."""

from nnbook.drawing.arrays import draw_arrays
from nnbook.drawing.graph_svg import Drawing, draw_graph, draw_shapes
from nnbook.drawing.heat_map import plot_study
from nnbook.drawing.network import draw_network
from nnbook.drawing.plots import MARKERS, plot_dataset, plot_decision_regions, plot_loss
from nnbook.drawing.style import STYLE, use_style
from nnbook.palette import COLORS, LINE, light

__all__ = [
    "COLORS",
    "LINE",
    "MARKERS",
    "STYLE",
    "Drawing",
    "draw_arrays",
    "draw_graph",
    "draw_network",
    "draw_shapes",
    "light",
    "plot_dataset",
    "plot_decision_regions",
    "plot_loss",
    "plot_study",
    "use_style",
]
