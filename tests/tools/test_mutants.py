"""Mutants: what is changed and what is left alone, and that a test too weak is found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import mutants

SCRIPT = Path(mutants.__file__)


def afters(source):
    return [mutant.after for mutant in mutants.mutants("m", source)]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("a < b", ["a <= b"]),
        ("a == b != c", ["a != b != c", "a == b == c"]),
        ("a is None", ["a is not None"]),
        ("a + b * c", ["a - b * c", "a + b / c"]),
        ("x.T @ y", ["x.T * y"]),
        ("a and b", ["a or b"]),
        ("a & b", ["a | b"]),
        ("not a", ["a"]),
        ("-a", ["a"]),
        ("x[i, 0]", ["x[i, 1]"]),
        ("x[a:b]", ["x[:b]", "x[a:]"]),
        ("a = 0.5", ["a = 1.5"]),
        ("a = f'{b} is odd'", ["a = f'{b}mutant'"]),
        ("a = zip(b, c, strict=True)", ["a = zip(b, c, strict=False)"]),
        ("a = xp.sum(b, axis=c)", ["a = xp.sum(b)"]),
        ("a += b", ["a -= b", "pass"]),
        ("a.b = c", ["pass"]),
        ("a[b] = c", ["pass"]),
        ("f(a)", ["pass"]),
        ("raise a", ["pass"]),
        ("while a:\n    break", ["pass"]),
        ("def f():\n    return a", ["return None"]),
        ("def f(a: 'int | None'=True) -> 'int':\n    return None",
         ["def f(a: 'int | None'=False) -> 'int':"]),
        ("@cache\ndef f(a):\n    yield a", ["def f(a):"]),
    ],
)  # fmt: skip
def test_what_changes(before, expected):
    assert afters(before) == expected


@pytest.mark.parametrize(
    "source",
    [
        "'''A docstring.'''",
        "import a.b\nfrom a import b",
        "__all__ = ['a', 'b']",
        "a: 'int | None'",
        "A: TypeAlias = int | None",
        "class A(Protocol):\n    @property\n    def size(self) -> int: ...",
        "a = b",
    ],
)
def test_what_is_left_alone(source):
    assert afters(source) == []


def test_a_mutant_says_where_it_stands():
    source = "class A:\n    def f(self):\n        if self.a == 1:\n            return b or 2\n"
    keys = [mutant.key for mutant in mutants.mutants("m", source)]
    assert keys == [
        ("m.A.f", "if self.a == 1:", "if self.a != 1:"),
        ("m.A.f", "if self.a == 1:", "if self.a == 2:"),
        ("m.A.f", "return b or 2", "return None"),
        ("m.A.f", "return b or 2", "return b and 2"),
        ("m.A.f", "return b or 2", "return b or 3"),
    ]


def test_equal_changes_in_two_places_are_two_mutants():
    assert afters("f(a)\nf(a)\nf(a)") == ["pass", "pass  # place 2", "pass  # place 3"]


def test_an_edit_changes_only_its_own_part_of_a_sample():
    lines = [f"x{i} = {i}" for i in range(40)]
    found = mutants.mutants("m", "\n".join(lines))
    before = {mutant.key for mutant in mutants.sample(found, 20, seed=1)}
    found = mutants.mutants("m", "\n".join(["y = 1", *lines]))
    after = {mutant.key for mutant in mutants.sample(found, 20, seed=1)}
    assert len(before) == len(after) == 20
    assert len(before & after) >= 19
    assert before != {mutant.key for mutant in mutants.sample(found, 20, seed=2)}


def test_every_known_survivor_is_a_mutant_of_nnlib_and_has_a_reason():
    files = sorted((mutants.ROOT / "nnlib").glob("*.py"))
    keys = {m.key for file in files for m in mutants.mutants(file.stem, file.read_text())}
    known = [(each["where"], each["before"], each["after"]) for each in mutants.survivors()]
    assert [key for key in known if key not in keys] == []
    assert len(set(known)) == len(known)
    assert all(each["reason"] for each in mutants.survivors())


# ---------------------------------------------------------------- a run

LIBRARY = """
def half(x):
    return x / 2

def steps(n):
    done = 0
    while done < n:
        done += 1
    return done
"""
STRONG = """
from nnlib.numbers import half, steps

def test_half():
    assert half(3) == 1.5

def test_steps():
    assert steps(3) == 3
"""


@pytest.fixture
def project(tmp_path):
    """Write a library of one module, its tests and the tool, and return the folder."""
    for folder in ("nnlib", "tests/nnlib", "tools"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(SCRIPT, tmp_path / "tools")
    (tmp_path / "tools" / "survivors.toml").touch()
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "nnlib" / "__init__.py").touch()
    (tmp_path / "nnlib" / "numbers.py").write_text(LIBRARY.partition("def steps")[0])
    test = STRONG.partition("def test_steps")[0].replace(", steps", "")
    (tmp_path / "tests" / "nnlib" / "test_numbers.py").write_text(test)
    return tmp_path


def run(project, *arguments):
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def test_strong_tests_kill_every_mutant_and_nothing_is_written(project):
    before = sorted(project.rglob("*"))
    result = run(project, "tools/mutants.py")
    assert "numbers               3  100.0%" in result.stdout, result.stderr
    assert result.returncode == 0
    assert sorted(project.rglob("*")) == before


def test_a_weak_test_is_found(project):
    test = project / "tests" / "nnlib" / "test_numbers.py"
    test.write_text(test.read_text().replace("half(3) == 1.5", "half(0) == 0"))
    table = "[[survivor]]\nwhere = 'numbers.half'\nbefore = 'return x / 2'\n"
    table += "after = 'return x * 2'\nreason = 'of no importance'\n"
    (project / "tools" / "survivors.toml").write_text(table)
    result = run(project, "tools/mutants.py")
    change = "numbers.half: {}\n- return x / 2\n+ return x {}\n"
    assert change.format("of no importance", "* 2") in result.stdout
    assert change.format("NOT IN survivors.toml", "/ 3") in result.stdout
    assert "numbers               3   33.3%" in result.stdout
    assert result.returncode == 1


def test_tests_that_fail_on_the_library_itself_say_nothing_of_mutants(project):
    (project / "tests" / "nnlib" / "test_numbers.py").write_text("def test_half():\n    assert 0")
    result = run(project, "tools/mutants.py")
    assert "test_numbers.py must pass on nnlib as it is" in result.stderr
    assert result.returncode == 1


def test_a_mutant_that_never_ends_is_ended(project):
    (project / "nnlib" / "numbers.py").write_text(LIBRARY)
    test = project / "tests" / "nnlib" / "test_numbers.py"
    test.write_text(STRONG)
    code = f"""
import sys
sys.path[:0] = [{str(project)!r}]
sys.dont_write_bytecode = True
from pathlib import Path
from tools.mutants import ROOT, killed, mutants
folder = Path({str(project)!r})
assert ROOT == folder
found = mutants("numbers", (folder / "nnlib" / "numbers.py").read_text())
endless = [mutant for mutant in found if mutant.before == "done += 1" and mutant.after == "pass"]
(folder / "runs").mkdir()
print([dead for _, dead in killed(endless, [Path({str(test)!r})], folder / "runs", 1, seconds=3)])
"""
    result = run(project, "-c", code)
    assert result.stdout == "[True]\n", result.stderr
