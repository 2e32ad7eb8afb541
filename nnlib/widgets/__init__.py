"""Explorers: pictures with controls, computed by the library itself.

With a running kernel the controls are ipywidgets and every value can be chosen; a stored notebook
and the built book keep a picture that needs no kernel.
"""

from nnlib.widgets.explore import Explorer, explore

__all__ = ["Explorer", "explore"]
