"""Explorers: pictures with controls, computed by the library itself.

With a running kernel the controls are ipywidgets and every value can be chosen; a stored notebook
and the built book keep a picture that needs no kernel.
"""

from nnlib.widgets.explore import Explorer, explore
from nnlib.widgets.graph_stepper import GraphStepper
from nnlib.widgets.playground import Playground

__all__ = ["Explorer", "GraphStepper", "Playground", "explore"]
