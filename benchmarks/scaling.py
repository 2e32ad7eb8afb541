"""Measure how the time and memory of Trainer.fit grow with samples and with hidden neurons.

    python benchmarks/scaling.py

An epoch is a shuffle, the updates, and the accuracy on all samples. Time is the processor's, so
that other programs count little. Per sample it should be flat, per update follow the operations of
the products; memory beside the data should be a few copies of the activations of all samples.
"""

import os
import statistics
import tracemalloc
from time import process_time

# Before NumPy starts: one thread, and none of the settings that slow its OpenBLAS (see training.py)
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
os.environ.pop("OPENBLAS_CORETYPE", None)
os.environ.pop("OPENBLAS_L2_SIZE", None)

import numpy as np
from contestants.own import make_model, nnlib_trainer
from contestants.problem import Problem

import nnlib

SAMPLES = (300, 3_000, 30_000, 300_000)
HIDDEN_SIZES = (10, 30, 100, 300, 1000, 2000)
MEMORY = [
    Problem((2, 10, 3), batch_size=30, samples=30_000, dtype=np.float64),
    Problem((2, 10, 3), batch_size=30, samples=300_000, dtype=np.float64),
    Problem((784, 100, 10), batch_size=100, samples=20_000, dtype=np.float32),
    Problem((784, 100, 10), batch_size=100, samples=60_000, dtype=np.float32),
]
ROUNDS = 7
LEAST = 0.05  # seconds of a turn, at least


def seconds_per_epoch(problems):
    """Return the median and the least seconds of an epoch of each problem; they take turns."""
    running, epochs, turns = [nnlib_trainer(problem) for problem in problems], [], []
    for contestant in running:
        next(contestant)  # warms up
        started = process_time()
        next(contestant)
        epochs.append(max(1, round(LEAST / (process_time() - started))))
    for _ in range(ROUNDS):
        turns.append([])
        for contestant, count in zip(running, epochs, strict=True):
            started = process_time()
            for _ in range(count):
                next(contestant)
            turns[-1].append((process_time() - started) / count)
    return [(statistics.median(column), min(column)) for column in zip(*turns, strict=True)]


def show_samples():
    problems = [Problem((2, 10, 3), 30, samples, np.float64) for samples in SAMPLES]
    print(f"{problems[0].name}, batch 30, float64: an epoch\n")
    print("| samples | seconds | µs per sample | fastest |")
    print("|--------:|--------:|--------------:|--------:|")
    for samples, (median, least) in zip(SAMPLES, seconds_per_epoch(problems), strict=True):
        per_sample, fastest = 1e6 * median / samples, 1e6 * least / samples
        print(f"| {samples:7} | {median:7.4f} | {per_sample:13.3f} | {fastest:7.3f} |")


def product_rate(problem):
    """Return the operations per second of the first product alone, at its fastest."""
    x, _ = problem.data()
    x, W = x[: problem.batch_size], problem.params()[0]
    times = []
    for _ in range(200):
        started = process_time()
        x @ W
        times.append(process_time() - started)
    return 2 * x.size * W.shape[1] / min(times)


def show_hidden_sizes():
    """Time an update, at its fastest, beside the operations that its products need.

    A sample meets the first weights three times: in the forward pass, in their gradient, and in the
    accuracy after the epoch; the second also in the gradient of the hidden layer.
    """
    problems = [Problem((784, hidden, 10), 100, 2000, np.float32) for hidden in HIDDEN_SIZES]
    print("\n784-H-10, batch 100, 2000 samples, float32: an update\n")
    print("|    H | milliseconds | million operations | per ns | of x @ W1 alone |")
    print("|-----:|-------------:|-------------------:|-------:|----------------:|")
    for problem, (_, least) in zip(problems, seconds_per_epoch(problems), strict=True):
        inputs, hidden, classes = problem.sizes
        operations = 2 * problem.batch_size * hidden * (3 * inputs + 4 * classes)
        seconds = least / problem.updates
        rate, limit = operations / seconds, product_rate(problem)
        print(
            f"| {hidden:4} | {1e3 * seconds:12.3f} | {operations / 1e6:18.1f} | "
            f"{rate / 1e9:6.1f} | {rate / limit:14.0%}  |"
        )


def show_memory():
    print("\nMemory in MB: the data, and the most that a fit of two epochs had beside it\n")
    print("| network    | samples |  data |  most | in copies of the data | per sample, bytes |")
    print("|------------|--------:|------:|------:|----------------------:|------------------:|")
    for problem in MEMORY:
        x, t = problem.data()
        trainer = nnlib.Trainer(*make_model(problem), rng=problem.rng())
        tracemalloc.start()  # so the data itself is not counted
        trainer.fit(x, t, max_epoch=2, batch_size=problem.batch_size)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        data = x.nbytes + t.nbytes
        print(
            f"| {problem.name:<10} | {problem.samples:7} | {data / 1e6:5.1f} | {most / 1e6:5.1f} | "
            f"{most / data:21.2f} | {most / problem.samples:17.0f} |"
        )


def main():
    show_samples()
    show_hidden_sizes()
    show_memory()


if __name__ == "__main__":
    main()
