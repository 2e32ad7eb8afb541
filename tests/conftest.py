"""Fixtures that several test files share."""

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import array_api_strict
import numpy as np
import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# Every run draws the same examples, so that a failure here is a failure everywhere.
settings.register_profile("nnlib", derandomize=True, database=None, deadline=None, max_examples=15)
settings.load_profile("nnlib")

# ---------------------------------------------------------------- the library


@pytest.fixture
def rng():
    """Return a random generator that starts equal in every test."""
    return np.random.default_rng(1984)


def array_libraries():
    """Return NumPy, the strict library of the standard, and CuPy where there is a GPU."""
    libraries = [np, array_api_strict]
    try:
        import cupy
    except ImportError:
        return libraries
    return [*libraries, cupy] if cupy.is_available() else libraries


@pytest.fixture(params=array_libraries(), ids=lambda library: library.__name__)
def xp(request):
    """Return each array library that this machine can use."""
    return request.param


@pytest.fixture
def closed_figures():
    """Draw without a window, and close what a test has drawn."""
    import matplotlib.pyplot as plt

    plt.switch_backend("Agg")
    yield
    plt.close("all")


# ---------------------------------------------------------------- the built book


@pytest.fixture(scope="session")
def built_book(tmp_path_factory, worker_id):
    """Build the book once, from the sources as they are, and return the folder of its pages.

    The first test process that asks builds; the others wait for it.
    """
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    out, log, result = (shared / f"book{end}" for end in ("", ".log", ".result"))
    try:
        out.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 300
        while not result.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
    else:
        program = shutil.which("jupyter-book", path=Path(sys.executable).parent)
        command = [program, "build", ROOT, "--path-output", out, "-W", "-n", "--keep-going"]
        with log.open("w") as stream:
            status = subprocess.run(command, stdout=stream, stderr=stream, check=False).returncode
        partial = result.with_suffix(".part")
        partial.write_text(str(status))
        partial.rename(result)
    if not result.exists() or result.read_text() != "0":
        pytest.fail("the book does not build:\n" + log.read_text()[-5000:], pytrace=False)
    return out / "_build" / "html"


@pytest.fixture(scope="session")
def chromium():
    """Return the path of a Chromium; without one, skip, but fail where CI is set."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if path := shutil.which(name):
            return path
    message = "no Chromium on this machine: page tests need one (Debian: apt-get install chromium)"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


# ---------------------------------------------------------------- the book in a browser

CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


class QuietHandler(SimpleHTTPRequestHandler):
    """A file server that does not print its requests."""

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def address(built_book):
    """Serve the built book on this machine."""
    handler = functools.partial(QuietHandler, directory=built_book)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")  # its event loop must not outlive the browser tests
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def visitor(browser, address):
    """Give a function that opens a page of the book; all its pages are closed in the end.

    The page's `faults` collect requests to other hosts (which are refused), failed requests and
    errors of scripts. `answer` may answer a request to another host instead. `beside` is a page in
    whose context, with its cookies and storage, the new one is opened.
    """
    contexts = []

    def open_page(name, *, answer=None, beside=None, **options):
        context = beside.context if beside else browser.new_context(**options)
        page = context.new_page()
        page.faults = []

        def guard(route):
            url = route.request.url
            if url.startswith((address, "data:", "blob:", "file:")):
                route.continue_()
            elif not (answer and answer(route)):
                page.faults.append(f"request to another host: {url}")
                route.abort()

        if not beside:
            contexts.append(context)
            context.route("**/*", guard)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console", lambda said: page.faults.append(said.text) if said.type == "error" else None
        )
        page.on("response", lambda got: page.faults.append(got.url) if got.status >= 400 else None)
        page.goto(name if "://" in name else f"{address}/{name}", wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def visit(browser, address):
    """Return a function that opens a page of the book: see `visitor`."""
    with visitor(browser, address) as open_page:
        yield open_page


# ---------------------------------------------------------------- Python in the page

PYODIDE = "0.27.7"
PYODIDE_SOURCE = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"
PYODIDE_KINDS = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}


def give_up(message):
    """Skip a test of Python in the page; where NNBOOK_PYODIDE is set it fails instead."""
    if os.environ.get("NNBOOK_PYODIDE"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def wheels():
    """Return the folder of Pyodide's wheels: see `pyodide_folder`."""
    folder = Path(os.environ.get("NNBOOK_PYODIDE") or ROOT.parent / "shared" / "pyodide")
    if not list(folder.glob("numpy-*.whl")):
        give_up(
            f"no NumPy for Pyodide {PYODIDE} in {folder}: Python in the page is not tested "
            "(NNBOOK_PYODIDE names the folder of the wheels)"
        )
    return folder


@pytest.fixture(scope="session")
def pyodide_folder(tmp_path_factory, wheels):
    """Return a folder with Pyodide: its core from npm, its packages from a folder of wheels.

    `npm ci` has put the core into node_modules. The wheels stand in the folder that NNBOOK_PYODIDE
    names, else in ../shared/pyodide. Where the variable is set, all must be there; where it is not,
    their absence skips the test.
    """
    core = ROOT / "node_modules" / "pyodide"
    if not (core / "pyodide.mjs").is_file():
        give_up(f"no {core}: Python in the page is not tested (npm ci brings it)")
    folder = tmp_path_factory.mktemp("pyodide") / "package"
    shutil.copytree(core, folder)
    for wheel in wheels.glob("*.whl"):
        shutil.copy(wheel, folder)
    return folder


@pytest.fixture(scope="session")
def pyodide(pyodide_folder):
    """Return an `answer` for `visit` that gives a page Pyodide in place of its public host."""

    def answer(route):
        if not route.request.url.startswith(PYODIDE_SOURCE):
            return False
        file = pyodide_folder / route.request.url.removeprefix(PYODIDE_SOURCE)
        kind = PYODIDE_KINDS.get(file.suffix, "application/octet-stream")
        headers = {"access-control-allow-origin": "*"}
        route.fulfill(path=file, content_type=kind, headers=headers)
        return True

    return answer


@pytest.fixture(scope="session")
def free_port():
    """Return a port of this machine that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
