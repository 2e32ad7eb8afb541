"""The book's own server: the right types, a free port, a clear word where there is no book."""

import threading
from urllib.request import urlopen

import pytest

from tools import serve


@pytest.fixture
def book(tmp_path):
    for name in ("index.html", "a.js", "b.mjs", "c.wasm"):
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html"),
        ("a.js", "text/javascript"),
        ("b.mjs", "text/javascript"),
        ("c.wasm", "application/wasm"),
    ],
)
def test_files_have_the_types_that_browsers_want(book, name, kind):
    with serve.open_server(book, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with urlopen(f"http://127.0.0.1:{server.server_port}/{name}") as answer:
            assert answer.headers["content-type"].split(";")[0] == kind
            assert answer.read().decode() == name
        server.shutdown()


def test_a_port_in_use_is_not_waited_for(book):
    with serve.open_server(book) as one, serve.open_server(book) as two:
        assert one.server_port != two.server_port
        with pytest.raises(OSError, match="in use"):
            serve.open_server(book, one.server_port)


def test_without_a_book_it_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"has no index\.html: run `make book` first"):
        serve.open_server(tmp_path)
