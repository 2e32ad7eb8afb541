"""The numbers that two other programs found for the same network."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnlib import (
    SGD,
    Affine,
    Sequential,
    Sigmoid,
    SoftmaxWithLoss,
    Trainer,
    TwoLayerNet,
    accuracy,
    make_spiral,
    softmax,
)

REFERENCE = json.loads(
    Path(__file__).with_name("reference").joinpath("two_layer_net.json").read_text(encoding="utf-8")
)
INPUTS = {name: np.array(values) for name, values in REFERENCE["inputs"].items()}
FORWARD, BACKWARD = REFERENCE["forward"], REFERENCE["backward"]


def fixed_net():
    """Return the reference's 2-4-3 network as a TwoLayerNet."""
    model = TwoLayerNet(2, 4, 3, rng=np.random.default_rng(0))
    for param, name in zip(model.params, ["W1", "b1", "W2", "b2"], strict=True):
        param[...] = INPUTS[name]
    return model


def agrees(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("labels", ["t_index", "t_onehot"])
def test_forward_and_backward_on_the_fixed_samples(labels):
    model = fixed_net()
    first, sigmoid, second = model.layers
    h = first.forward(INPUTS["x"])
    a = sigmoid.forward(h)
    s = second.forward(a)
    agrees(h, FORWARD["h"])
    agrees(a, FORWARD["a"])
    agrees(s, FORWARD["s"])
    agrees(softmax(s), FORWARD["y"])
    agrees(model.predict(INPUTS["x"]), FORWARD["s"])
    agrees(model.forward(INPUTS["x"], INPUTS[labels]), FORWARD["loss"])
    agrees(model.loss_layer.backward(), BACKWARD["dscore"])
    agrees(model.backward(), BACKWARD["dx"])
    for grad, name in zip(model.grads, ["dW1", "db1", "dW2", "db2"], strict=True):
        agrees(grad, BACKWARD[name])


def test_the_reference_on_every_backend(xp):
    arrays = {name: xp.asarray(values) for name, values in INPUTS.items()}
    layers = [Affine(arrays["W1"], arrays["b1"]), Sigmoid(), Affine(arrays["W2"], arrays["b2"])]
    model = Sequential(layers, SoftmaxWithLoss())
    agrees(model.forward(arrays["x"], arrays["t_index"]), FORWARD["loss"])
    model.backward()
    for grad, name in zip(model.grads, ["dW1", "db1", "dW2", "db2"], strict=True):
        for index in np.ndindex(grad.shape):
            agrees(float(grad[index]), np.array(BACKWARD[name])[index])


def test_the_spiral_run_of_300_epochs():
    expected = REFERENCE["spiral_run"]
    rng = np.random.RandomState(1984)
    x, t = make_spiral(rng=rng)
    model = TwoLayerNet(input_size=2, hidden_size=10, output_size=3, rng=rng)
    trainer = Trainer(model, SGD(learning_rate=1.0), rng=rng)
    history = trainer.fit(x, t, max_epoch=300, batch_size=30)
    assert f"{history.loss[-1]:.4f}" == "0.1085"
    assert history.loss[-1] == pytest.approx(expected["final_epoch_mean_loss"], abs=5e-6)
    correct = round(accuracy(model.predict(x), t) * len(t))
    assert (correct, len(t)) == (expected["train_correct"], expected["of"]) == (291, 300)
    assert history.accuracy[-1] == 291 / 300
