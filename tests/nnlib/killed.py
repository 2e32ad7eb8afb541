"""Kill a process while it saves a model, many times over; print what the file then held.

Run as ``python killed.py FOLDER KILLS``. Each child saves models of ones, twos, threes, … without a
pause; the parent hears of every finished save, and kills the child at a random moment of a later.
"""

import os
import signal
import sys
import time
from pathlib import Path

import numpy as np

from nnlib import Affine, Sequential, SoftmaxWithLoss


def make_model():
    return Sequential([Affine(np.zeros((300, 300)), np.zeros(300))], SoftmaxWithLoss())


def save_for_ever(path, heard):
    model, number = make_model(), 0.0
    while True:
        number += 1
        for param in model.params:
            param[...] = number
        model.save_params(path)
        os.write(heard, b".")


def numbers_in(path):
    model = make_model()
    model.load_params(path)
    return {float(number) for param in model.params for number in np.unique(param)}


def main(folder, kills):
    rng, path = np.random.default_rng(0), Path(folder) / "model.npz"
    for _ in range(kills):
        hears, heard = os.pipe()
        child = os.fork()
        if child == 0:
            save_for_ever(path, heard)
        os.close(heard)
        finished = len(os.read(hears, 1))
        started = time.perf_counter()
        finished += len(os.read(hears, 1))
        one_save = time.perf_counter() - started
        moment = time.perf_counter() + rng.uniform(0, 2) * one_save
        while time.perf_counter() < moment:
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := len(os.read(hears, 100)):
            finished += more
        os.close(hears)
        (number,) = numbers_in(path)
        print(finished, number)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
