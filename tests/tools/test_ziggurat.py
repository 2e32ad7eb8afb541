"""The table of normal numbers: the committed one is what the tool reads off NumPy."""

from pathlib import Path

import numpy as np

from tools import ziggurat

SCRIPT = Path(__file__).parents[2] / "nnbook" / "playground" / "ziggurat.js"


def test_the_committed_table_is_read_off_numpy():
    assert ziggurat.script() == SCRIPT.read_text(encoding="utf-8")


def test_only_one_double_gives_all_products():
    rng = np.random.default_rng(3)
    bits = rng.integers(2**51, 2**52, 200).astype(float)
    right = 1.2345e-16
    pairs = list(zip(bits, bits * right, strict=True))
    assert ziggurat._the_one(right * (1 + 1e-14), pairs) == right
