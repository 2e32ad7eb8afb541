"""The playground's script trains as nnlib does: the same numbers for the same settings.

Only rounding differs, since sums run in another order. It stays below 1e-9 unless a run is chaotic,
where a last bit grows until it decides: on the spiral, plain SGD is so at rates of 10 and above.
"""

import base64
import functools
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from nnbook.runs import ACTIVATIONS, OPTIMIZERS, spiral_data, train_run
from nnlib.datasets import make_spiral

ROOT = Path(__file__).parents[2]
COUNT = 125
SCRIPT = """
import { readFileSync } from "node:fs";
import { Generator } from "./nnbook/playground/random.js";
import { regions } from "./nnbook/playground/surface.js";
import { spiralData } from "./nnbook/playground/spiral.js";
import { Training } from "./nnbook/playground/training.js";

const text = (array) =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64");
const frame = { left: -1.2, right: 1.2, bottom: -1.2, top: 1.2 };
const samples = ([x, t]) => ({ x: Float64Array.from(x.flat()), t: Uint8Array.from(t) });

function run({ data, epochs, update = 0, noise, ...settings }) {
  const own = data && { training: samples(data), held_out: null, classes: data[2] };
  const training = new Training(settings, own ?? spiralData(noise));
  const start = text(training.params.slice());
  const orders = [];
  while (training.epoch < epochs && !training.message) {
    training.runEpoch();
    orders.push(text(training.order.slice()));
  }
  for (let i = 0; i < update; i++) training.step();
  const { history, message, params, network } = training;
  return {
    start, orders, history, message,
    params: text(params.slice()),
    regions: message ? "" : text(regions(network, frame).classes),
  };
}
function draws({ seed, normals, sizes }) {
  const generator = new Generator(seed);
  const drawn = Float64Array.from({ length: normals }, () => generator.standardNormal());
  const orders = sizes.map((size) => text(generator.permutation(size)));
  return { drawn: text(drawn), orders, after: generator.standardNormal() };
}
const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify({ runs: asked.runs.map(run), draws: asked.draws.map(draws) }));
"""
SEEDS = [0, 1, 2, 1984, 2**31, 2**32 - 1, 2**32, 2**53 - 1]
SIZES = [300, 7, 301, 1, 0, 2, 10_000]


