"""The library's tests on every Python and every NumPy that it is meant for: `make versions`.

A Python that is not on this machine is fetched by uv; where that fails it is skipped, and named.
"""

from pathlib import Path

import nox

PINS = Path("constraints.txt").read_text(encoding="utf-8").splitlines()
(NEWEST,) = [pin for pin in PINS if pin.startswith("numpy==")]
TOOLS = ["array-api-strict", "hypothesis", "pytest"]

# For each Python the oldest NumPy that pyproject.toml allows and that has a wheel for it, the one
# that runs in the browser where that has one too, and the newest, which the book uses.
NUMPY = {
    "3.11": ["numpy==2.0.0", "numpy==2.0.2", NEWEST],
    "3.12": ["numpy==2.0.0", "numpy==2.0.2", NEWEST],
    "3.13": ["numpy==2.1.0", NEWEST],
    "3.14": ["numpy==2.3.2", NEWEST],
}

nox.options.default_venv_backend = "uv"
nox.options.reuse_existing_virtualenvs = True


@nox.session
@nox.parametrize(
    ["python", "numpy"], [(python, numpy) for python in NUMPY for numpy in NUMPY[python]]
)
def nnlib(session, numpy):
    """Test the library beside what pyproject.toml asks for, and nothing of the book."""
    chosen = Path(session.create_tmp()) / "constraints.txt"
    pins = [numpy if pin == NEWEST else pin for pin in PINS]
    chosen.write_text("\n".join(pins), encoding="utf-8")
    session.install("-r", "pyproject.toml", "--extra", "progress", *TOOLS, "-c", str(chosen))
    plain = ["-q", "-o", "addopts=--strict-markers --strict-config"]  # nbval is not installed
    here = {"PYTHONPATH": str(Path.cwd())}  # also for the programs that a test starts
    session.run("pytest", *plain, "tests/nnlib", "tests/test_architecture.py", env=here)
