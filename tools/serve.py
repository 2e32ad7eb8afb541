"""Serve the built book on this machine, so that the cells of its pages can run.

    python tools/serve.py
    python tools/serve.py --port 8123

A browser starts no Python in a page that was opened from a file.
"""

import argparse
import functools
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1] / "_build" / "html"
HOST, FIRST_PORT, TRIES = "127.0.0.1", 8000, 20


class Handler(SimpleHTTPRequestHandler):
    """Serves files under the names that browsers want, whatever this machine is set to."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_):
        """Print nothing: every page asks for dozens of files."""


def open_server(folder, port=None):
    """Return a server of a folder on a port of this machine: the one given, else a free one.

    Raises
    ------
    FileNotFoundError
        If the folder has no page.
    OSError
        If the port is in use.
    """
    if not (folder / "index.html").is_file():
        raise FileNotFoundError(f"{folder} has no index.html: run `make book` first")
    handler = functools.partial(Handler, directory=folder)
    ports = [port] if port is not None else [*range(FIRST_PORT, FIRST_PORT + TRIES), 0]
    for each in ports:
        try:
            return ThreadingHTTPServer((HOST, each), handler)
        except OSError:
            if each == ports[-1]:
                raise
    raise AssertionError("port 0 is always free")


def main():
    """Serve until Ctrl+C."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, help="default: the first free one from 8000 on")
    try:
        server = open_server(BOOK, parser.parse_args().port)
    except OSError as error:
        sys.exit(f"The book can't be served: {error}")
    with server:
        print(f"Open http://{HOST}:{server.server_port}/ (Ctrl+C ends)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
