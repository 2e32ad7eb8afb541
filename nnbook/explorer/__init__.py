"""Explorers: pictures with controls, drawn by the chapter's own code."""

from nnbook.explorer.break_gradient import break_the_gradient
from nnbook.explorer.explore import Explorer, explore

__all__ = ["Explorer", "break_the_gradient", "explore"]
