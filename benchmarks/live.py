"""Measure live pages: how long Python takes to start, and the cells of each chapter to run.

    make book PYODIDE=self
    python benchmarks/live.py             # all chapters
    python benchmarks/live.py 1_6_summary

The site must bring its own Python, so that no network is measured. "cold" is a browser that has
never been here, "warm" a second visit. Next to the time of all cells in the page stands that of the
same cells in CPython, run by the same kernel in the same minute, and their ratio.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import serve  # noqa: E402

PATIENCE = 900_000  # ms
FLAGS = ["--disable-gpu", "--disable-sync", "--no-first-run", "--no-sandbox"]
READY = "() => document.documentElement.dataset.nnLive === 'ready'"
IDLE = """() => !document.querySelector("[data-nn-state=queued], [data-nn-state=running]")
    && document.querySelector("[data-nn=stop]").getAttribute("aria-disabled") === "true\""""
FIRST_CELL, FIRST_DRAWING = "setup", "setup-drawing"


def code_cells(name):
    """Return the ids and sources of a chapter's cells that its page has."""
    notebook = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [(cell["id"], "".join(cell["source"])) for cell in cells if cell["id"] != "colab"]


def seconds(page, act, until):
    """Return how long it takes from an act until something holds."""
    started = time.perf_counter()
    act()
    page.wait_for_function(until, timeout=PATIENCE)
    return time.perf_counter() - started


def start(page, address, name):
    """Open a page and make it live; return the seconds until ready, a cell, a drawing cell."""
    page.goto(f"{address}/notebooks/{name}.html")
    ready = seconds(page, page.locator("[data-nn=start]").click, READY)
    times = [ready]
    for cell in (FIRST_CELL, FIRST_DRAWING):
        press = page.locator(f'[data-nn-cell="{cell}"] [data-nn=run]').click
        times.append(times[-1] + seconds(page, press, IDLE))
    return times


def run_in_cpython(name):
    """Return how long the cells of a chapter take in CPython, in a process of their own."""
    environment = os.environ | {
        "MPLBACKEND": "module://nnbook.live.figures",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "nnbook" / "live" / "modules")]),
    }
    command = [sys.executable, __file__, "--cpython", name]
    done = subprocess.run(
        command, env=environment, cwd=ROOT / "notebooks", check=True, capture_output=True, text=True
    )
    return float(done.stdout)


async def time_cells(name):
    """Print how long the cells of a chapter take, one after the other."""
    from nnbook.live.kernel import Kernel
    from nnbook.widget import in_page, live

    live.live_class = lambda kind: type("Widget", (in_page.PageWidget,), {"kind": kind})
    kernel = Kernel(lambda message, buffers: None)
    started = time.perf_counter()
    for cell, source in code_cells(name):
        await kernel.run(cell, source)
    print(time.perf_counter() - started)


def main(names):
    """Print a table."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    server = serve.open_server(serve.BOOK)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=FLAGS
        )
        page = context.new_page()
        print("press until       ready   a cell   a drawing   (s)")
        for visit in ("cold", "warm", "warm"):
            times = start(page, address, names[0])
            print(f"{visit:12} {times[0]:10.1f} {times[1]:8.1f} {times[2]:11.1f}", flush=True)
        print("\nall cells of                     cells   page (s)   CPython (s)   ratio")
        for name in names:
            start(page, address, name)
            live = seconds(page, page.locator("[data-nn=run-all]").click, IDLE)
            here = run_in_cpython(name)
            count = len(code_cells(name))
            print(f"{name:32} {count:5} {live:10.1f} {here:13.1f} {live / here:7.1f}", flush=True)
        context.close()
    server.shutdown()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--cpython"]:
        asyncio.run(time_cells(sys.argv[2]))
    else:
        every = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
        main(sys.argv[1:] or every)
