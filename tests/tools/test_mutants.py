"""Mutants: what is changed and what is left alone, and that a test too weak is found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import mutants
from tools.changes import announced
from tools.changes import mutants as mutants_of


def afters(source):
    return [mutant.after for mutant in mutants_of("m", source)]


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
        "a = b",
    ],
)
def test_what_is_left_alone(source):
    assert afters(source) == []


def test_a_mutant_says_where_it_stands():
    source = "class A:\n    def f(self):\n        if self.a == 1:\n            return b or 2\n"
    keys = [mutant.key for mutant in mutants_of("m", source)]
    assert keys == [
        ("m.A.f", "if self.a == 1:", "if self.a != 1:"),
        ("m.A.f", "if self.a == 1:", "if self.a == 2:"),
        ("m.A.f", "return b or 2", "return None"),
        ("m.A.f", "return b or 2", "return b and 2"),
        ("m.A.f", "return b or 2", "return b or 3"),
    ]


def test_a_function_announces_itself_after_its_docstring():
    source = "class A:\n    def f(self):\n        'Text.'\n        def g():\n            return 1\n"
    said = []
    space = {"announce": said.append}
    exec(compile(announced("m", source + "        return g()\n"), "m", "exec"), space)
    assert space["A"]().f() == 1
    assert said == ["m.A.f", "m.A.f.g"]
    assert space["A"].f.__doc__ == "Text."


def test_equal_changes_in_two_places_are_two_mutants():
    assert afters("f(a)\nf(a)\nf(a)") == ["pass", "pass  # place 2", "pass  # place 3"]


def test_an_edit_changes_only_its_own_part_of_a_sample():
    lines = [f"x{i} = {i}" for i in range(40)]
    found = mutants_of("m", "\n".join(lines))
    before = {mutant.key for mutant in mutants.sample(found, 20, seed=1)}
    found = mutants_of("m", "\n".join(["y = 1", *lines]))
    after = {mutant.key for mutant in mutants.sample(found, 20, seed=1)}
    assert len(before) == len(after) == 20
    assert len(before & after) >= 19
    assert before != {mutant.key for mutant in mutants.sample(found, 20, seed=2)}


def test_every_known_survivor_is_a_mutant_of_nnlib_and_has_a_reason():
    keys = {m.key for file in mutants.modules() for m in mutants_of(file.stem, file.read_text())}
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
    for name in ("changes.py", "mutants.py"):
        shutil.copy(Path(mutants.__file__).with_name(name), tmp_path / "tools")
    (tmp_path / "tools" / "survivors.toml").touch()
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "nnlib" / "__init__.py").touch()
    (tmp_path / "nnlib" / "numbers.py").write_text(LIBRARY.partition("def steps")[0])
    test = STRONG.partition("def test_steps")[0].replace(", steps", "")
    (tmp_path / "tests" / "nnlib" / "test_numbers.py").write_text(test)
    return tmp_path


def run(project, *arguments):
    command = [sys.executable, "-B", *arguments]
    options = {"capture_output": True, "text": True, "check": False, "timeout": 120}
    return subprocess.run(command, cwd=project, **options)


def test_strong_tests_kill_every_mutant_and_nothing_is_written(project):
    before = sorted(project.rglob("*"))
    result = run(project, "-m", "tools.mutants")
    assert "numbers               3  100.0%" in result.stdout, result.stderr
    assert result.returncode == 0
    assert sorted(project.rglob("*")) == before


def test_a_weak_test_is_found(project):
    test = project / "tests" / "nnlib" / "test_numbers.py"
    test.write_text(test.read_text().replace("half(3) == 1.5", "half(0) == 0"))
    table = "[[survivor]]\nwhere = 'numbers.half'\nbefore = 'return x / 2'\n"
    table += "after = 'return x * 2'\nreason = 'of no importance'\n"
    (project / "tools" / "survivors.toml").write_text(table)
    result = run(project, "-m", "tools.mutants")
    change = "numbers.half: {}\n- return x / 2\n+ return x {}\n"
    assert change.format("of no importance", "* 2") in result.stdout
    assert change.format("NOT IN survivors.toml", "/ 3") in result.stdout
    assert "numbers               3   33.3%" in result.stdout
    assert result.returncode == 1


def test_tests_that_fail_on_the_library_itself_say_nothing_of_mutants(project):
    (project / "tests" / "nnlib" / "test_numbers.py").write_text("def test_half():\n    assert 0")
    result = run(project, "-m", "tools.mutants")
    assert "test_numbers must pass on nnlib as it is" in result.stderr
    assert result.returncode == 1


def test_a_mutant_that_never_ends_is_ended(project):
    (project / "nnlib" / "numbers.py").write_text(LIBRARY)
    (project / "tests" / "nnlib" / "test_numbers.py").write_text(STRONG)
    (project / "runs").mkdir()
    code = """
from pathlib import Path
from tools.mutants import Baseline, killed, modules, mutants
folder = Path("runs").resolve()
(file,) = modules()
found = mutants(file.stem, file.read_text())
endless = [mutant for mutant in found if mutant.before == "done += 1" and mutant.after == "pass"]
print([dead for _, dead in killed(endless, Baseline(folder, 1), folder, 1, patience=2)])
"""
    result = run(project, "-c", code)
    assert result.stdout == "[True]\n", result.stderr


def test_a_mutant_meets_the_tests_that_call_its_function_and_no_others(project):
    (project / "nnlib" / "numbers.py").write_text(LIBRARY + "\nclass Table:\n    rows = 1\n")
    tests = project / "tests" / "nnlib"
    (tests / "test_numbers.py").write_text(STRONG)
    (tests / "test_early.py").write_text(
        "from nnlib.numbers import half\n\ndef test_a():\n    half(1)\n"
    )
    at_import = (
        "from nnlib.numbers import half\n\nONE = half(2)\n\ndef test_b():\n    assert ONE == 1\n"
    )
    (tests / "test_import.py").write_text(at_import)
    (project / "runs").mkdir()
    code = """
from pathlib import Path
from tools.mutants import Baseline, modules, mutants
baseline = Baseline(Path("runs").resolve(), 1)
(file,) = modules()
found = mutants(file.stem, file.read_text())
for where, tests in {mutant.where: baseline.tests(mutant) for mutant in found}.items():
    first, names = tests[0].partition("::")[0], [test.partition("::")[2] for test in tests]
    print(where, first, *sorted(names))
"""
    result = run(project, "-c", code)
    own = "tests/nnlib/test_numbers.py"
    assert result.stdout.splitlines() == [
        f"numbers.half {own} test_a test_b test_half",
        f"numbers.steps {own} test_steps",
        f"numbers.Table {own} test_a test_b test_half test_steps",
    ], result.stderr


def test_a_process_that_ends_without_a_verdict_kills_no_mutant(project):
    test = "import os\nfrom nnlib.numbers import half\n\n"
    test += "def test_half():\n    if half(3) != 1.5:\n        os._exit(70)\n"
    (project / "tests" / "nnlib" / "test_numbers.py").write_text(test)
    result = run(project, "-m", "tools.mutants")
    assert "no verdict on ('numbers.half', 'return x / 2', " in result.stderr
    assert "killed" not in result.stdout
    assert result.returncode == 1
