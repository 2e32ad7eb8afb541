"""The files of Python: fetched once, each checked, and one that was changed is not kept."""

import hashlib

import pytest

from nnbook.live import pinned
from nnbook.live.pinned import PINNED, ChangedFileError, fetch

FILES = {"core.js": b"core", "drawing.whl": b"drawing"}


@pytest.fixture
def host(tmp_path, monkeypatch):
    """Return a folder that stands for the public host, with one file for each list."""
    folder = tmp_path / "host"
    folder.mkdir()
    files = []
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
        files.append({"name": name, "sha256": hashlib.sha256(content).hexdigest()})
    monkeypatch.setitem(PINNED, "python", files[:1])
    monkeypatch.setitem(PINNED, "drawing", files[1:])
    return folder


def url(folder):
    return folder.as_uri() + "/"


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_files_are_fetched(host, tmp_path):
    target = tmp_path / "a" / "site"
    fetch(target, url(host))
    assert contents(target) == FILES


def test_files_that_are_there_are_not_fetched_again(host, tmp_path, monkeypatch):
    asked = []
    outside = pinned.urlopen

    def urlopen(address, **options):
        asked.append(address)
        return outside(address, **options)

    monkeypatch.setattr(pinned, "urlopen", urlopen)
    fetch(tmp_path / "site", url(host))
    assert asked == [url(host) + name for name in FILES]
    asked.clear()
    fetch(tmp_path / "site", url(host))
    assert asked == []
    (tmp_path / "site" / "core.js").write_bytes(b"half a fi")  # a fetch was cut short
    fetch(tmp_path / "site", url(host))
    assert asked == [url(host) + "core.js"]
    assert contents(tmp_path / "site") == FILES


def test_a_changed_byte_is_refused_and_not_kept(host, tmp_path):
    (host / "drawing.whl").write_bytes(b"drawinG")
    expected, got = (hashlib.sha256(text).hexdigest() for text in (b"drawing", b"drawinG"))
    message = f"drawing.whl must have the SHA-256 {expected}; got {got}"
    with pytest.raises(ChangedFileError, match=message):
        fetch(tmp_path / "site", url(host))
    assert contents(tmp_path / "site") == {"core.js": b"core"}


def test_a_missing_file_is_named(host, tmp_path):
    (host / "drawing.whl").unlink()
    with pytest.raises(OSError, match=r"^file://.*/host/drawing\.whl can't be had: "):
        fetch(tmp_path / "site", url(host))
    assert contents(tmp_path / "site") == {"core.js": b"core"}
