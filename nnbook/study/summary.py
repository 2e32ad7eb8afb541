"""What a study shows of each learning rate and hidden size, over all its seeds."""

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from nnbook.study.training import Row

__all__ = ["Summary", "summarise"]


@dataclass(frozen=True)
class Summary:
    """The runs of one learning rate and hidden size.

    Attributes
    ----------
    learning_rate : float
    hidden_size : int
    runs : int
        How many; they differ in their seeds.
    median, least, most : float, int and int
        Of the training samples that are right at the end, of 300.
    median_loss : float
        Of the last epoch; infinite if that of most runs is.
    diverged : int
        Runs whose loss became infinite.
    """

    learning_rate: float
    hidden_size: int
    runs: int
    median: float
    least: int
    most: int
    median_loss: float
    diverged: int


def summarise(rows: Iterable[Row]) -> list[Summary]:
    """Return a summary for each learning rate and hidden size, sorted by them.

    Parameters
    ----------
    rows : iterable of dict
        Of a study, as `nnbook.study.run_study` or ``read_record("study")`` returns them.

    Examples
    --------
    >>> row = {"learning_rate": "1.0", "hidden_size": "10", "loss": "0.12"}
    >>> (summary,) = summarise(row | {"correct": right} for right in ("287", "290"))
    >>> summary.runs, summary.median, summary.least, summary.most
    (2, 288.5, 287, 290)
    """
    groups: dict[tuple[float, int], list[Row]] = {}
    for row in rows:
        key = float(row["learning_rate"]), int(row["hidden_size"])
        groups.setdefault(key, []).append(row)
    return [_summary(*key, groups[key]) for key in sorted(groups)]


def _summary(learning_rate, hidden_size, rows):
    right = [int(row["correct"]) for row in rows]
    losses = [float(row["loss"]) for row in rows]
    return Summary(
        learning_rate,
        hidden_size,
        len(rows),
        statistics.median(right),
        min(right),
        max(right),
        statistics.median(losses),
        sum(map(math.isinf, losses)),
    )
