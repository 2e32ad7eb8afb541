"""Fixtures of the tests in a browser: small pages, and a live JupyterLab."""

import pytest
from lab_server import running

DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture
def open_page(browser, folder):
    """Return a function that opens a page of the module's `folder`.

    The page's `faults` collect what goes wrong.
    """
    contexts = []

    def open_page(name, *, viewport=DESKTOP, **options):
        contexts.append(browser.new_context(viewport=viewport, **options))
        page = contexts[-1].new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text))
        page.on("requestfailed", lambda request: page.faults.append(request.url))
        page.goto(f"file://{folder}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory, free_port):
    """Start JupyterLab in a folder with trusted copies of the notebooks, and return it."""
    with running(tmp_path_factory.mktemp("lab"), free_port) as lab:
        yield lab
