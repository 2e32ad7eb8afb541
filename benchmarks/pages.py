"""Measure the built book in a browser: weight of the pages, and how fast widgets answer.

    python benchmarks/pages.py [_build/html]

Run `make book` first. Weights are after gzip, as a server sends them, in kB of 1000 bytes. Times
are those of this machine without a graphics card; nothing here is a test.
"""

import functools
import gzip
import shutil
import statistics
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

THEME = ("_static/", "searchindex.js")
OURS = ("_static/nnbook/", "_static/katex/", "_static/book.css")
SPIRAL = "notebooks/1_4_spiral.html"
PRESSES = 50
LOADS = 9
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
SCROLL = """async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 500) {
        window.scrollTo(0, y);
        await new Promise(done => setTimeout(done, 30));
    }
}"""
# From the key to the second animation frame after it: by then the browser has painted the change.
ANSWER_TIME = """([input, key]) => new Promise(done => {
    const started = performance.now();
    input.value = +input.value + key;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)));
})"""
# Play a run that is not trained yet for two seconds: epochs and pictures a second, and the longest
# time between two frames. A change of the seed while it plays begins such a run.
PLAY = """([board, seed]) => new Promise(done => {
    const [play] = board.querySelectorAll(".nn-toolbar button");
    const field = board.querySelector('[aria-label^="seed"]');
    let pictures = 0, longest = 0, before = performance.now(), epoch = 0;
    const count = ({ detail: [run] }) => { pictures += 1; epoch = run.epoch; };
    const started = performance.now();
    play.click();
    field.value = seed;
    field.dispatchEvent(new Event("change"));
    board.addEventListener("nn-run", count);
    requestAnimationFrame(function next(now) {
        longest = Math.max(longest, now - before);
        before = now;
        if (now - started < 2000) return requestAnimationFrame(next);
        const seconds = (performance.now() - started) / 1000;
        board.removeEventListener("nn-run", count);
        play.click();
        done([epoch / seconds, pictures / seconds, longest]);
    });
})"""
PEER = "TensorFlow Playground in the same way: 31 to 54 epochs a second"  # measured once, by hand
SPEEDS = ("60 epochs a second", "as fast as it can")


class QuietHandler(SimpleHTTPRequestHandler):
    """A file server that does not print its requests."""

    def log_message(self, *args):
        pass


def weigh(browser, address, root, name):
    """Return the gzipped kB of a page, its figures and data; of the theme; and of our scripts."""
    page, paths = browser.new_page(), set()
    page.on("request", lambda request: paths.add(urlsplit(request.url).path.lstrip("/")))
    page.goto(f"{address}/{name}", wait_until="networkidle")
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    page.close()
    sizes = {p: len(gzip.compress((root / p).read_bytes())) for p in paths if (root / p).is_file()}
    ours = {p: s for p, s in sizes.items() if not p.startswith(THEME) or p.startswith(OURS)}
    scripts = sum(s for p, s in ours.items() if p.endswith(".js") and "/chunks/" not in p)
    total = sum(ours.values())
    return total / 1000, (sum(sizes.values()) - total) / 1000, scripts / 1000


def answer_times(page, label):
    """Return milliseconds from a key press to the repaint, for a slider of the playground."""
    slider = page.get_by_label(label, exact=True).first.element_handle()
    keys = [(-1) ** (i + 1) for i in range(PRESSES)]
    return [page.evaluate(ANSWER_TIME, [slider, key]) for key in keys]


def first_paint(browser, address, *, with_scripts):
    """Return milliseconds to the first paint of the landing page, with its scripts or not."""
    page = browser.new_page()
    if not with_scripts:
        page.route("**/_static/nnbook/*.js", lambda route: route.abort())
    page.goto(f"{address}/index.html", wait_until="load")
    page.wait_for_function(f"{FIRST_PAINT} !== undefined")
    milliseconds = page.evaluate(FIRST_PAINT)
    page.close()
    return milliseconds


def measure_landing_page(browser, address):
    """Print whether the scripts of the landing page delay its first paint."""
    pairs = [
        [first_paint(browser, address, with_scripts=each) for each in (False, True)]
        for _ in range(LOADS)
    ]
    without, within = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"landing page, first paint: {within:.0f} ms, {without:.0f} ms without the book's scripts"
    )


def measure_playground(page):
    """Print how fast it answers a key, and how fast it trains while it draws."""
    page.locator('figure[data-nn-widget="playground"]').scroll_into_view_if_needed()
    board = page.locator(".nn-playground[data-shown]")
    for label in ("learning rate", "hidden neurons", "epoch"):
        times = answer_times(page, label)
        print(f"playground, {label}: {statistics.median(times):.0f} ms from key to repaint")
    type_number(board, "epochs", 2000)
    for hidden in (10, 50):
        type_number(board, "hidden neurons", hidden)
        for seed, speed in enumerate(SPEEDS, start=100 + hidden):
            board.get_by_label("speed").select_option(label=speed)
            board.get_by_role("button", name="Rewind").click()
            handle = board.element_handle()
            epochs, pictures, longest = board.page.evaluate(PLAY, [handle, seed])
            print(
                f"playground, {hidden} hidden neurons, {speed}: {epochs:.0f} epochs and "
                f"{pictures:.0f} pictures a second, longest frame {longest:.0f} ms"
            )
    print(PEER)


def type_number(board, label, number):
    """Set a control to a number."""
    field = board.get_by_label(f"{label}, any value")
    field.fill(str(number))
    field.press("Enter")


def main():
    """Print the measurements of every chapter and of the playground."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else "_build/html")
    handler = functools.partial(QuietHandler, directory=root)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        print(f"{'page':34}{'page kB':>9}{'theme kB':>9}{'scripts kB':>11}   (gzip)")
        for path in sorted([root / "index.html", *root.glob("notebooks/1_*.html")]):
            name = path.relative_to(root).as_posix()
            weights = weigh(browser, address, root, name)
            print(f"{name:34}" + "{:9.0f}{:9.0f}{:11.1f}".format(*weights))
        measure_landing_page(browser, address)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/{SPIRAL}", wait_until="networkidle")
        measure_playground(page)
        print(f"browser: Chromium {browser.version}, no graphics card")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
