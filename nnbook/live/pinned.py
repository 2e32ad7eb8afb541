"""The files that Python in a page is made of, each pinned by its hash: ``pinned.json``."""

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.request import urlopen

__all__ = ["PINNED", "ChangedFileError", "fetch"]

PINNED: dict[str, Any] = json.loads(Path(__file__).with_name("pinned.json").read_text("utf-8"))
PATIENCE = 60  # seconds without a byte


class ChangedFileError(RuntimeError):
    """A file is not the one that is pinned."""


def fetch(folder: Path, url: str = PINNED["url"]) -> None:
    """Put all files of Python into a folder; those that are there and right stay.

    Parameters
    ----------
    folder : Path
        It is made if it is not there.
    url : str, optional
        Where they are; it ends with a slash.

    Raises
    ------
    ChangedFileError
        If one of them has another hash. It is not kept.
    OSError
        If one of them can't be had.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in [*PINNED["python"], *PINNED["drawing"]]:
        path = folder / file["name"]
        if path.is_file() and _hash(path.read_bytes()) == file["sha256"]:
            continue
        content = _read(url + file["name"])
        if _hash(content) != file["sha256"]:
            raise ChangedFileError(
                f"{url}{file['name']} must have the SHA-256 {file['sha256']}; got {_hash(content)}"
            )
        path.write_bytes(content)


def _read(address):
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            return answer.read()
    except OSError as error:
        raise OSError(f"{address} can't be had: {error}") from error


def _hash(content):
    return hashlib.sha256(content).hexdigest()
