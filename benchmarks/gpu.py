"""Measure one training update on the CPU and on the GPU, in the same run, and record both.

    python benchmarks/gpu.py

Writes nnbook/records/gpu_benchmark.csv, which section 1.5.2 of the book plots. Needs CuPy and a
GPU; without them it says so and writes nothing.
"""

import argparse
import os
from pathlib import Path
from time import perf_counter

import numpy as np
from record import cpu_name, versions, write_record

import nnlib

OUT = Path(__file__).parents[1] / "nnbook" / "records" / "gpu_benchmark.csv"
INPUTS, CLASSES = 784, 10
HIDDEN_SIZES = (10, 30, 100, 300, 1000, 3000, 10000)
BATCH_SIZES = (30, 100, 1000)
DTYPE = "float32"
REPEATS = 5
SECONDS_PER_REPEAT = 0.2
LARGEST_DIFFERENCE = 1e-3  # between the losses of CPU and GPU after the first updates, relative


def make_update(xp, hidden_size, batch_size):
    """Return a function that makes one update and returns its loss; equal on every backend."""
    rng = np.random.default_rng(1984)
    dtype = getattr(np, DTYPE)
    model = nnlib.TwoLayerNet(INPUTS, hidden_size, CLASSES, rng=rng, dtype=dtype, xp=xp)
    x = xp.asarray(rng.standard_normal((batch_size, INPUTS)).astype(DTYPE))
    t = xp.asarray(rng.integers(0, CLASSES, batch_size))
    optimizer = nnlib.SGD(learning_rate=0.01)

    def update():
        loss = model.forward(x, t)
        model.backward()
        optimizer.update(model.params, model.grads)
        return loss

    return update


def measure(update, synchronize):
    """Return the seconds of one update, the best mean of some repeats, and the updates in each."""

    def run(updates):
        synchronize()
        started = perf_counter()
        for _ in range(updates):
            update()
        synchronize()  # a GPU works on after the call has returned
        return perf_counter() - started

    run(3)  # the first calls compile kernels and reserve memory
    updates = max(3, min(5000, int(SECONDS_PER_REPEAT / (run(3) / 3))))
    return min(run(updates) / updates for _ in range(REPEATS)), updates


def measure_pair(cupy, hidden_size, batch_size):
    """Yield the measurement of one size on the CPU, then on the GPU."""
    backends = [("CPU", np, lambda: None), ("GPU", cupy, cupy.cuda.Device().synchronize)]
    updates = {device: make_update(xp, hidden_size, batch_size) for device, xp, _ in backends}
    losses = [[updates[device]() for _ in range(3)] for device, _, _ in backends]
    if not np.allclose(*losses, rtol=LARGEST_DIFFERENCE):
        raise SystemExit(f"CPU and GPU disagree at hidden size {hidden_size}: losses {losses}")
    for device, _, synchronize in backends:
        seconds, count = measure(updates[device], synchronize)
        yield {
            "device": device,
            "input_size": INPUTS,
            "hidden_size": hidden_size,
            "output_size": CLASSES,
            "batch_size": batch_size,
            "dtype": DTYPE,
            "seconds_per_update": f"{seconds:.4g}",
            "updates_per_repeat": count,
            "repeats": REPEATS,
        }


def provenance(cupy):
    """Return what a reader needs to know about the run, apart from the device's name."""
    version = cupy.cuda.runtime.runtimeGetVersion()
    return {
        "cpu_cores": os.cpu_count(),
        **versions(),
        "cupy": cupy.__version__,
        "cuda": f"{version // 1000}.{version % 1000 // 10}",
    }


def device_names(cupy):
    """Return the names of the CPU and of the GPU in use."""
    properties = cupy.cuda.runtime.getDeviceProperties(cupy.cuda.Device().id)
    return {"CPU": cpu_name(), "GPU": properties["name"].decode()}


def import_cupy():
    """Return CuPy, or stop and say why there is no GPU to measure."""
    try:
        import cupy
    except ImportError as error:
        reason = f"CuPy cannot be imported ({error})"
        raise SystemExit(f"No GPU measured: {reason}. No file was written.") from None
    if not cupy.is_available():
        raise SystemExit("No GPU measured: CuPy finds no GPU. No file was written.")
    return cupy


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the measurements")
    out = parser.parse_args().out
    cupy = import_cupy()
    names, facts, rows = device_names(cupy), provenance(cupy), []
    print(f"CPU: {names['CPU']}, {facts['cpu_cores']} cores. GPU: {names['GPU']}.")
    for batch_size in BATCH_SIZES:
        for hidden_size in HIDDEN_SIZES:
            pair = list(measure_pair(cupy, hidden_size, batch_size))
            rows += [row | {"device_name": names[row["device"]]} | facts for row in pair]
            cpu, gpu = (float(row["seconds_per_update"]) for row in pair)
            print(
                f"{INPUTS}-{hidden_size}-{CLASSES}, batch {batch_size}: CPU {cpu * 1e6:.0f} µs, "
                f"GPU {gpu * 1e6:.0f} µs, speed-up {cpu / gpu:.2f}"
            )
    write_record(out, rows)


if __name__ == "__main__":
    main()
