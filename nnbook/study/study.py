"""A study: the spiral network, trained with every learning rate, hidden size and seed of a grid."""

import datetime
import itertools
import warnings
from collections.abc import Sequence
from numbers import Integral
from typing import Any

from nnbook.study.file import StudyFile
from nnbook.study.training import Row, Setting, Training, train_row
from nnlib.checks import require, require_kind, require_number, require_whole, tuple_of
from nnlib.files import FilePath

__all__ = ["HIDDEN_SIZES", "LEARNING_RATES", "SEEDS", "run_study"]

LEARNING_RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
HIDDEN_SIZES = (1, 2, 3, 4, 6, 10, 20, 50)
SEEDS = tuple(range(10))


def run_study(
    path: FilePath,
    *,
    learning_rates: Sequence[float] = LEARNING_RATES,
    hidden_sizes: Sequence[int] = HIDDEN_SIZES,
    seeds: Sequence[int] = SEEDS,
    max_epoch: int = 300,
    batch_size: int = 30,
    data_seed: int = 1984,
    jobs: int = -1,
    progress: bool = True,
) -> list[Row]:
    """Train every combination that a file does not have yet, and write each into it at its end.

    Runs are trained side by side by joblib: in processes of this machine, or wherever
    ``joblib.parallel_config`` says, on a Dask cluster for example. A call that was interrupted is
    made again, and goes on with what is missing. At the end the lines are sorted, so that equal
    calls on one machine and one day give equal files.

    Parameters
    ----------
    path : str or path
        A CSV file with a line for each run: what `nnbook.study.training.train_row` returns.
    learning_rates, hidden_sizes, seeds : sequences
        The grid. Runs of the file that lie outside it stay there.
    max_epoch : int
        Epochs of each run; one that diverges has fewer.
    batch_size : int
        Samples per update, up to 300.
    data_seed : int
        Of the data.
    jobs : int
        How many runs at a time; −1 for as many as there are cores.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    list of dict
        All rows of the file, sorted by learning rate, hidden size and seed.

    Raises
    ------
    ValueError
        If the file holds another study, made with other versions, epochs, batches or data.

    Examples
    --------
    On a Dask cluster, whose workers have `nnbook` in the same version::

        client = dask.distributed.Client("tcp://scheduler:8786")
        with joblib.parallel_config("dask"):
            run_study("study.csv")
    """
    settings = _grid(learning_rates, hidden_sizes, seeds)
    for name, value in {"max_epoch": max_epoch, "batch_size": batch_size}.items():
        require_whole(name, value)
    require(batch_size <= 300, "batch_size", "be at most 300, the number of samples", batch_size)
    require_whole("data_seed", data_seed, least=0)
    counts = isinstance(jobs, Integral) and not isinstance(jobs, bool) and jobs != 0
    require(counts, "jobs", "be a whole number other than 0", repr(jobs))
    require_kind("progress", progress, bool)
    training = Training(int(max_epoch), int(batch_size), int(data_seed))
    file = StudyFile(path, training)
    missing = [setting for setting in settings if setting not in file.rows]
    if missing:
        _train(missing, training, file, int(jobs), progress)
    return file.sort()


def _grid(learning_rates: Any, hidden_sizes: Any, seeds: Any) -> list[Setting]:
    """Return all combinations, each once."""
    for rate in (rates := tuple_of("learning_rates", learning_rates, "numbers")):
        require_number("learning_rates", rate, above=0)
    for size in (sizes := tuple_of("hidden_sizes", hidden_sizes, "whole numbers")):
        require_whole("hidden_sizes", size)
    for seed in (seeds := tuple_of("seeds", seeds, "whole numbers")):
        require_whole("seeds", seed, least=0)
    grid = itertools.product(map(float, rates), map(int, sizes), map(int, seeds))
    return list(dict.fromkeys(itertools.starmap(Setting, grid)))


def _train(settings, training, file, jobs, progress):
    """Train side by side, and add each run to the file when it has ended."""
    from joblib import Parallel, delayed  # here, so that a page that reads a record needs neither
    from tqdm import tqdm

    today = datetime.date.today().isoformat()
    # One run at a time, so that no finished one waits for others.
    parallel = Parallel(n_jobs=jobs, batch_size=1, return_as="generator_unordered")
    rows = parallel(delayed(train_row)(setting, training, today) for setting in settings)
    try:
        with tqdm(total=len(settings), unit="run", disable=not progress) as bar:
            for row in rows:
                file.add(row)
                bar.update()
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # joblib tells that it stops the runs that are left
            rows.close()
