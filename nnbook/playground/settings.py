"""What a playground is set to, as its script and a kernel tell it to each other."""

from collections.abc import Mapping
from typing import Any

from nnbook.runs import ACTIVATIONS, OPTIMIZERS
from nnlib.checks import require, require_number, require_whole

__all__ = ["START", "checked_state"]

START = {  # what `train_run` takes, too
    "learning_rate": 1.0,
    "hidden_size": 10,
    "seed": 0,
    "epochs": 300,
    "batch_size": 30,
    "weight_scale": 0.01,
    "noise": 0.2,
    "optimizer": "SGD",
    "activation": "sigmoid",
}
VIEW = {"second": "", "points": "training", "scale": "linear"}
CHOICES = {
    "optimizer": tuple(OPTIMIZERS),
    "activation": tuple(ACTIVATIONS),
    "points": ("training", "held_out", "both", "none"),
    "scale": ("linear", "log"),
}
AMOUNTS = {"learning_rate": (1e-9, 1e300), "weight_scale": (0, 1e6), "noise": (0, 10)}
WHOLE = {  # from the least to the most
    "hidden_size": (1, 100),
    "seed": (0, 2**32),
    "epochs": (1, 2000),
    "batch_size": (1, 10_000),
    "update": (0, 10_000),
}


def checked_state(
    changes: Mapping[str, Any], state: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return a state with some changes, or raise for what it can't hold.

    Parameters
    ----------
    changes : dict
        Settings, `epoch` and `update`, the place that is shown, and how it is shown: `second`,
        `points`, `scale`. Where no `epoch` is named, it is the last one.
    state : dict, optional
        What is changed; by default the state at the start.

    Raises
    ------
    ValueError, TypeError
        Naming what can't be.
    """
    known = {**START, **VIEW, "epoch": START["epochs"], "update": 0}
    unknown = sorted(set(changes) - set(known))
    require(not unknown, "settings", f"be among {', '.join(known)}", ", ".join(unknown))
    found = {**known, **(state or {}), "update": 0, **changes}
    for name, choices in CHOICES.items():
        require(found[name] in choices, name, f"be one of {', '.join(choices)}", found[name])
    for name, (low, high) in AMOUNTS.items():
        require_number(name, found[name], least=low)
        require(found[name] <= high, name, f"be at most {high:g}", found[name])
    for name, (low, high) in WHOLE.items():
        require_whole(name, found[name], least=low)
        require(found[name] <= high, name, f"be at most {high}", found[name])
    require(isinstance(found["second"], str), "second", "be a string", found["second"])
    epoch = changes.get("epoch", found["epochs"])
    require_whole("epoch", epoch, least=0)
    require(epoch <= found["epochs"], "epoch", f"be at most {found['epochs']}", epoch)
    return found | {"epoch": epoch}
