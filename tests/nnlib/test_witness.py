"""PyTorch as a witness: 200 random networks, their gradients, and where seven updates lead them.

`reference/make_witness.py` has made the file; no test needs PyTorch.
"""

import itertools
import json
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import nnlib

with np.load(Path(__file__).with_name("reference") / "witness.npz", allow_pickle=False) as file:
    STORED = {name: file[name] for name in file.files}
CASES = [json.loads(case) for case in STORED.pop("cases")]
NAMES = ["-".join([case["optimizer"], case["loss"], case["targets"]]) for case in CASES]


def shapes(case):
    """Return the shapes of every array of a case, by the name of the vector that holds them."""
    widths, batch = case["widths"], case["batch"]
    pairs = list(itertools.pairwise(widths))
    params = [shape for rows, columns in pairs for shape in ((rows, columns), (columns,))]
    data = [(batch, widths[0])]
    targets = [(batch,)] if case["targets"] == "labels" else [(batch, widths[-1])]
    return {"x": data, "t": targets, "loss": [()], "dx": data} | dict.fromkeys(
        ["start", "grads", "after_1", "after_7"], params
    )


def unpack():
    """Yield every case with its arrays, cut from the vectors in turn."""
    places = dict.fromkeys(shapes(CASES[0]), 0)
    for case in CASES:
        arrays = {}
        for name, wanted in shapes(case).items():
            arrays[name] = []
            for shape in wanted:
                start, places[name] = places[name], places[name] + math.prod(shape)
                arrays[name].append(STORED[name][start : places[name]].reshape(shape))
        yield case, arrays
    assert {name: len(STORED[name]) for name in places} == places  # nothing is left over


def build(case, params):
    """Return the model of a case, with copies of the parameters."""
    layers = []
    for W, b, activation in zip(params[::2], params[1::2], case["activations"], strict=True):
        layers.append(nnlib.Affine(W.copy(), b.copy()))
        layers += [getattr(nnlib, activation)()] if activation else []
    return nnlib.Sequential(layers, getattr(nnlib, case["loss"])())


def agrees(found, expected):
    """Check arrays one by one: no entry differs by more than 1e-10 of the largest."""
    for ours, theirs in zip(found, expected, strict=True):
        assert np.shape(ours) == theirs.shape
        assert np.max(np.abs(ours - theirs)) <= 1e-10 * np.max(np.abs(theirs))


@pytest.mark.parametrize(("case", "arrays"), list(unpack()), ids=NAMES)
def test_pytorch_finds_the_same(case, arrays):
    (x,), (t,) = arrays["x"], arrays["t"]
    t = t.astype(int) if case["targets"] == "labels" else t
    model = build(case, arrays["start"])
    optimizer = getattr(nnlib, case["optimizer"])(**case["options"])
    for update in range(1, 8):
        loss = model.forward(x, t)
        dx = model.backward()
        if update == 1:
            agrees([loss, dx], arrays["loss"] + arrays["dx"])
            agrees(model.grads, arrays["grads"])
        optimizer.update(model.params, model.grads)
        if update == 1:
            agrees(model.params, arrays["after_1"])
    agrees(model.params, arrays["after_7"])


def test_the_cases_have_every_kind_often():
    pairs = Counter((case["optimizer"], case["loss"], case["targets"]) for case in CASES)
    assert len(CASES) == 200
    assert len(pairs) == 5 * 5
    assert set(pairs.values()) == {8}
    activations = Counter(name for case in CASES for name in case["activations"])
    assert min(activations[name] for name in ("Sigmoid", "ReLU", "")) >= 50
    assert {len(case["activations"]) for case in CASES} == {1, 2, 3, 4}
    widths = [case["widths"] for case in CASES]
    assert sum(a == b > 1 for each in widths for a, b in itertools.pairwise(each)) >= 20  # squares
