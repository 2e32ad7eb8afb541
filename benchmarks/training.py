"""Measure one update of nnlib beside plain NumPy, a book's classes and other libraries.

    python benchmarks/training.py

All train the same network from the same parameters on the same minibatches, shuffle and measured
accuracy included. Time is the processor's, so that other programs count little, and they take turns
of a few epochs, so that what they do meets all alike; ratios are of turns of the same round. The
last network, of single numbers, shows what the calls cost. What is not installed is left out;
benchmarks/requirements.txt names it.
"""

import argparse
import os
import statistics
from pathlib import Path
from time import process_time

# Before NumPy starts: these matrices are too small for more than one thread, and a setting made
# for another processor slows NumPy's OpenBLAS alone, not the libraries that bring their own BLAS.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
os.environ.pop("OPENBLAS_CORETYPE", None)
os.environ.pop("OPENBLAS_L2_SIZE", None)

import numpy as np
from contestants import book, own, peers, plain
from contestants.problem import Problem
from record import cpu_name, versions, write_record

PROBLEMS = [
    Problem((2, 10, 3), batch_size=30, samples=300, dtype=np.float64),
    Problem((784, 100, 10), batch_size=100, samples=2000, dtype=np.float32),
    Problem((1, 1, 3), batch_size=1, samples=10, dtype=np.float64),
]
CONTESTANTS = {
    "plain loop": plain.plain_loop,
    "plain loop, no dx": plain.plain_loop_without_dx,
    "nnlib Trainer": own.nnlib_trainer,
    "nnlib, own loop": own.nnlib_loop,
    "book's Trainer": book.book_trainer,
    "book's classes": book.book_loop,
    "PyTorch eager": peers.torch_eager,
    "PyTorch compiled": peers.torch_compiled,
    "scikit-learn": peers.scikit_learn,
    "numba": peers.numba_loop,
}
BASE, LIMIT, OURS = "plain loop", "numba", "nnlib Trainer"
TRIAL_EPOCHS = 5  # before anything is timed: compiles, warms up, and shows that all train alike
TURN = 60  # updates of a contestant before the next one's turn


def start(problem):
    """Return the contestants that can be had, after their trial epochs, and what each reached."""
    running, reached = {}, {}
    for name, contestant in CONTESTANTS.items():
        epochs = contestant(problem)
        try:
            *_, reached[name] = (next(epochs) for _ in range(TRIAL_EPOCHS))
            running[name] = epochs
        except ImportError as error:
            print(f"{problem.name}: {name} is left out, not installed ({error})")
    return running, reached


def require_equal(reached, dtype):
    """Stop unless all contestants have reached the parameters and the loss of the first."""
    params, loss, accuracy = reached[BASE]
    tolerance = 1000 * np.finfo(dtype).eps
    for name, (others, other_loss, other_accuracy) in reached.items():
        pairs = zip(params, others, strict=True)
        apart = max(np.max(np.abs(np.asarray(a) - np.asarray(b))) for a, b in pairs)
        # A book's logarithm is of y + 1e-7, which shows in its loss and not in its gradient.
        same_loss = abs(other_loss - loss) <= tolerance + 1e-5 * name.startswith("book")
        if apart > tolerance or not same_loss or abs(other_accuracy - accuracy) > 0.001:
            raise SystemExit(f"{name} differs from {BASE}: parameters {apart:g}, loss {other_loss}")


def measure(running, epochs, rounds):
    """Return the seconds of every turn of every contestant, the order of turns rotating."""
    seconds, names = {name: [] for name in running}, list(running)
    for turn in range(rounds):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            contestant = running[name]
            started = process_time()
            for _ in range(epochs):
                next(contestant)
            seconds[name].append(process_time() - started)
    return seconds


def measure_problem(problem, rounds):
    """Print the table of one network, and return it as rows."""
    running, reached = start(problem)
    require_equal(reached, problem.dtype)
    epochs = max(1, TURN // problem.updates)
    seconds = measure(running, epochs, rounds)
    dtype = np.dtype(problem.dtype).name
    print(f"\n{problem.name}, batch {problem.batch_size}, {problem.samples} samples, {dtype}\n")
    print("| contestant        | µs per update | ratio | fastest |")
    print("|-------------------|--------------:|------:|--------:|")
    rows = []
    for name, turns in seconds.items():
        micros = [1e6 * turn / (epochs * problem.updates) for turn in turns]
        ratio = statistics.median(a / b for a, b in zip(turns, seconds[BASE], strict=True))
        median, fastest = statistics.median(micros), min(micros)
        print(f"| {name:<17} | {median:13.1f} | {ratio:5.2f} | {fastest:7.1f} |")
        setting = {"network": problem.name, "batch_size": problem.batch_size, "dtype": dtype}
        figures = {"microseconds": f"{median:.4g}", "fastest": f"{fastest:.4g}"}
        rows.append(setting | {"contestant": name, "ratio": f"{ratio:.3g}"} | figures)
    return rows


def explain(rows):
    """Print what the least time of an update is spent on, by the network of single numbers."""
    fastest = {(row["network"], row["contestant"]): float(row["fastest"]) for row in rows}
    *networks, single = dict.fromkeys(row["network"] for row in rows)
    calls, ours = fastest[single, BASE], fastest[single, OURS] - fastest[single, BASE]
    print(f"\nIn {single} next to nothing is computed: there the {BASE} spends {calls:.1f} µs per")
    print(f"update on calling NumPy, and {OURS} {ours:.1f} µs more on its own Python. So of")
    for network in networks:
        whole, arithmetic = fastest[network, OURS], fastest[network, OURS] - calls - ours
        print(
            f"{whole:.1f} µs in {network}, {calls:.1f} are calls of NumPy, {ours:.1f} nnlib's own, "
            f"and {arithmetic:.1f} the numbers and their arrays"
        )
        if (network, LIMIT) in fastest:
            print(f"  ({LIMIT} needs {fastest[network, LIMIT]:.1f} in all)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--out", type=Path, help="CSV file to write the measurements to")
    arguments = parser.parse_args()
    facts = {"device": cpu_name()} | versions()
    print(", ".join(facts.values()), f"{os.cpu_count()} cores, one BLAS thread", sep="; ")
    rows = [row for problem in PROBLEMS for row in measure_problem(problem, arguments.rounds)]
    explain(rows)
    if arguments.out:
        write_record(arguments.out, [row | facts for row in rows])


if __name__ == "__main__":
    main()
