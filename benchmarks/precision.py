"""Measure one training update in float64, float32 and float16 on the CPU, and record it.

    python benchmarks/precision.py

Writes nnbook/records/precision_benchmark.csv, which section 1.5.1 of the book shows. The types
take turns, so that whatever else the machine does meets all of them; the smallest time of each
counts.
"""

from pathlib import Path
from time import perf_counter

import numpy as np
from record import cpu_name, versions, write_record

import nnlib

OUT = Path(__file__).parents[1] / "nnbook" / "records" / "precision_benchmark.csv"
NETWORKS = [((2, 10, 3), 30), ((2, 100, 3), 30), ((2, 1000, 3), 30), ((784, 100, 10), 100)]
DTYPES = ("float64", "float32", "float16")
ROUNDS = 30


def make_update(sizes, batch_size, dtype):
    """Return a function that makes one update in the given type."""
    rng = np.random.default_rng(0)
    model = nnlib.TwoLayerNet(*sizes, rng=rng, dtype=dtype)
    x = rng.standard_normal((batch_size, sizes[0])).astype(dtype)
    t = rng.integers(0, sizes[2], batch_size)
    optimizer = nnlib.SGD(learning_rate=0.01)

    def update():
        model.forward(x, t)
        model.backward()
        optimizer.update(model.params, model.grads)

    return update


def seconds_of(update):
    """Return the mean seconds of some updates, about 5 ms long in all."""
    started = perf_counter()
    update()
    count = max(1, int(0.005 / (perf_counter() - started)))
    started = perf_counter()
    for _ in range(count):
        update()
    return (perf_counter() - started) / count


def main():
    facts = {"device": cpu_name()} | versions()
    rows = []
    for sizes, batch_size in NETWORKS:
        updates = {dtype: make_update(sizes, batch_size, dtype) for dtype in DTYPES}
        rounds = [{d: seconds_of(update) for d, update in updates.items()} for _ in range(ROUNDS)]
        for dtype in DTYPES:
            seconds = min(each[dtype] for each in rounds)
            network = "-".join(map(str, sizes))
            row = {"network": network, "batch_size": batch_size, "dtype": dtype}
            rows.append(row | {"microseconds": f"{1e6 * seconds:.3g}"} | facts)
            print(*list(rows[-1].values())[:4], sep="  ")
    write_record(OUT, rows)


if __name__ == "__main__":
    main()
