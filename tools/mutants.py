"""Change nnlib in one place at a time and see whether a test notices: a test of the tests.

    python -m tools.mutants                            # a sample; fails if too many survive
    python -m tools.mutants graph nodes --count 9999   # every change of two modules

First each file of tests runs on nnlib as it is, while it is noted which test calls which function.
Then the tests that call a changed function meet its mutant, those of its own module before the
others and quick ones before slow ones, until one fails. `survivors.toml` lists, with reasons, the
mutants that mean the same as the library or are not worth a test.

Nothing is written beside the sources. This process imports what the tests need, but never nnlib;
everything else happens in forks of it.
"""

import argparse
import builtins
import collections
import hashlib
import importlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
import tomllib
import traceback
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path

import hypothesis.strategies
import pytest
from tqdm import tqdm

from tools.changes import Mutant, announced, mutants

for _each in ("array_api_compat", "array_api_strict", "hypothesis.extra.numpy", "numpy"):
    importlib.import_module(_each)  # once, for every fork

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "nnlib"
LEAST = 0.97  # of the mutants of a sample
VERDICTS = {0, 1, 2, 3}  # of pytest: passed, failed, broken off, failed inside pytest
BYTES = 8 * 2**30  # of memory for a mutant


def modules() -> list[Path]:
    return sorted(LIBRARY.glob("[!_]*.py"))


def sample(found: list[Mutant], count: int, seed: int) -> list[Mutant]:
    """Choose mutants by the hashes of their texts: an edit changes only its own part of it."""

    def draw(mutant):
        return hashlib.sha256(repr((seed, mutant.key)).encode()).digest()

    return sorted(found, key=draw)[:count]


def survivors() -> list[dict[str, str]]:
    """Read the table of the mutants that are known to survive."""
    text = Path(__file__).with_name("survivors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text).get("survivor", [])


# ---------------------------------------------------------------- inside a fork


class Quick:
    """A plugin of pytest: hypothesis reports its first failure, without a search for the least."""

    def pytest_configure(self):
        phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
        hypothesis.settings.register_profile("mutants", hypothesis.settings(), phases=phases)
        hypothesis.settings.load_profile("mutants")  # that of conftest.py is loaded by now


class Notes(Quick):
    """Notes the functions that each test calls, and its seconds; "" stands for no test."""

    def __init__(self):
        self.test, self.seconds, self.calls = "", {}, collections.defaultdict(set)
        builtins.announce = lambda function: self.calls[function].add(self.test)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item):
        self.test, started = item.nodeid, time.monotonic()
        yield
        self.seconds[item.nodeid] = time.monotonic() - started
        self.test = ""


class Chosen(Quick):
    """Runs only some tests, in their order."""

    def __init__(self, tests):
        self.place = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items):
        items[:] = sorted(
            (item for item in items if item.nodeid in self.place),
            key=lambda item: self.place[item.nodeid],
        )


class Finder:
    """Gives the interpreter other modules of nnlib, from their trees."""

    def __init__(self, trees):
        self.trees = trees

    def find_spec(self, name, path=None, target=None):
        package, _, module = name.partition(".")
        if package != "nnlib" or module not in self.trees:
            return None
        file = str(LIBRARY / f"{module}.py")
        code = compile(self.trees[module], file, "exec")
        loader = type("Loader", (SourceFileLoader,), {"get_code": lambda *_: code})(name, file)
        return spec_from_file_location(name, file, loader=loader)


def run_tests(plugin: Quick, files: list[str], folder: Path) -> int:
    """Run files of tests until one fails; return pytest's exit status."""
    options = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-o", "addopts="]
    options += ["-k", "not killed"]  # that test runs other processes, with nnlib as it stands
    options += ["-c", ROOT / "pyproject.toml", "--rootdir", ROOT, "--basetemp", folder / "tests"]
    return int(pytest.main([*map(str, options), *(str(ROOT / file) for file in files)], [plugin]))


def try_file(file: str, folder: Path) -> int:
    """Run a file of tests on nnlib as it is, and write down what `Notes` has noted."""
    notes = Notes()
    trees = {path.stem: announced(path.stem, path.read_text()) for path in modules()}
    sys.meta_path.insert(0, Finder(trees))
    status = run_tests(notes, [file], folder)
    calls = {name: sorted(tests) for name, tests in notes.calls.items()}
    (folder / "notes").write_text(json.dumps([notes.seconds, calls]))
    return status


