"""Let PyTorch train 200 random networks, and store what it found in witness.npz beside this file.

    pip install numpy==2.4.6 torch==2.13.0
    python tests/nnlib/reference/make_witness.py

Nothing of nnlib is used here. The file holds one vector of float64 per kind of number, case after
case, and `cases`: the description of each as JSON.
"""

import itertools
import json
from pathlib import Path

import numpy as np
import torch

FILE = Path(__file__).with_name("witness.npz")
CASES = 200
UPDATES = (1, 7)
LOSSES = [
    ("SoftmaxWithLoss", "labels"),
    ("SoftmaxWithLoss", "one-hot"),
    ("SoftmaxWithLoss", "soft"),
    ("SigmoidWithLoss", "soft"),
    ("MeanSquaredError", "numbers"),
]
# Each is the same rule in both libraries: the options left out are at PyTorch's plain settings.
OPTIMIZERS = {
    "SGD": (torch.optim.SGD, {}),
    "Momentum": (torch.optim.SGD, {"momentum": "momentum"}),
    "AdaGrad": (torch.optim.Adagrad, {"epsilon": "eps"}),
    "RMSprop": (torch.optim.RMSprop, {"decay": "alpha", "epsilon": "eps"}),
    "Adam": (torch.optim.Adam, {"beta1": "betas", "beta2": "betas", "epsilon": "eps"}),
}
RANGES = {"momentum": (0.1, 0.95), "decay": (0.5, 0.99), "beta1": (0.5, 0.95), "beta2": (0.9, 0.99)}


def describe(rng, loss, targets, optimizer):
    """Return a random case of these kinds."""
    depth = int(rng.integers(1, 5))
    widths = [int(width) for width in rng.integers(1, 13, (2, depth + 1)).min(axis=0)]
    if loss == "SoftmaxWithLoss":
        widths[-1] = max(2, widths[-1])  # of one class alone the gradient is 0
    activations = rng.choice(["Sigmoid", "ReLU", ""], depth, p=[0.4, 0.4, 0.2]).tolist()
    options = {"learning_rate": float(10 ** rng.uniform(-3, -0.5))}
    for name in OPTIMIZERS[optimizer][1]:
        low, high = RANGES.get(name, (-8, -3))
        value = float(rng.uniform(low, high))
        options[name] = value if name in RANGES else 10**value
    return {
        "widths": widths,
        "activations": activations,
        "batch": int(rng.integers(1, 10)),
        "loss": loss,
        "targets": targets,
        "optimizer": optimizer,
        "options": options,
    }


def draw(rng, case):
    """Return samples, targets, and the parameters W, b, W, b, … of a case."""
    widths, shape = case["widths"], (case["batch"], case["widths"][-1])
    x = rng.standard_normal((shape[0], widths[0]))
    labels = rng.integers(0, shape[1], shape[0])
    soft = rng.uniform(size=shape)
    if case["loss"] == "SoftmaxWithLoss":
        soft /= soft.sum(axis=1, keepdims=True)
    targets = {
        "labels": labels,
        "one-hot": np.eye(shape[1])[labels],
        "soft": soft,
        "numbers": rng.standard_normal(shape),
    }
    params = []
    for rows, columns in itertools.pairwise(widths):
        params += [rng.standard_normal((rows, columns)), rng.standard_normal(columns)]
    return x, targets[case["targets"]], params


def build(case, params):
    """Return the torch model of a case."""
    layers = []
    pairs = zip(params[::2], params[1::2], case["activations"], strict=True)
    for W, b, activation in pairs:
        linear = torch.nn.Linear(*W.shape, dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W.T))
            linear.bias.copy_(torch.from_numpy(b))
        layers += [linear, getattr(torch.nn, activation)()] if activation else [linear]
    return torch.nn.Sequential(*layers)


def make_optimizer(case, params):
    """Return the torch optimizer of a case."""
    kind, names = OPTIMIZERS[case["optimizer"]]
    options = {}
    for ours, theirs in names.items():
        value = case["options"][ours]
        options[theirs] = (*options.get("betas", ()), value) if theirs == "betas" else value
    return kind(params, lr=case["options"]["learning_rate"], **options)


def flat(arrays):
    """Return W, b, W, b, … in nnlib's orientation as one vector."""
    return np.concatenate([array.detach().numpy().T.ravel() for array in arrays])


def witness(case, x, t, params):
    """Return what PyTorch finds: loss and gradients before, parameters after some updates."""
    model = build(case, params)
    loss_layer = {
        "SoftmaxWithLoss": torch.nn.CrossEntropyLoss,
        "SigmoidWithLoss": torch.nn.BCEWithLogitsLoss,
        "MeanSquaredError": torch.nn.MSELoss,
    }[case["loss"]]()
    optimizer = make_optimizer(case, model.parameters())
    x, t, found = torch.tensor(x, requires_grad=True), torch.tensor(t), {}
    for update in range(1, max(UPDATES) + 1):
        optimizer.zero_grad()
        loss = loss_layer(model(x), t)
        loss.backward()
        if update == 1:
            found["loss"] = np.array([loss.item()])
            found["dx"] = x.grad.numpy().ravel().copy()
            found["grads"] = flat(param.grad for param in model.parameters())
        optimizer.step()
        if update in UPDATES:
            found[f"after_{update}"] = flat(model.parameters())
    return found


def main():
    torch.set_num_threads(1)
    rng = np.random.default_rng(1984)
    kinds = itertools.cycle(itertools.product(LOSSES, OPTIMIZERS))
    cases, vectors = [], []
    for (loss, targets), optimizer in itertools.islice(kinds, CASES):
        case = describe(rng, loss, targets, optimizer)
        x, t, params = draw(rng, case)
        given = {"x": x.ravel(), "t": t.ravel().astype(float)}
        given["start"] = np.concatenate([param.ravel() for param in params])
        vectors.append(given | witness(case, x, t, params))
        cases.append(json.dumps(case))
    stored = {name: np.concatenate([each[name] for each in vectors]) for name in vectors[0]}
    np.savez_compressed(FILE, cases=np.array(cases), torch=np.array(torch.__version__), **stored)
    print(f"{FILE}: {FILE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
