"""Notebooks are tested as stored: a widget gives the form without a kernel."""

import os

os.environ["NNBOOK_STORE_OUTPUTS"] = "1"
