"""How long `import nnlib` takes beside `import numpy`: ``python benchmarks/imports.py``.

Each is imported in fresh processes, in turn, so that both meet the same load of the machine.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
CODE = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
NAMES = ("numpy", "nnlib")


def seconds(name):
    """Import a package in a new process and return how long that took."""
    command = [sys.executable, "-c", CODE.format(name)]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def measured(repeats):
    """Return the times of each package, and the quotients of those measured one after another."""
    for name in NAMES:  # once for the files that the machine then keeps at hand
        seconds(name)
    rounds = [[seconds(name) for name in NAMES] for _ in range(repeats)]
    return *zip(*rounds, strict=True), [own / numpy for numpy, own in rounds]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=25, help="fresh processes of each")
    numpy, own, ratios = measured(parser.parse_args().repeats)
    print(f"import numpy   {1000 * median(numpy):6.1f} ms, at best {1000 * min(numpy):6.1f} ms")
    print(f"import nnlib   {1000 * median(own):6.1f} ms, at best {1000 * min(own):6.1f} ms")
    print(f"nnlib : numpy  {median(ratios):6.2f},    at best {min(own) / min(numpy):6.2f}")


if __name__ == "__main__":
    main()
