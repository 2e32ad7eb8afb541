"""The file of a study: every run is a line of it, written as soon as the run has ended.

Whatever stops the program, the lines that are there are whole, but for the last one; that is
noticed, and its run made again.
"""

import csv
import io
import os
from pathlib import Path

from nnbook.records.provenance import versions
from nnbook.study.training import Row, Setting, Training
from nnlib.checks import argument_error, require
from nnlib.files import FilePath

__all__ = ["COLUMNS", "StudyFile"]

MEASURED = ("epochs", "loss", "correct", "held_out_loss", "held_out_correct")
COMMON = (*Training._fields, "numpy", "nnlib")  # what the numbers depend on besides the setting
COLUMNS = (
    *Setting._fields, *MEASURED, *Training._fields, "device", "python", "numpy", "nnlib", "date",
)  # fmt: skip
KINDS = {
    **Setting.__annotations__,
    **dict.fromkeys(MEASURED, int),
    "loss": float,
    "held_out_loss": float,
}
HEADER = ",".join(COLUMNS) + "\n"


class StudyFile:
    """The rows of a study by their settings, in memory and in a CSV file.

    Parameters
    ----------
    path : str or path
        Made if it is not there, with the folders above it.
    training : Training
        What all runs of the study have in common.

    Raises
    ------
    ValueError
        If the file holds anything but runs of this training, by these versions of nnlib and NumPy.
        It is then left as it is.
    """

    def __init__(self, path: FilePath, training: Training):
        expected = "be a str or a path"
        require(isinstance(path, (str, os.PathLike)), "path", expected, repr(path), TypeError)
        self.path = Path(path)
        self.common = {**training._asdict(), **versions()}
        self.common = {name: str(self.common[name]) for name in COMMON}
        self.rows: dict[Setting, Row] = {}
        content = self.path.read_bytes() if self.path.exists() else b""
        whole, newline, _ = content.rpartition(b"\n")
        if newline:
            self._read(whole + newline)
        else:
            is_torn = HEADER.encode().startswith(content)
            require(is_torn, str(path), "hold a study", repr(content[:80]))
        self._mend(len(whole + newline))

    def add(self, row: Row) -> None:
        """Add a run, here and at the end of the file."""
        self._keep(row, "a new run")
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write(_as_text([row]))

    def sort(self) -> list[Row]:
        """Sort the runs by their settings, here and in the file, and return them.

        The sorted lines go to a new file, which then takes the place of the old one in one step.
        """
        self.rows = dict(sorted(self.rows.items()))
        rows = list(self.rows.values())
        part = self.path.with_name(f".{self.path.name}.part")
        try:
            part.write_text(HEADER + _as_text(rows), encoding="utf-8", newline="")
            part.replace(self.path)
        finally:
            part.unlink(missing_ok=True)
        return rows

    def _read(self, content: bytes) -> None:
        """Keep the rows of a file whose last line is whole."""
        try:
            lines = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
            header, *rows = lines
        except (UnicodeDecodeError, csv.Error) as error:
            raise argument_error(str(self.path), "hold a study", error) from error
        columns = ",".join(COLUMNS)
        require(tuple(header) == COLUMNS, str(self.path), f"have the columns {columns}", header)
        for number, row in enumerate(rows, start=2):
            where = f"line {number}"
            require(len(row) == len(COLUMNS), str(self.path), "hold a study", f"{where}, {row}")
            self._keep(dict(zip(COLUMNS, row, strict=True)), where)

    def _keep(self, row: Row, where: str) -> None:
        """Keep a row if it belongs to this study."""
        try:
            values = {name: kind(row[name]) for name, kind in KINDS.items()}
        except ValueError as error:
            raise argument_error(str(self.path), "hold a study", f"{where}, {error}") from error
        found = {name: row[name] for name in COMMON}
        if found != self.common:
            expected = f"hold runs of this study, {_words(self.common)}"
            advice = "choose another path, or move that file away"
            raise argument_error(str(self.path), expected, f"{_words(found)} in {where}: {advice}")
        self.rows[Setting(*(values[name] for name in Setting._fields))] = row

    def _mend(self, size: int) -> None:
        """Cut the file off where its last whole line ends, and give a new one its header."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.truncate(size)
            if size == 0:
                file.write(HEADER.encode())


def _as_text(rows):
    text = io.StringIO(newline="")
    csv.DictWriter(text, COLUMNS, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _words(common):
    return ", ".join(f"{name} {value}" for name, value in common.items())
