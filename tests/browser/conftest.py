"""Fixtures of the tests that need a live JupyterLab."""

import pytest
from lab_server import running


@pytest.fixture(scope="module")
def lab(tmp_path_factory, free_port):
    """Start JupyterLab in a folder with trusted copies of the notebooks, and return it."""
    with running(tmp_path_factory.mktemp("lab"), free_port) as lab:
        yield lab