def asked_of_node(runs=(), draws=()):
    """Let the playground's script train and draw."""
    command = ["node", "--input-type=module", "-e", SCRIPT]
    asked = json.dumps({"runs": list(runs), "draws": list(draws)})
    done = subprocess.run(
        command, input=asked, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def array(text, dtype):
    return np.frombuffer(base64.b64decode(text), dtype=dtype)


# ---------------------------------------------------------------- random numbers


def test_draws_are_numpys_bit_for_bit():
    wanted = [
        {"seed": seed, "normals": 300_000 if seed < 2 else 3_000, "sizes": SIZES} for seed in SEEDS
    ]
    for each, drawn in zip(wanted, asked_of_node(draws=wanted)["draws"], strict=True):
        rng = np.random.default_rng(each["seed"])
        normals = rng.standard_normal(each["normals"])
        np.testing.assert_array_equal(array(drawn["drawn"], "<f8"), normals)
        for size, order in zip(SIZES, drawn["orders"], strict=True):
            np.testing.assert_array_equal(array(order, "<i4"), rng.permutation(size))
        assert drawn["after"] == rng.standard_normal()
        if each["normals"] > 1e5:
            assert np.sum(np.abs(normals) > 3.6541528853610088) > 50  # from the tail


# ---------------------------------------------------------------- runs


def own_data(rng):
    classes = int(rng.integers(2, 7))
    x, t = make_spiral(int(rng.integers(2, 60)), classes, float(rng.uniform(0, 0.4)), rng=rng)
    return x, t, classes


@functools.cache
def settings():
    """Return what is trained: drawn once, every optimizer with every activation among it."""
    rng = np.random.default_rng(11)
    pairs = [(one, other) for one in OPTIMIZERS for other in ACTIVATIONS]
    drawn = []
    for i in range(COUNT):
        optimizer, activation = pairs[i % len(pairs)]
        adaptive = optimizer not in ("SGD", "Momentum")
        each = {
            "learning_rate": float(10 ** rng.uniform(-3.5, -1.5 if adaptive else 0)),
            "hidden_size": int(rng.integers(1, 51)),
            "seed": int(rng.choice([rng.integers(100), rng.integers(2**53)])),
            "optimizer": optimizer,
            "activation": activation,
            "batch_size": int(rng.integers(5, 301)) if i % 10 else 1,
            "weight_scale": float(10 ** rng.uniform(-3, 0)),
            "noise": float(rng.uniform(0, 1)),
            "epochs": int(rng.integers(1, 30)) if i % 10 else 3,
            "update": i % 3 % 2,
        }
        own = own_data(rng) if i % 5 == 4 else None
        if each["batch_size"] >= (len(own[1]) if own else 300):
            each["update"] = 0  # one update would be the whole epoch
        drawn.append((each, own))
    return drawn


@functools.cache
def trained_in_javascript():
    runs = [
        each | ({"data": [own[0].tolist(), own[1].tolist(), own[2]]} if own else {})
        for each, own in settings()
    ]
    return asked_of_node(runs=runs)["runs"]


def with_nnlib(each, own):
    return train_run(**each, data=(*own[:2], None, None) if own else None)


def flat(run):
    return np.concatenate([param.ravel() for param in run.model.params])


def curves(history):
    names = ("loss", "accuracy", "validation_loss", "validation_accuracy")
    columns = history if isinstance(history, dict) else vars(history)
    return {
        name: np.array([value for value in columns[name] if value is not None]) for name in names
    }


def distance(one, other):
    """Return the largest difference, relative to the larger of the two and to 1e-3 of the most."""
    if one.size == 0:
        return 0.0
    size = np.maximum(np.maximum(np.abs(one), np.abs(other)), 1e-3 * np.abs(other).max())
    return float(np.max(np.abs(one - other) / np.where(size == 0, 1, size)))


def far(run, params, history):
    """Return how far a run is from another, in its losses and its parameters."""
    mine, other = curves(run.history), curves(history)
    losses = [distance(other[name], mine[name]) for name in ("loss", "validation_loss")]
    return max(*losses, distance(params, flat(run)))


def test_initial_weights_and_orders_are_equal_bit_for_bit():
    for (each, own), script in zip(settings(), trained_in_javascript(), strict=True):
        start = with_nnlib(each | {"epochs": 0, "update": 0}, own)
        np.testing.assert_array_equal(array(script["start"], "<f8"), flat(start))
        rng = np.random.default_rng(each["seed"])
        count = len(own[1]) if own else 300
        classes = own[2] if own else 3
        rng.standard_normal(2 * each["hidden_size"] + classes * each["hidden_size"])
        order = np.arange(count)
        for text in script["orders"]:
            order = order[rng.permutation(count)]
            np.testing.assert_array_equal(array(text, "<i4"), order)


def test_losses_and_parameters_agree_to_1e_9():
    wrong = []
    for (each, own), script in zip(settings(), trained_in_javascript(), strict=True):
        run = with_nnlib(each, own)
        assert script["message"] == run.message, each
        found = far(run, array(script["params"], "<f8"), script["history"])
        if found > 1e-9:
            wrong.append((found, each))
    assert wrong == []


def test_accuracies_are_equal():
    for (each, own), script in zip(settings(), trained_in_javascript(), strict=True):
        mine, other = curves(with_nnlib(each, own).history), curves(script["history"])
        for name in ("accuracy", "validation_accuracy"):
            np.testing.assert_array_equal(mine[name], other[name], err_msg=str(each))


LONG = [{"learning_rate": rate} for rate in (0.01, 0.1, 1.0, 3.0, 5.0, 10.0, 30.0)]
LONG += [{"hidden_size": 50}, {"optimizer": "Adam", "learning_rate": 0.1}, {"activation": "tanh"}]
USUAL = {
    "learning_rate": 1.0, "hidden_size": 10, "seed": 0, "optimizer": "SGD", "batch_size": 30,
    "weight_scale": 0.01, "activation": "sigmoid", "noise": 0.2, "epochs": 300,
}  # fmt: skip
CHAOTIC_FROM = 10.0


def test_300_epochs_agree_to_1e_9_at_rates_below_10():
    runs = [USUAL | each for each in LONG]
    for each, script in zip(runs, asked_of_node(runs=runs)["runs"], strict=True):
        mine = np.array(train_run(**each).history.loss)
        other = np.array(script["history"]["loss"])
        chaotic = each["learning_rate"] >= CHAOTIC_FROM
        epochs = slice(0, 3) if chaotic else slice(None)
        assert distance(other[epochs], mine[epochs]) <= 1e-9, each


def test_regions_are_those_of_nnlib():
    middles = -1.2 + 2.4 * (np.arange(80) + 0.5) / 80
    x1, x2 = np.meshgrid(middles, -middles)
    grid = np.stack([x1.ravel(), x2.ravel()], axis=1)
    for (each, own), script in list(zip(settings(), trained_in_javascript(), strict=True))[:60]:
        decided = with_nnlib(each, own).model.predict(grid).argmax(axis=1)
        np.testing.assert_array_equal(array(script["regions"], "u1"), decided, err_msg=str(each))


# ---------------------------------------------------------------- divergence

LARGE = [1e80, 1e120, 1e150, 1e200, 1.23456e250, 1e300]  # softmax keeps smaller rates finite
DIVERGING = [
    {"learning_rate": rate, "activation": activation, "optimizer": optimizer, "seed": seed}
    for seed, rate in enumerate(LARGE)
    for activation in ACTIVATIONS
    for optimizer in ("SGD", "Momentum")
] + [{"weight_scale": 1e200, "activation": "relu", "learning_rate": 2.5e-7, "optimizer": "SGD"}]


def test_what_diverges_is_told_in_the_words_of_nnlib():
    common = {"hidden_size": 10, "batch_size": 30, "weight_scale": 0.01, "noise": 0.2}
    common |= {"seed": 0, "epochs": 4}
    runs = [common | each for each in DIVERGING]
    found = asked_of_node(runs=runs)["runs"]
    messages = [train_run(**each).message for each in runs]
    assert [each["message"] for each in found] == messages
    assert sum(map(bool, messages)) >= 10
    for each, script in zip(runs, found, strict=True):
        run = train_run(**each)
        if run.message:
            assert len(script["history"]["loss"]) == len(run.history)
            assert np.isfinite(array(script["params"], "<f8")).all()


@pytest.mark.parametrize("noise", [0.0, 0.2, 0.7])
def test_the_spiral_is_that_of_the_book(noise):
    script = f"""
    import {{ spiralData }} from "./nnbook/playground/spiral.js";
    const {{ training, held_out }} = spiralData({noise});
    console.log(JSON.stringify([training, held_out].map(({{ x, t }}) => [[...x], [...t]])));
    """
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    x, t, held_out_x, held_out_t = spiral_data(noise)
    for (points, labels), (mine, own) in zip(
        json.loads(done.stdout), [(x, t), (held_out_x, held_out_t)], strict=True
    ):
        np.testing.assert_allclose(points, mine.ravel(), rtol=0, atol=1e-15)
        assert labels == own.tolist()
