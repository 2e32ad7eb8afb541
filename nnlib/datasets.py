"""Data to learn from: the spiral. Section 1.4.1.

Points of each class lie on one arm of a spiral, so that no straight line can separate them.
"""

from types import ModuleType
from typing import Any

import numpy as np

from nnlib.backend import from_numpy
from nnlib.checks import Rng, require_number, require_place, require_rng, require_whole

__all__ = ["make_spiral"]


def make_spiral(
    samples_per_class: int = 100,
    num_classes: int = 3,
    noise: float = 0.2,
    *,
    rng: Rng,
    dtype: Any = np.float64,
    xp: ModuleType = np,
) -> tuple[Any, Any]:
    r"""Make points on the arms of a spiral, class after class.

    Sample i of class j has radius :math:`r = i / n` and angle
    :math:`\theta = 4j + 4r + \text{noise} \cdot \varepsilon` in radians, with
    :math:`\varepsilon` standard normal and n samples per class; its point is
    :math:`(r \sin\theta, r \cos\theta)`. The first sample of every class lies at the origin. From
    the fourth arm on, 4 radians a class wrap around: arms come close to earlier ones.

    Returns
    -------
    x : (C·n, 2) array of the type `dtype` of the library `xp`
        Points.
    t : (C·n,) array of int64
        Labels ``0 … C − 1``, C being `num_classes`.
    """
    require_rng(rng)
    require_whole("samples_per_class", samples_per_class)
    require_whole("num_classes", num_classes)
    require_number("noise", noise, least=0)
    require_place(dtype, xp)
    samples_per_class, num_classes = int(samples_per_class), int(num_classes)
    radius = np.tile(np.arange(samples_per_class) / samples_per_class, num_classes)
    label = np.repeat(np.arange(num_classes), samples_per_class)
    angle = 4.0 * label + 4.0 * radius + float(noise) * rng.standard_normal(radius.size)
    points = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
    return from_numpy(points, dtype=dtype, xp=xp), from_numpy(label, dtype=np.int64, xp=xp)
