"""In a page: the few names of IPython that cells use."""

version_info = (9, 0)  # matplotlib asks for it


def get_ipython():
    """Return None: no IPython runs here."""
