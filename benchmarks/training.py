"""Measure the time of one update: nnlib beside the plain NumPy loop such chapters usually print.

Both train the same network on the same minibatches in the same process, in turns, so that whatever
else the machine does meets both. Run it with ``python benchmarks/training.py``.
"""

import argparse
import os
import platform
import statistics
import time

# Before NumPy starts its threads: these matrices are too small for more than one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")

import array_api_compat
import numpy as np

import nnlib

# name, (inputs, hidden, classes), batch, samples, type
NETWORKS = [
    ("2-10-3", (2, 10, 3), 30, 300, np.float64),
    ("784-100-10", (784, 100, 10), 100, 2000, np.float32),
]

# ---------------------------------------------------------------- the baseline


class Affine:
    def __init__(self, W, b):
        self.params = [W, b]
        self.grads = [np.zeros_like(W), np.zeros_like(b)]
        self.x = None

    def forward(self, x):
        W, b = self.params
        out = np.dot(x, W) + b
        self.x = x
        return out

    def backward(self, dout):
        W, _ = self.params
        dx = np.dot(dout, W.T)
        dW = np.dot(self.x.T, dout)
        db = np.sum(dout, axis=0)
        self.grads[0][...] = dW
        self.grads[1][...] = db
        return dx


class Sigmoid:
    def __init__(self):
        self.params, self.grads = [], []
        self.out = None

    def forward(self, x):
        out = 1 / (1 + np.exp(-x))
        self.out = out
        return out

    def backward(self, dout):
        return dout * (1.0 - self.out) * self.out


def softmax(x):
    x = x - x.max(axis=1, keepdims=True)
    x = np.exp(x)
    x /= x.sum(axis=1, keepdims=True)
    return x


def cross_entropy_error(y, t):
    if t.size == y.size:
        t = t.argmax(axis=1)
    batch_size = y.shape[0]
    return -np.sum(np.log(y[np.arange(batch_size), t] + 1e-7)) / batch_size


class SoftmaxWithLoss:
    def __init__(self):
        self.params, self.grads = [], []
        self.y = None
        self.t = None

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        if self.t.size == self.y.size:
            self.t = self.t.argmax(axis=1)
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        dx = self.y.copy()
        dx[np.arange(batch_size), self.t] -= 1
        dx *= dout
        return dx / batch_size


class SGD:
    def __init__(self, lr):
        self.lr = lr

    def update(self, params, grads):
        for i in range(len(params)):
            params[i] -= self.lr * grads[i]


class Net:
    """Keeps its parameters in two lists made once, as such code does."""

    def __init__(self, W1, b1, W2, b2):
        self.layers = [Affine(W1, b1), Sigmoid(), Affine(W2, b2)]
        self.loss_layer = SoftmaxWithLoss()
        self.params, self.grads = [], []
        for layer in self.layers:
            self.params += layer.params
            self.grads += layer.grads

    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def forward(self, x, t):
        score = self.predict(x)
        return self.loss_layer.forward(score, t)

    def backward(self, dout=1):
        dout = self.loss_layer.backward(dout)
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout


# ---------------------------------------------------------------- the measurement


def run_epoch(model, optimizer, x, t, batch_size):
    """Train one epoch as the chapter writes it; return the seconds it took and its mean loss."""
    total_loss, updates = 0.0, len(x) // batch_size
    started = time.perf_counter()
    for i in range(updates):
        batch_x = x[i * batch_size : (i + 1) * batch_size]
        batch_t = t[i * batch_size : (i + 1) * batch_size]
        loss = model.forward(batch_x, batch_t)
        model.backward()
        optimizer.update(model.params, model.grads)
        total_loss += loss
    return time.perf_counter() - started, total_loss / updates


def measure(sizes, batch_size, samples, dtype, epochs, repeats):
    """Return microseconds per update of nnlib and of the baseline, one of each per repeat."""
    rng = np.random.default_rng(1984)
    x = rng.standard_normal((samples, sizes[0])).astype(dtype)
    labels = rng.integers(0, sizes[2], samples)
    rows = np.eye(sizes[2], dtype=int)[labels]
    ours = nnlib.TwoLayerNet(*sizes, rng=rng, dtype=dtype)
    baseline = Net(*(param.copy() for param in ours.params))
    contestants = {
        "nnlib": (ours, nnlib.SGD(learning_rate=0.1), labels),
        "baseline": (baseline, SGD(lr=0.1), rows),  # that loop's data comes as one-hot rows
    }
    times, losses = {name: [] for name in contestants}, {}
    for repeat in range(-1, repeats):  # the first one warms up
        seconds = dict.fromkeys(contestants, 0.0)
        for _ in range(epochs):
            for name, (model, optimizer, t) in contestants.items():
                spent, losses[name] = run_epoch(model, optimizer, x, t, batch_size)
                seconds[name] += spent
        if repeat >= 0:
            for name, spent in seconds.items():
                times[name].append(1e6 * spent / (epochs * (samples // batch_size)))
    if not np.isclose(losses["nnlib"], losses["baseline"], rtol=1e-3):
        raise SystemExit(f"the two do not train alike: {losses}")
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--updates", type=int, default=600, help="per repeat and contestant")
    arguments = parser.parse_args()
    print(
        f"Python {platform.python_version()}, NumPy {np.__version__}, "
        f"array-api-compat {array_api_compat.__version__}, nnlib {nnlib.__version__}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, one BLAS thread"
    )
    print(f"Microseconds per update: median of {arguments.repeats} repeats (fastest)\n")
    print(f"{'network':<12}{'batch':>6}  {'type':<9}{'nnlib':>17}{'baseline':>17}{'ratio':>8}")
    for name, sizes, batch_size, samples, dtype in NETWORKS:
        epochs = max(1, arguments.updates // (samples // batch_size))
        times = measure(sizes, batch_size, samples, dtype, epochs, arguments.repeats)
        cells = [f"{statistics.median(t):8.1f} ({min(t):.1f})" for t in times.values()]
        pairs = zip(times["nnlib"], times["baseline"], strict=True)
        ratio = statistics.median(ours / theirs for ours, theirs in pairs)
        print(
            f"{name:<12}{batch_size:>6}  {np.dtype(dtype).name:<9}"
            f"{cells[0]:>17}{cells[1]:>17}{ratio:>8.2f}"
        )


if __name__ == "__main__":
    main()
