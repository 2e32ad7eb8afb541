"""Notebooks are tested as they are stored: a widget gives the form that needs no kernel."""

import os

os.environ["NNBOOK_STORE_OUTPUTS"] = "1"
