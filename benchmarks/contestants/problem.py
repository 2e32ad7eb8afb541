"""What every contestant is given: data, sizes, and where to start."""

from dataclasses import dataclass
from typing import Any

import numpy as np

import nnlib


@dataclass(frozen=True)
class Problem:
    """A network inputs-hidden-classes and random samples to train it on."""

    sizes: tuple[int, int, int]
    batch_size: int
    samples: int
    dtype: Any
    learning_rate: float = 0.1

    @property
    def name(self):
        return "-".join(map(str, self.sizes))

    @property
    def updates(self):
        """Updates per epoch."""
        return self.samples // self.batch_size

    def data(self):
        """Return the samples, (N, D), and their labels, (N,)."""
        rng = np.random.default_rng(1984)
        x = rng.standard_normal((self.samples, self.sizes[0])).astype(self.dtype)
        return x, rng.integers(0, self.sizes[2], self.samples)

    def params(self):
        """Return W1, b1, W2 and b2 to start from: new arrays at every call."""
        rng = np.random.default_rng(1)
        return nnlib.TwoLayerNet(*self.sizes, weight_scale=0.1, rng=rng, dtype=self.dtype).params

    def rng(self):
        """Return what draws the order of the samples, at its start."""
        return np.random.default_rng(7)
