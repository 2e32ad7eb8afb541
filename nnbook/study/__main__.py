"""Train the study of section 1.4.3, or what is missing of it.

    python -m nnbook.study study.csv                          on all cores of this machine
    python -m nnbook.study study.csv --scheduler tcp://host:8786      on a Dask cluster

An interrupted study keeps its finished runs; the same command goes on with the others.
"""

import argparse
import contextlib
import sys
from collections.abc import Iterator, Sequence

from nnbook.study.study import run_study


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the study as the command line says; return the exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        Instead of those of the command line.
    """
    summary, _, usage = __doc__.partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="python -m nnbook.study",
        description=summary,
        epilog=usage,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("path", nargs="?", default="spiral_study.csv", help="its CSV file")
    parser.add_argument("--jobs", type=int, default=-1, help="runs at a time; -1 for every core")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster")
    options = parser.parse_args(arguments)
    try:
        with cluster(options.scheduler):
            rows = run_study(options.path, jobs=options.jobs)
    except ValueError as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        print(f"Interrupted: {options.path} keeps the runs that ended.", file=sys.stderr)
        return 130
    print(f"{options.path}: {len(rows)} runs")
    return 0


@contextlib.contextmanager
def cluster(address: str | None) -> Iterator[None]:
    """Let joblib train on the Dask cluster with this scheduler; without one, on this machine."""
    if address is None:
        yield
        return
    import joblib
    from distributed import Client

    with Client(address), joblib.parallel_config("dask"):
        yield


if __name__ == "__main__":
    sys.exit(main())
