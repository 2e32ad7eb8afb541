"""In a page: the name by which a notebook chooses the form of its figures."""

from nnbook.live.figures import set_matplotlib_formats

__all__ = ["set_matplotlib_formats"]
