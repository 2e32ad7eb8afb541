"""Kill a process while it saves a model, many times over; print what the file then held.

Run as ``python killed.py FOLDER KILLS``. Each child saves a model of ones, and is killed (SIGKILL)
before a random line of Python while it saves one of twos over it. A line counts wherever it is: in
nnlib, in NumPy, in what writes the archive.
"""

import os
import signal
import sys
from pathlib import Path

import numpy as np

from nnlib import Affine, Sequential, SoftmaxWithLoss


def make_model(number):
    layer = Affine(np.full((300, 300), number), np.full(300, number))
    return Sequential([layer], SoftmaxWithLoss())


class Kill:
    """Counts the lines that run, and kills the process before the n-th."""

    def __init__(self, moment):
        self.moment, self.lines = moment, 0

    def __call__(self, frame, event, argument):
        self.lines += event == "line"
        if self.lines == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return self


def save_twos(path, moment):
    """Save a model over another one; return how many lines that took."""
    model, kill = make_model(2.0), Kill(moment)
    sys.settrace(kill)
    model.save_params(path)
    sys.settrace(None)
    return kill.lines


def numbers_in(path):
    model = make_model(0.0)
    model.load_params(path)
    return {float(number) for param in model.params for number in np.unique(param)}


def main(folder, kills):
    path = Path(folder) / "model.npz"
    make_model(1.0).save_params(path)  # the first save also imports what it needs
    for moment in np.random.default_rng(0).integers(1, save_twos(path, None), kills):
        make_model(1.0).save_params(path)
        child = os.fork()
        if child == 0:
            save_twos(path, moment)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        (number,) = numbers_in(path)
        print(os.WIFSIGNALED(status), number)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
