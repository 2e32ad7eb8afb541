"""Change nnlib in one place at a time and see whether a test notices: a test of the tests.

    python tools/mutants.py                        # a sample; fails if too many changes survive
    python tools/mutants.py graph nodes --count 9999    # every change of two modules

A mutant is the library with one change: another operator, number or text, a keyword, decorator or
statement less. Types, docstrings and imports stay. The sample is fixed by hashes of the changes'
texts, so an edit of the library changes only its own part of it. `survivors.toml` lists, with
reasons, the mutants that no test can tell from the library, or that are not worth one.

Nothing is written beside the sources. This process imports what the tests need, but never nnlib;
each mutant runs in a fork of it.
"""

import argparse
import ast
import collections
import copy
import hashlib
import importlib
import os
import resource
import signal
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Any

import hypothesis.strategies
import pytest
from tqdm import tqdm

for _each in ("array_api_compat", "array_api_strict", "hypothesis.extra.numpy", "numpy"):
    importlib.import_module(_each)  # once, for every fork

ROOT = Path(__file__).resolve().parents[1]
LEAST = 0.97  # of the mutants that run
BYTES = 8 * 2**30  # of memory for a mutant
SWAPS = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.Pow: ast.Mult, ast.MatMult: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip

# ---------------------------------------------------------------- what can change


@dataclass(frozen=True)
class Mutant:
    """One change: what stands in the list or node `holder` at `place` becomes `new`."""

    module: str
    where: str
    before: str
    after: str
    change: tuple[Any, Any, Any]
    tree: ast.Module

    @property
    def key(self) -> tuple[str, str, str]:
        return self.where, self.before, self.after


def mutants(module: str, source: str) -> list[Mutant]:
    """List every mutant of a module's source."""
    tree, found = ast.parse(source), {}
    for where, statement, (holder, place, new) in _changes(tree, module, tree):
        old = _put(holder, place, new)
        after = _head(new if statement is old else statement)
        _put(holder, place, old)
        before, twin = _head(statement), 1
        while (where, before, after) in found:  # the same text stood there before
            twin += 1
            after = after.partition("  # place ")[0] + f"  # place {twin}"
        mutant = Mutant(module, where, before, after, (holder, place, new), tree)
        found[mutant.key] = mutant
    return list(found.values())


def _changes(node, where, statement):
    """Yield the name of the function, the statement and the change, for all below a node."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns"}:
            continue
        holder = value if isinstance(value, list) else node
        for place, child in enumerate(value) if isinstance(value, list) else [(field, value)]:
            if not isinstance(child, ast.AST) or _is_left_alone(child):
                continue
            inside = child if isinstance(child, (ast.stmt, ast.ExceptHandler)) else statement
            name = getattr(child, "name", None) if isinstance(child, ast.stmt) else None
            within = f"{where}.{name}" if name else where
            for new in _replacements(child):
                yield within, inside, (holder, place, new)
            yield from _changes(child, within, inside)


def _is_left_alone(node):
    """Tell whether a node is a docstring, an import, a type, or a list of public names."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__" | "__version__")]):
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
    return False


def _replacements(node):
    """Yield what may stand in a node's place."""
    match node:
        case ast.Compare(ops=ops):
            for i, op in enumerate(ops):
                yield _with(node, ops=[*ops[:i], SWAPS[type(op)](), *ops[i + 1 :]])
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op):
            yield _with(node, op=SWAPS[type(op)]())
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str()):
            yield ast.Constant("mutant")
        case ast.Call(keywords=keywords):
            for i, keyword in enumerate(keywords):
                if not isinstance(getattr(keyword.value, "value", None), bool):  # turned over above
                    yield _with(node, keywords=keywords[:i] + keywords[i + 1 :])
        case ast.Slice(lower=lower, upper=upper):
            if lower:
                yield _with(node, lower=None)
            if upper:
                yield _with(node, upper=None)
        case ast.FunctionDef(decorator_list=all_of_them) | ast.ClassDef(decorator_list=all_of_them):
            for i in range(len(all_of_them)):
                yield _with(node, decorator_list=all_of_them[:i] + all_of_them[i + 1 :])
        case ast.Return(value=value) if value and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
    match node:
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Break():
            yield ast.Pass()
        case ast.Continue() | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()


def _with(node, **changed):
    other = copy.copy(node)
    vars(other).update(changed)
    return other


def _put(holder, place, new):
    """Put a node where another stands, and return that."""
    fields = holder if isinstance(holder, list) else vars(holder)
    old, fields[place] = fields[place], new
    return old


