"""States on disk: whole at any moment, believed only after a check, and enough to go on from."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from nnlib import SGD, AdaGrad, Adam, Momentum, RMSprop, Trainer, TwoLayerNet, make_spiral
from nnlib.files import read_state, write_state

OPTIMIZERS = [SGD, Momentum, AdaGrad, RMSprop, Adam]
RNGS = {
    "PCG64": lambda seed: np.random.default_rng(seed),
    "MT19937": lambda seed: np.random.Generator(np.random.MT19937(seed)),
    "Philox": lambda seed: np.random.Generator(np.random.Philox(seed)),
    "SFC64": lambda seed: np.random.Generator(np.random.SFC64(seed)),
    "RandomState": lambda seed: np.random.RandomState(seed),
}


def make_trainer(optimizer=Adam, rng="PCG64", seed=0, hidden=4, dtype=np.float64):
    x, t = make_spiral(6, rng=np.random.default_rng(1), dtype=dtype)
    rng = RNGS[rng](seed)
    model = TwoLayerNet(2, hidden, 3, rng=rng, dtype=dtype)
    return Trainer(model, optimizer(0.1), rng=rng), x, t


def known(trainer):
    """Return all that a trainer knows, in a form that can be compared."""
    state = trainer.model.state() | trainer.optimizer.state(trainer.model.params)
    history = {name: list(column) for name, column in vars(trainer.history).items()}
    rng = trainer.rng
    draws = rng.bit_generator.state if hasattr(rng, "bit_generator") else rng.get_state()
    return {k: np.asarray(v).tobytes() for k, v in state.items()}, history, repr(draws)


def run_script(name, *arguments):
    """Run a program beside this test with the library under test; return the lines it prints."""
    command = [sys.executable, Path(__file__).with_name(name), *map(str, arguments)]
    here = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run(command, check=True, capture_output=True, text=True, env=here)
    return run.stdout.splitlines()


# ---------------------------------------------------------------- atomic


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork: killing is tested on Unix")
def test_a_process_killed_while_it_saves_leaves_the_old_file_or_the_new_one(tmp_path):
    kills = 60
    found = [line.split() for line in run_script("killed.py", tmp_path, kills)]
    assert [killed for killed, _ in found] == ["True"] * kills
    assert {number for _, number in found} == {"1.0", "2.0"}  # the old model, or the new one
    unfinished = list(tmp_path.glob(".model.npz.*.part"))
    assert len(unfinished) > kills / 2  # most kills met a save that was under way


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs users as Unix has them")
def test_a_user_without_root_saves_where_that_is_allowed_and_spoils_nothing_elsewhere():
    with tempfile.TemporaryDirectory() as folder:  # pytest keeps its own for its own user
        Path(folder).chmod(0o755)
        folders = [Path(folder, name) for name in ("open", "closed")]
        for each in folders:
            each.mkdir()
        said = run_script("unprivileged.py", *folders)
    assert said == ["2.0", "PermissionError", "1.0 ['model.npz']"]


def test_a_save_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "state.npz"
    write_state(path, {"a": np.ones(3)})

    def full(file, **arrays):
        file.write(b"half of it")
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="no space left"):
        write_state(path, {"a": np.zeros(3)})
    assert list(tmp_path.iterdir()) == [path]
    assert read_state(path, like={"a": np.zeros(3)})["a"].tolist() == [1.0, 1.0, 1.0]


def test_a_file_is_on_the_disk_before_it_takes_its_place(tmp_path, monkeypatch):
    done, fsync, replace = [], os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda file: (done.append("on disk"), fsync(file)))
    monkeypatch.setattr(Path, "replace", lambda *paths: (done.append("in place"), replace(*paths)))
    write_state(tmp_path / "state", {"a": 1})
    assert done == ["on disk", "in place"]


def test_a_link_stays_a_link_and_an_ordinary_file_has_ordinary_rights(tmp_path):
    (tmp_path / "real").mkdir()
    link, target = tmp_path / "link.npz", tmp_path / "real" / "state.npz"
    write_state(target, {"a": 1})
    link.symlink_to(target)
    write_state(link, {"a": 2})
    assert link.is_symlink()
    assert read_state(target, like={"a": 0}) == {"a": 2}
    (tmp_path / "other").touch()
    assert target.stat().st_mode == (tmp_path / "other").stat().st_mode


# ---------------------------------------------------------------- going on in another process


@pytest.mark.parametrize("rng", RNGS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_goes_on_from_its_file_as_if_it_had_never_stopped(tmp_path, optimizer, rng):
    straight, x, t = make_trainer(optimizer, rng)
    straight.fit(x, t, max_epoch=5, batch_size=7)
    first, _, _ = make_trainer(optimizer, rng)
    first.fit(x, t, max_epoch=2, batch_size=7)
    first.optimizer.learning_rate = 0.1
    first.save(tmp_path / "run")
    second, _, _ = make_trainer(optimizer, rng, seed=9)
    second.optimizer.learning_rate = 0.7
    second.fit(x, t, max_epoch=1, batch_size=5)
    history = second.history
    second.load(tmp_path / "run")
    assert known(second) == known(first)
    second.fit(x, t, max_epoch=3, batch_size=7)
    for trainer in (straight, second):
        trainer.history.seconds.clear()
    assert known(second) == known(straight)
    assert second.history is history


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("epochs", [0, 2])
def test_an_optimizer_goes_on_from_its_file(tmp_path, optimizer, epochs):
    trainer, x, t = make_trainer(optimizer)
    if epochs:
        trainer.fit(x, t, max_epoch=epochs, batch_size=7)
    params = trainer.model.params
    trainer.optimizer.save(tmp_path / "rule", params)
    twin = optimizer(0.5)
    copies = [param.copy() for param in params]
    twin.load(tmp_path / "rule", copies)
    assert twin.updates == trainer.optimizer.updates
    for one, those in ((trainer.optimizer, params), (twin, copies)):
        one.update(those, trainer.model.grads)
        one.update(those, trainer.model.grads)
    for param, copied in zip(params, copies, strict=True):
        np.testing.assert_array_equal(param, copied)


# ---------------------------------------------------------------- files that are refused


def truncate(path):
    path.write_bytes(path.read_bytes()[:-200])


def halve(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path):
    path.write_bytes(b"")


def one_array(path):
    with path.open("wb") as file:
        np.save(file, np.ones(3))


def turn_a_bit(path):
    content = bytearray(path.read_bytes())
    content[200] ^= 64  # within the numbers of the first array
    path.write_bytes(content)


def changed(**arrays):
    """Return a function that replaces arrays of a file; None takes one out."""

    def change(path):
        with np.load(path) as file:
            found = dict(file) | arrays
        np.savez(path, **{name: array for name, array in found.items() if array is not None})

    return change


def changed_run(old, new):
    def change(path):
        with np.load(path) as file:
            found = dict(file)
        text = str(found["run"])
        assert old in text
        np.savez(path, **found | {"run": text.replace(old, new, 1)})

    return change


BROKEN = {
    "truncated": (truncate, r"must be a whole \.npz file of arrays; got"),
    "half": (halve, r"must be a whole \.npz file of arrays; got"),
    "empty": (empty, r"must be a whole \.npz file of arrays; got"),
    "a bit turned": (turn_a_bit, r"must be a whole \.npz file of arrays; got .*CRC"),
    "text": (lambda path: path.write_text("param_0"), r"must be a whole \.npz file"),
    "one array": (one_array, r"must be a whole \.npz file"),
    "pickle": (changed(param_1=np.array([{}], dtype=object)), "must be a whole .*allow_pickle"),
    "a shape": (changed(param_0=np.ones((2, 5))), r"must hold arrays of these .*; got .*\(2, 5\)"),
    "one missing": (changed(param_3=None), "must hold arrays of these shapes, .*'param_3'"),
    "one too many": (changed(param_4=np.ones(3)), "must hold arrays .*; got .*'param_4'"),
    "complex": (changed(param_1=np.ones(4) * 1j), "param_1 must be of a type like float64; got c"),
    "integers": (changed(param_1=np.ones(4, int)), "param_1 must be of a type like float64; got i"),
    "text inside": (changed(param_1=np.array(["a"] * 4)), "param_1 must be of a type like float64"),
    "not finite": (changed(param_0=np.full((2, 4), np.nan)), "param_0 must be finite; got 2 of 2"),
}
BROKEN_RUNS = {
    "another rule": (changed(**{"Adam.updates": None, "SGD.updates": 3}), "'Adam.updates'"),
    "half an update": (changed(**{"Adam.updates": 2.5}), "Adam.updates must be of a type like int"),
    "a negative rate": (changed(**{"Adam.learning_rate": -1.0}), "learning_rate must be .* got -1"),
    "memory": (
        changed(**{"Adam.memory_1_0": np.full(4, np.inf)}),
        "Adam.memory_1_0 must be finite",
    ),
    "no text": (
        changed(run=np.array("rng")),
        "must hold a run with a Generator like the trainer's",
    ),
    "a list": (changed(run=np.array("[]")), "must hold a run with a Generator"),
    "no order": (changed_run('"order"', '"other"'), "must hold a run .*; got 'order'"),
    "an order twice": (
        changed_run('"order": [', '"order": [0, 0, '),
        "order must be a permutation",
    ),
    "another generator": (changed_run("PCG64", "MT19937"), "must hold a run .*MT19937|PCG64"),
    "a column": (
        changed_run('"accuracy": [', '"accuracy": [1, '),
        "history must have equal columns",
    ),
    "words": (changed_run('"accuracy": [', '"accuracy": ["a", '), "must hold a run"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_is_told_of_and_leaves_the_model_unchanged(tmp_path, broken):
    (spoil, message), path = BROKEN[broken], tmp_path / "model.npz"
    trainer, _, _ = make_trainer()
    trainer.model.save_params(path)
    trainer.model.params[0][...] = 7.0
    before = known(trainer)
    spoil(path)
    with pytest.raises((TypeError, ValueError), match=message) as error:
        trainer.model.load_params(path)
    assert "model.npz" in str(error.value)
    assert known(trainer) == before


@pytest.mark.parametrize("broken", BROKEN | BROKEN_RUNS)
def test_a_broken_file_leaves_the_trainer_unchanged(tmp_path, broken):
    (spoil, message), path = (BROKEN | BROKEN_RUNS)[broken], tmp_path / "run.npz"
    trainer, x, t = make_trainer()
    trainer.fit(x, t, max_epoch=2, batch_size=7)
    trainer.save(path)
    trainer.fit(x, t, max_epoch=1, batch_size=7)
    before = known(trainer)
    spoil(path)
    with pytest.raises((TypeError, ValueError), match=message):
        trainer.load(path)
    assert known(trainer) == before


def test_a_file_of_another_trainer_is_refused(tmp_path):
    path = tmp_path / "run.npz"
    make_trainer()[0].save(path)
    for other in ({"hidden": 5}, {"optimizer": SGD}, {"rng": "SFC64"}, {"rng": "RandomState"}):
        trainer = make_trainer(**other)[0]
        before = known(trainer)
        with pytest.raises(ValueError, match=r"run\.npz must hold "):
            trainer.load(path)
        assert known(trainer) == before


def test_numbers_too_large_for_the_type_are_refused(tmp_path):
    path = tmp_path / "model.npz"
    large, small = make_trainer()[0].model, make_trainer(dtype=np.float32)[0].model
    large.save_params(path)
    small.load_params(path)
    np.testing.assert_array_equal(small.params[0], large.params[0].astype(np.float32))
    large.params[0][0, 0] = 1e300
    large.save_params(path)
    before = small.params[0].copy()
    with pytest.raises(ValueError, match="param_0 must be finite; got 1 of 2 rows"):
        small.load_params(path)
    np.testing.assert_array_equal(small.params[0], before)


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        (3, TypeError, "path must be a str or a path; got 3"),
        (None, TypeError, "path must be a str or a path; got None"),
        ("", ValueError, "path must name a file; got ''"),
        ("nowhere/model", FileNotFoundError, "nowhere"),
    ],
)
def test_paths_that_are_none(path, error, message):
    model = make_trainer()[0].model
    for use in (model.save_params, model.load_params):
        with pytest.raises(error, match=message):
            use(path)
