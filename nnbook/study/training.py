"""One run of the study: the network of section 1.4, trained on the spiral, as a row of texts."""

from typing import NamedTuple

import numpy as np

from nnbook.records.provenance import cpu_name, versions
from nnlib.datasets import make_spiral
from nnlib.functions import accuracy
from nnlib.models import TwoLayerNet
from nnlib.optimizers import SGD
from nnlib.trainer import DivergenceError, Trainer

__all__ = ["Row", "Setting", "Training", "train_row"]

CLASSES = 3

Row = dict[str, str]  # of a CSV file, by the names of its columns


class Setting(NamedTuple):
    """What differs from run to run."""

    learning_rate: float
    hidden_size: int
    seed: int  # of the initial weights and the order of the minibatches


class Training(NamedTuple):
    """What all runs of a study have in common."""

    max_epoch: int
    batch_size: int
    data_seed: int  # of the spiral and the one held out


def train_row(setting: Setting, training: Training, date: str) -> Row:
    """Train one network with SGD, and return what came of it.

    Parameters
    ----------
    setting : Setting
    training : Training
    date : str
        The day to write into the row.

    Returns
    -------
    dict of str
        The setting, the finished ``epochs``, the mean ``loss`` of the last of them and the
        ``held_out_loss`` after it, how many of 300 samples are ``correct`` and of as many
        others ``held_out_correct``, the training, and where it was done. The losses of a run that
        diverged are "inf"; the counts are those after its last finished epoch.
    """
    data = np.random.default_rng(training.data_seed)
    x, t = make_spiral(rng=data)
    held_out_x, held_out_t = make_spiral(rng=data)
    rng = np.random.default_rng(setting.seed)
    model = TwoLayerNet(2, setting.hidden_size, CLASSES, rng=rng)
    trainer = Trainer(model, SGD(setting.learning_rate), rng=rng)
    try:
        trainer.fit(x, t, max_epoch=training.max_epoch, batch_size=training.batch_size)
        losses = trainer.history.loss[-1], float(model.forward(held_out_x, held_out_t))
    except DivergenceError:
        losses = np.inf, np.inf
    measured = {
        "epochs": len(trainer.history),
        "loss": f"{losses[0]:.6g}",
        "correct": round(len(t) * accuracy(model.predict(x), t)),
        "held_out_loss": f"{losses[1]:.6g}",
        "held_out_correct": round(
            len(held_out_t) * accuracy(model.predict(held_out_x), held_out_t)
        ),
    }
    made = {"device": cpu_name()} | versions() | {"date": date}
    row = setting._asdict() | measured | training._asdict() | made
    return {name: str(value) for name, value in row.items()}
