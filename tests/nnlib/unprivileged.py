"""Save and load as a user who may write in one folder and not in another; print what happened.

Run as ``python unprivileged.py OPEN CLOSED``. Root may write everywhere, so root becomes another
user first, after one save has imported all that a save needs.
"""

import os
import sys
from pathlib import Path

import numpy as np

from nnlib import Affine, Sequential, SoftmaxWithLoss

NOBODY = 65534


def make_model(number):
    return Sequential([Affine(np.full((2, 3), number), np.full(3, number))], SoftmaxWithLoss())


def become_nobody(*folders):
    for folder in folders:
        os.chown(folder, NOBODY, NOBODY)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def main(open_folder, closed_folder):
    old = Path(closed_folder) / "model.npz"
    make_model(1.0).save_params(old)
    make_model(0.0).load_params(old)
    if os.getuid() == 0:
        become_nobody(open_folder, closed_folder)
    os.chmod(closed_folder, 0o555)
    new, model = Path(open_folder) / "model.npz", make_model(0.0)
    make_model(2.0).save_params(new)
    model.load_params(new)
    print(float(model.params[0][0, 0]))
    try:
        make_model(3.0).save_params(old)
    except PermissionError as error:
        print(type(error).__name__)
    model.load_params(old)
    print(float(model.params[0][0, 0]), sorted(os.listdir(closed_folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
