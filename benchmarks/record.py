"""How measurements are recorded: as CSV files with the device they come from."""

import csv

from nnbook.records.provenance import cpu_name, versions

__all__ = ["cpu_name", "versions", "write_record"]


def write_record(path, rows):
    """Write dictionaries with equal keys as the rows of a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"Written: {path}")
