"""Sphinx extension: what a page needs when its reader makes it live.

The scripts and the library of the book, for Python in the page, stand in a folder named after their
content, so that no browser mixes two editions. Where ``nn_pyodide`` is "self", or ``PYODIDE=self``
stands in the environment, the site brings the files of Python along.
"""

import functools
import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import array_api_compat
import array_api_strict
import tqdm
from sphinx.application import Sphinx

from nnbook.live.pinned import PINNED, fetch
from nnbook.widget.modules import as_module

FOLDER = Path("_static", "nnbook")
LIBRARY = "book.zip"
OWN_FILES = ("worker.js", "download.js", "interrupts.js", "editor.js")  # modules as they are
PACKAGES = (array_api_compat, array_api_strict, tqdm)
NOT_PACKED = {"tests", "sphinx", "torch", "dask", "cupy", "contrib"}
PACKED = {".py", ".csv", ".toml"}
VENDORED = {".js", ".txt"}  # with the licences, without the types
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip file can hold
SOURCES = ("cdn", "self")
MEGA = 1e6


@functools.cache
def live_files(root: Path) -> dict[str, bytes]:
    """Return what a live page loads from the site, by its name in the live folder."""
    live = root / "nnbook" / "live"
    files = {path.name: path.read_bytes() for path in map(live.joinpath, OWN_FILES)}
    vendor = [path for path in live.glob("vendor/*") if path.suffix in VENDORED]
    files |= {f"vendor/{path.name}": path.read_bytes() for path in vendor}
    files["live.js"] = as_module(live / "live.js", beside=live / "vendor").encode()
    files[LIBRARY] = packed_library(root)
    return files


def live_config(root: Path, source: str) -> dict[str, Any]:
    """Return what the script of a page knows of Python: `LiveConfig` in nnbook/live/types.d.ts.

    Parameters
    ----------
    root : Path
        The sources of the book.
    source : {"cdn", "self"}
        Whether the files of Python come from their public host or from the site.
    """
    if source not in SOURCES:
        raise ValueError(f"nn_pyodide must be one of {SOURCES}; got {source!r}")
    library = live_files(root)[LIBRARY]
    travels = "wire" if source == "cdn" else "bytes"  # a plain server compresses nothing
    python = sum(file[travels] for file in PINNED["python"]) + len(library)
    drawing = sum(file[travels] for file in PINNED["drawing"])
    return {
        "folder": folder_name(root),
        "url": PINNED["url"] if source == "cdn" else "../pyodide/",
        **{key: PINNED[key] for key in ("version", "python", "drawing")},
        "library": {
            "name": LIBRARY,
            "sha256": hashlib.sha256(library).hexdigest(),
            "bytes": len(library),
            "wire": len(library),
        },
        "megabytes": {"python": round(python / MEGA, 1), "drawing": round(drawing / MEGA, 1)},
    }


def folder_name(root: Path) -> str:
    """Return the name of the live folder, which changes with any file in it."""
    edition = hashlib.sha256()
    for name, content in sorted(live_files(root).items()):
        edition.update(name.encode() + content)
    return f"live-{edition.hexdigest()[:10]}/"


def packed_library(root: Path) -> bytes:
    """Return nnlib, nnbook and what they import, as a zip file."""
    return zipped(_to_pack(root))


def zipped(files: Iterable[tuple[str, Path]]) -> bytes:
    """Return a zip file of files and their names in it; equal files give equal bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, path in sorted(files):
            info = zipfile.ZipInfo(name, BEGINNING)
            archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return content.getvalue()


def _to_pack(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of the library with their names in it."""
    folders = [root / "nnlib", root / "nnbook", *(Path(each.__path__[0]) for each in PACKAGES)]
    for folder in folders:
        for path in folder.rglob("*"):
            parts = path.relative_to(folder.parent).parts
            if path.suffix in PACKED and not NOT_PACKED & {*parts}:
                yield "/".join(parts), path


def write_live(app: Sphinx, exception: Exception | None) -> None:
    """Write the live folder, and the files of Python if the site brings its own."""
    if exception or app.builder.name != "html":
        return
    root, folder = Path(app.srcdir), Path(app.outdir, FOLDER)
    live = folder / folder_name(root)
    for old in folder.glob("live-*"):
        shutil.rmtree(old)
    for name, content in live_files(root).items():
        path = live / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if app.config.nn_pyodide == "self":
        write_python(Path(app.outdir), os.environ.get("PYODIDE_URL", PINNED["url"]))


def write_python(site: Path, url: str = PINNED["url"]) -> None:
    """Put the files of Python into a site, from their public host or another place."""
    fetch(site / FOLDER / "pyodide", url)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension and its setting."""
    app.add_config_value("nn_pyodide", os.environ.get("PYODIDE", "cdn"), "html", (str,))
    app.connect("build-finished", write_live)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