def try_mutant(mutant: Mutant, tests: list[str], folder: Path) -> int:
    """Run tests on a mutant, those of the files that come first in a process of their own."""
    sys.meta_path.insert(0, Finder({mutant.module: mutant.changed()}))
    own = [test for test in tests if is_own(test, mutant.module)]
    status = 0
    for part in (own, [test for test in tests if test not in own]):
        files = list(dict.fromkeys(test.partition("::")[0] for test in part))
        status = status or (bool(part) and run_tests(Chosen(part), files, folder))
    return status


def is_own(test: str, module: str) -> bool:
    return Path(test.partition("::")[0]).stem == f"test_{module}"


# ---------------------------------------------------------------- outside


def fork(work, *arguments, folder: Path, seconds: float) -> int:
    """Start a function in a folder and a process of its own; return the number of the process."""
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        signal.alarm(int(seconds))  # ends the process, whatever it does
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        folder.mkdir()
        os.chdir(folder)
        with (folder / "output").open("w") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        status = work(*arguments, folder)
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def side_by_side(jobs: int, tasks):
    """Run tasks, pairs of a key and a function that forks; yield each key with its status."""
    waiting, running = list(tasks), {}
    while waiting or running:
        while waiting and len(running) < jobs:
            key, start = waiting.pop(0)
            running[start()] = key
        pid, status = os.wait()
        yield running.pop(pid), status


class Baseline:
    """What the tests do on nnlib as it is: `seconds` of each test, and the tests that `call`."""

    def __init__(self, folder: Path, jobs: int):
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, set[str]] = collections.defaultdict(set)
        paths = sorted((ROOT / "tests" / "nnlib").glob("test_*.py"))
        tasks = []
        for path in paths:
            here, file = folder / path.stem, str(path.relative_to(ROOT))
            tasks.append((here, lambda h=here, f=file: fork(try_file, f, folder=h, seconds=900)))
        for here, status in side_by_side(jobs, tasks):
            if status:
                sys.exit(
                    f"{here.name} must pass on nnlib as it is\n{(here / 'output').read_text()}"
                )
            seconds, calls = json.loads((here / "notes").read_text())
            self.seconds |= seconds
            for name, tests in calls.items():
                self.calls[name].update(seconds if "" in tests else tests)

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that a mutant may fail, in the order in which it meets them."""
        called = self.calls.get(mutant.where, self.seconds)  # all for what runs at the import
        return sorted(called, key=lambda t: (not is_own(t, mutant.module), self.seconds[t]))


def killed(chosen: list[Mutant], baseline: Baseline, folder: Path, jobs: int, patience: float = 20):
    """Yield each mutant with whether one of its tests failed, or they took far too long."""

    def task(number, mutant):
        tests = baseline.tests(mutant)
        seconds = patience + 5 * sum(baseline.seconds[test] for test in tests)
        here = folder / str(number)
        return (mutant, here), lambda: fork(try_mutant, mutant, tests, folder=here, seconds=seconds)

    tasks = [task(number, mutant) for number, mutant in enumerate(chosen)]
    for (mutant, here), status in side_by_side(jobs, tasks):
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) not in VERDICTS:
            sys.exit(f"no verdict on {mutant.key}\n{(here / 'output').read_text()}")
        yield mutant, status != 0


def main() -> int:
    """Run a sample, print the survivors and the share killed by module; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", help="modules of nnlib; all if none is named")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1984)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    files = {path.stem: path for path in modules()}
    found = [m for name in options.modules or files for m in mutants(name, files[name].read_text())]
    chosen = sample(found, options.count, options.seed)
    reasons = {(s["where"], s["before"], s["after"]): s["reason"] for s in survivors()}
    totals, kills = collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sys.pycache_prefix = str(folder / "bytecode")
        baseline = Baseline(folder, options.jobs)
        started = time.monotonic()
        runs = killed(chosen, baseline, folder, options.jobs)
        for mutant, dead in tqdm(runs, total=len(chosen)):
            totals[mutant.module] += 1
            kills[mutant.module] += dead
            if not dead:
                reason = reasons.get(mutant.key, "NOT IN survivors.toml")
                tqdm.write(f"{mutant.where}: {reason}\n- {mutant.before}\n+ {mutant.after}\n")
        each = (time.monotonic() - started) / max(1, len(chosen))
    print("module          mutants  killed")
    for module, total in sorted(totals.items()):
        print(f"{module:<15} {total:>7}  {kills[module] / total:>6.1%}")
    share = kills.total() / max(1, totals.total())
    print(f"{'all':<15} {totals.total():>7}  {share:>6.1%}, {each:.2f} s each, of {len(found)}")
    return int(share < LEAST)


if __name__ == "__main__":
    sys.exit(main())
