"""Records: measurements that were made once and are kept, each with the machine it comes from.

A chapter shows them from here, so it needs no file beside the notebook. The programs in
`benchmarks/` write them, and `nnbook.study` writes its own.
"""

import csv
from pathlib import Path

__all__ = ["read_record"]

FILES = {
    "gpu": "gpu_benchmark.csv",
    "precision": "precision_benchmark.csv",
    "study": "spiral_study.csv",
}
FOLDER = Path(__file__).parent


def read_record(name: str) -> list[dict[str, str]]:
    """Return the rows of a recorded measurement, each with the names of its columns.

    Parameters
    ----------
    name : str
        "study" for section 1.4.3, "precision" for section 1.5.1, "gpu" for section 1.5.2.

    Returns
    -------
    list of dict
        Empty if this measurement was not made yet.

    Raises
    ------
    ValueError
        If no measurement has this name.
    """
    if name not in FILES:
        raise ValueError(f"name must be one of {sorted(FILES)}; got {name!r}")
    path = FOLDER / FILES[name]
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