def _head(statement):
    """Return a statement as text, without the statements in it."""
    inner = {"body", "orelse", "handlers", "finalbody"} & vars(statement).keys()
    return ast.unparse(_with(statement, **{name: [] for name in inner}))


def sample(found: list[Mutant], count: int, seed: int) -> list[Mutant]:
    """Choose mutants by the hashes of their texts, which no other mutant changes."""

    def draw(mutant):
        return hashlib.sha256(repr((seed, mutant.key)).encode()).digest()

    return sorted(found, key=draw)[:count]


# ---------------------------------------------------------------- what the tests say


class Finder:
    """Gives the interpreter a mutant when its module is imported."""

    def __init__(self, mutant):
        self.mutant = mutant

    def find_spec(self, name, path=None, target=None):
        if name != f"nnlib.{self.mutant.module}":
            return None
        file = str(ROOT / "nnlib" / f"{self.mutant.module}.py")
        code = compile(ast.fix_missing_locations(self.mutant.tree), file, "exec")
        loader = type("Loader", (SourceFileLoader,), {"get_code": lambda *_: code})(name, file)
        return spec_from_file_location(name, file, loader=loader)


def pytest_configure():
    """Let hypothesis report the first example that fails, without a search for the smallest.

    This module is a plugin of the run; the profile of `conftest.py` is loaded by now.
    """
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    hypothesis.settings.register_profile("mutants", hypothesis.settings(), phases=phases)
    hypothesis.settings.load_profile("mutants")


def run_tests(files: list[Path], folder: Path) -> int:
    """Run files of tests until one fails; return pytest's exit status."""
    options = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-o", "addopts="]
    options += ["-c", ROOT / "pyproject.toml", "--rootdir", ROOT, "--basetemp", folder / "tests"]
    return int(pytest.main([*map(str, options + files)], [sys.modules[__name__]]))


def fork(mutant: Mutant | None, files: list[Path], folder: Path, seconds: float) -> int:
    """Start tests of a mutant, or of the library as it is, and return the process's number."""
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        signal.alarm(int(seconds))  # ends the process, whatever it does
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        folder.mkdir()
        os.chdir(folder)
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        with (folder / "output").open("w") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        own = []
        if mutant:
            _put(*mutant.change)
            sys.meta_path.insert(0, Finder(mutant))
            own = [file for file in files if file.stem == f"test_{mutant.module}"]
        parts = [own, [file for file in files if file not in own]]
        status = next(filter(None, (run_tests(part, folder) for part in parts if part)), 0)
    finally:
        os._exit(status)


def timed(files: list[Path], folder: Path) -> dict[Path, float]:
    """Run each file of tests on the library as it is; return their seconds, quickest first."""
    seconds = {}
    for file in files:
        started, here = time.monotonic(), folder / file.stem
        _, status = os.waitpid(fork(None, [file], here, 600), 0)
        if status:
            sys.exit(f"{file} must pass on nnlib as it is\n{(here / 'output').read_text()}")
        seconds[file] = time.monotonic() - started
    return dict(sorted(seconds.items(), key=lambda item: item[1]))


def killed(chosen: list[Mutant], files: list[Path], folder: Path, jobs: int, seconds: float):
    """Run mutants side by side; yield each with whether its tests failed or ran out of time."""
    waiting, running = list(enumerate(chosen)), {}
    while waiting or running:
        while waiting and len(running) < jobs:
            number, mutant = waiting.pop(0)
            running[fork(mutant, files, folder / str(number), seconds)] = mutant
        pid, status = os.wait()
        yield running.pop(pid), status != 0


# ---------------------------------------------------------------- the report


def main() -> int:
    """Run a sample, print the share killed by module and the survivors; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", help="modules of nnlib; all if none is named")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1984)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    files = {path.stem: path for path in sorted((ROOT / "nnlib").glob("*.py"))}
    found = [m for name in options.modules or files for m in mutants(name, files[name].read_text())]
    chosen = sample(found, options.count, options.seed)
    reasons = {(s["where"], s["before"], s["after"]): s["reason"] for s in survivors()}
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sys.pycache_prefix = str(folder / "bytecode")
        seconds = timed(sorted((ROOT / "tests" / "nnlib").glob("test_*.py")), folder)
        started, totals, kills = time.monotonic(), collections.Counter(), collections.Counter()
        runs = killed(chosen, [*seconds], folder, options.jobs, 20 + 5 * sum(seconds.values()))
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


def survivors() -> list[dict[str, str]]:
    """Read the table of the mutants that are known to survive."""
    text = Path(__file__).with_name("survivors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text).get("survivor", [])


if __name__ == "__main__":
    sys.exit(main())
