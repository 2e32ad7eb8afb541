"""A study trains what is missing, loses nothing that was trained, and mixes no two studies."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from nnbook.records import provenance, read_record
from nnbook.study import run_study, study, summarise
from nnbook.study.file import COLUMNS, StudyFile
from nnbook.study.training import Setting, Training, train_row
from nnlib import SGD, DivergenceError, Trainer, TwoLayerNet, accuracy, make_spiral

ROOT = Path(__file__).parents[2]
GRID = {"learning_rates": [0.3, 3.0], "hidden_sizes": [2, 5], "seeds": [0, 1]}  # 8 runs
SMALL = {**GRID, "max_epoch": 2, "jobs": 1, "progress": False}
TRAINING = Training(max_epoch=2, batch_size=30, data_seed=1984)


@pytest.fixture(autouse=True)
def one_day(monkeypatch):
    """Let no midnight come between two calls that are compared."""

    class Day(study.datetime.date):
        @classmethod
        def today(cls):
            return cls(2026, 11, 30)

    monkeypatch.setattr(study.datetime, "date", Day)


@pytest.fixture
def path(tmp_path):
    """Return where a study is kept."""
    return tmp_path / "folder" / "study.csv"


@pytest.fixture
def trained(monkeypatch):
    """Return the list of the settings that are trained in this process, as they are."""
    settings = []

    def counted(setting, *common):
        settings.append(setting)
        return train_row(setting, *common)

    monkeypatch.setattr(study, "train_row", counted)
    return settings


def after_rows(monkeypatch, count, act):
    """Do something as soon as a study has written so many rows."""
    add, written = StudyFile.add, []

    def adding(self, row):
        add(self, row)
        written.append(row)
        if len(written) == count:
            act()

    monkeypatch.setattr(StudyFile, "add", adding)


def interrupt():
    raise KeyboardInterrupt


def settings_of(rows):
    return [(float(r["learning_rate"]), int(r["hidden_size"]), int(r["seed"])) for r in rows]


# ---------------------------------------------------------------- a run


@pytest.mark.parametrize("setting", [Setting(1.0, 10, 0), Setting(3.0, 4, 7)])
def test_a_row_says_what_the_trainer_reached(setting):
    row = train_row(setting, Training(20, 32, 5), "2026-11-30")
    data, rng = np.random.default_rng(5), np.random.default_rng(setting.seed)
    x, t = make_spiral(rng=data)
    held_out_x, held_out_t = make_spiral(rng=data)
    model = TwoLayerNet(2, setting.hidden_size, 3, rng=rng)
    trainer = Trainer(model, SGD(setting.learning_rate), rng=rng)
    history = trainer.fit(x, t, max_epoch=20, batch_size=32, validation=(held_out_x, held_out_t))
    assert tuple(row) == COLUMNS
    assert float(row["loss"]) == pytest.approx(history.loss[-1], rel=1e-5)
    assert float(row["held_out_loss"]) == pytest.approx(history.validation_loss[-1], rel=1e-5)
    assert row["correct"] == str(round(300 * accuracy(model.predict(x), t)))
    right = accuracy(model.predict(held_out_x), held_out_t)
    assert row["held_out_correct"] == str(round(300 * right))
    made = provenance.versions() | {"device": provenance.cpu_name(), "date": "2026-11-30"}
    common = {"epochs": "20", "max_epoch": "20", "batch_size": "32", "data_seed": "5"}
    assert {name: row[name] for name in [*made, *common]} == made | common


def test_a_run_that_diverges_is_kept_with_the_epochs_it_finished(monkeypatch):
    row = train_row(Setting(1e308, 2, 0), Training(50, 30, 1984), "2026-11-30")
    assert (row["epochs"], row["loss"], row["held_out_loss"]) == ("0", "inf", "inf")

    def fit(self, x, t, **how):
        how["max_epoch"] = 3
        list(self.epochs(x, t, **how))
        raise DivergenceError

    monkeypatch.setattr(Trainer, "fit", fit)
    row = train_row(Setting(1.0, 2, 0), Training(50, 30, 1984), "2026-11-30")
    assert (row["epochs"], row["loss"], row["held_out_loss"]) == ("3", "inf", "inf")


# ---------------------------------------------------------------- the file


def test_a_study_has_a_row_for_each_combination_sorted(path):
    rows = run_study(path, **SMALL)
    grid = [(rate, size, seed) for rate in (0.3, 3.0) for size in (2, 5) for seed in (0, 1)]
    assert settings_of(rows) == grid
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == 9
    assert [part.name for part in path.parent.iterdir()] == ["study.csv"]


@pytest.mark.parametrize("jobs", [2, -1])
def test_the_file_does_not_depend_on_how_many_runs_are_trained_at_a_time(path, jobs):
    other = path.with_name("other.csv")
    backwards = {name: values[::-1] for name, values in GRID.items()}
    assert run_study(path, **SMALL) == run_study(other, **{**SMALL, **backwards, "jobs": jobs})
    assert path.read_bytes() == other.read_bytes()


def test_a_complete_study_is_trained_no_second_time(path, trained):
    rows = run_study(path, **SMALL)
    before = path.read_bytes()
    trained.clear()
    assert run_study(path, **SMALL) == rows
    assert trained == []
    assert path.read_bytes() == before


def test_a_larger_grid_trains_what_is_new_and_a_smaller_one_removes_nothing(path, trained):
    run_study(path, **{**SMALL, "seeds": [1]})
    trained.clear()
    run_study(path, **SMALL)
    assert {setting.seed for setting in trained} == {0}
    assert len(run_study(path, **{**SMALL, "seeds": [0]})) == 8


def test_an_interrupted_study_keeps_its_runs_and_goes_on(path, monkeypatch, trained):
    whole = run_study(path.with_name("whole.csv"), **SMALL)
    trained.clear()
    with monkeypatch.context() as patch:
        after_rows(patch, 3, interrupt)
        with pytest.raises(KeyboardInterrupt):
            run_study(path, **SMALL)
    kept = path.read_text(encoding="utf-8").splitlines()[1:]
    assert len(kept) == 3
    done = trained[:3]
    trained.clear()
    assert run_study(path, **SMALL) == whole
    assert not set(trained) & set(done)
    assert len(trained) == 5


def test_an_interrupt_stops_the_processes_that_train(path, monkeypatch):
    after_rows(monkeypatch, 3, interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_study(path, **{**SMALL, "seeds": range(1000), "jobs": 2})
    assert len(path.read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.parametrize("left", [1, 0.5, 0])
def test_a_torn_last_line_is_noticed_and_its_run_made_again(path, trained, left):
    run_study(path, **SMALL)
    whole = path.read_bytes()
    *lines, last = whole.splitlines(keepends=True)
    path.write_bytes(b"".join(lines) + last[: round(left * (len(last) - 1))])
    trained.clear()
    run_study(path, **SMALL)
    assert trained == [Setting(3.0, 5, 1)]
    assert path.read_bytes() == whole


@pytest.mark.parametrize("content", [b"", b"learning_rate,hidd", ",".join(COLUMNS).encode()])
def test_a_file_with_a_torn_first_line_is_begun_again(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    assert len(run_study(path, **SMALL)) == 8


def test_a_torn_line_stays_until_the_next_call_only(path):
    """A line that is added later never stands behind a torn one."""
    run_study(path, **SMALL)
    path.write_bytes(path.read_bytes()[:-30])
    file = StudyFile(path, TRAINING)
    assert len(file.rows) == 7
    file.add(train_row(Setting(3.0, 5, 1), TRAINING, "2026-11-30"))
    assert len(StudyFile(path, TRAINING).rows) == 8


def test_a_file_is_replaced_whole_or_not_at_all(path, monkeypatch):
    run_study(path, **SMALL)
    before = path.read_bytes()
    file = StudyFile(path, TRAINING)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: interrupt())
        with pytest.raises(KeyboardInterrupt):
            file.sort()
    assert path.read_bytes() == before
    assert [part.name for part in path.parent.iterdir()] == ["study.csv"]


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("other", "found"),
    [({"max_epoch": 3}, "max_epoch 2"), ({"batch_size": 10}, "batch_size 30"),
     ({"data_seed": 1}, "data_seed 1984")],
)  # fmt: skip
def test_a_file_of_another_training_is_refused(path, other, found):
    run_study(path, **SMALL)
    before = path.read_bytes()
    message = rf"study.csv must hold runs of this study, .*; got .*{found}.* in line 2: choose"
    with pytest.raises(ValueError, match=message):
        run_study(path, **SMALL | other)
    assert path.read_bytes() == before


@pytest.mark.parametrize("package", ["nnlib", "numpy"])
def test_a_file_by_other_versions_is_refused(path, package):
    run_study(path, **SMALL)
    mine = provenance.versions()[package]
    changed = re.sub(rf",{re.escape(mine)}(?=,.*\n\Z)", ",0.0.1", path.read_text())
    path.write_text(changed)
    with pytest.raises(ValueError, match=rf"{package} {re.escape(mine)}.*{package} 0.0.1.*line 9"):
        run_study(path, **SMALL)
    assert path.read_text() == changed


def test_rows_of_another_day_and_device_belong_to_a_study(path):
    run_study(path, **SMALL)
    name = provenance.cpu_name()
    changed = (
        path.read_text().replace(name, '"처리 장치, 2"', 1).replace("2026-11-30", "2026-12-01")
    )
    path.write_text(changed, encoding="utf-8")
    assert run_study(path, **SMALL)[0]["device"] == "처리 장치, 2"
    assert path.read_text(encoding="utf-8") == changed


def test_a_worker_with_another_version_is_refused(path, monkeypatch):
    def foreign(setting, training, date):
        return train_row(setting, training, date) | {"nnlib": "0.0.1"}

    monkeypatch.setattr(study, "train_row", foreign)
    with pytest.raises(ValueError, match=r"got .*nnlib 0\.0\.1 in a new run"):
        run_study(path, **SMALL)
    assert len(path.read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"notes without a line end", "must hold a study; got b'notes without"),
        (b"a,b\n1,2\n", r"must have the columns learning_rate,.*; got \['a', 'b'\]"),
        (b"\xff\xfe\n", "must hold a study; got 'utf-8' codec"),
        (b"\n", r"must have the columns learning_rate,.*; got \[\]"),
        (b"HEADER\n1.0,2\n", r"must hold a study; got line 2, \['1.0', '2'\]"),
        (b"HEADER\nx" + b",1" * (len(COLUMNS) - 1) + b"\n", "got line 2, could not convert"),
    ],
)
def test_a_file_that_is_no_study_is_refused_and_left_alone(path, content, message):
    content = content.replace(b"HEADER", ",".join(COLUMNS).encode())
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message):
        run_study(path, **SMALL)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"learning_rates": 0.1}, TypeError, "learning_rates must be a sequence of numbers"),
        ({"learning_rates": [0.0]}, ValueError, "learning_rates must .* above 0; got 0.0"),
        ({"hidden_sizes": [2.5]}, ValueError, "hidden_sizes must .* at least 1; got 2.5"),
        ({"seeds": [-1]}, ValueError, "seeds must .* at least 0; got -1"),
        ({"max_epoch": 0}, ValueError, "max_epoch must .* at least 1; got 0"),
        ({"batch_size": 301}, ValueError, "batch_size must be at most 300, .*; got 301"),
        ({"data_seed": None}, ValueError, "data_seed must .*; got None"),
        ({"jobs": 0}, ValueError, "jobs must be a whole number other than 0; got 0"),
        ({"progress": 1}, TypeError, "progress must be .* bool; got 1"),
        ({"path": 3}, TypeError, "path must be a str or a path; got 3"),
    ],
)
def test_bad_arguments_are_named_before_a_file_is_made(path, wrong, error, message):
    with pytest.raises(error, match=message):
        run_study(**{"path": path, **SMALL, **wrong})
    assert not path.parent.exists()


# ---------------------------------------------------------------- on a cluster


@pytest.fixture(scope="module")
def cluster():
    """Return a Dask cluster on this machine: a scheduler and two processes that work."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


def test_the_command_trains_on_a_cluster(path, monkeypatch, cluster):
    import joblib

    from nnbook.study import __main__

    backends = []

    def run_small(path, jobs):
        backends.append(type(joblib.parallel.get_active_backend()[0]).__name__)
        return run_study(path, **{**SMALL, "jobs": jobs})

    monkeypatch.setattr(__main__, "run_study", run_small)
    local = path.with_name("local.csv")
    for arguments in ([local], [path, "--scheduler", cluster.scheduler_address]):
        assert __main__.main(list(map(str, arguments))) == 0
    assert backends == ["LokyBackend", "DaskDistributedBackend"]
    assert path.read_bytes() == local.read_bytes()


def test_a_worker_of_a_cluster_that_dies_takes_no_run_along(path, monkeypatch, cluster):
    import joblib
    from distributed import Client

    how = {**SMALL, "seeds": range(6)}  # 24 runs
    other = path.with_name("cluster.csv")
    rows = run_study(path, **how)
    with Client(cluster) as client:
        first = client.run(os.getpid)
        assert len({*first.values(), os.getpid()}) == 3
        after_rows(monkeypatch, 2, lambda: os.kill(min(first.values()), signal.SIGKILL))
        with joblib.parallel_config("dask"):
            assert run_study(other, **{**how, "jobs": -1}) == rows
        assert min(first.values()) not in client.run(os.getpid).values()
    assert other.read_bytes() == path.read_bytes()


# ---------------------------------------------------------------- the command


def command(*arguments):
    """Start the command of the study, in a group of processes of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "nnbook.study", *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        start_new_session=True,
    )  # fmt: skip


def test_the_command_keeps_its_runs_when_it_is_interrupted(path):
    with command(path, "--jobs", "2") as process:
        said = ""
        while not re.search(r" [1-9]\d*/640 ", said):  # the bar: a run has ended
            piece = process.stderr.read(1)
            assert piece, said
            said += piece
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    assert said.endswith(f"Interrupted: {path} keeps the runs that ended.\n")
    assert len(StudyFile(path, Training(300, 30, 1984)).rows) >= 1


def test_the_command_says_what_is_wrong(path):
    path.parent.mkdir()
    path.write_text("a,b\n")
    with command(path) as process:
        _, said = process.communicate()
    assert process.returncode == 2
    assert "must have the columns" in said
    assert "Traceback" not in said


def test_a_study_is_read_where_joblib_is_missing():
    code = """
import sys
for name in ("joblib", "tqdm", "distributed", "dask"):
    sys.modules[name] = None  # importing it is now an ImportError
from nnbook.records import read_record
from nnbook.study import summarise
assert len(summarise(read_record("study"))) == 64
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=ROOT)


# ---------------------------------------------------------------- summaries


def row_of(rate, size, seed, correct, loss=0.5):
    row = {"learning_rate": rate, "hidden_size": size, "seed": seed}
    return {name: str(value) for name, value in (row | {"correct": correct, "loss": loss}).items()}


def test_a_summary_is_of_all_seeds_of_a_combination():
    rows = [row_of(10.0, 4, seed, right) for seed, right in enumerate([290, 100, 280, 285])]
    rows += [row_of(9.0, 10, 0, 150, loss="inf"), row_of(9.0, 10, 1, 160, loss=2.0)]
    rows += [row_of(9.0, 10, 2, 140, loss="inf"), row_of(9.0, 4, 0, 200, loss=0.25)]
    small, many, last = map(asdict, summarise(rows))
    assert small == {
        "learning_rate": 9.0, "hidden_size": 4, "runs": 1, "median": 200, "least": 200,
        "most": 200, "median_loss": 0.25, "diverged": 0,
    }  # fmt: skip
    assert many == {
        "learning_rate": 9.0, "hidden_size": 10, "runs": 3, "median": 150, "least": 140,
        "most": 160, "median_loss": float("inf"), "diverged": 2,
    }  # fmt: skip
    assert (last["hidden_size"], last["median"], last["runs"]) == (4, 282.5, 4)


# ---------------------------------------------------------------- the record


def test_the_record_is_the_whole_study_in_order():
    rows = read_record("study")
    grid = [
        (r, h, s) for r in study.LEARNING_RATES for h in study.HIDDEN_SIZES for s in study.SEEDS
    ]
    assert settings_of(rows) == grid
    assert {tuple(row) for row in rows} == {COLUMNS}
    assert {(row["max_epoch"], row["batch_size"], row["data_seed"]) for row in rows} == {
        ("300", "30", "1984")
    }


@pytest.mark.parametrize("setting", [Setting(0.1, 10, 0), Setting(1.0, 10, 3), Setting(1.0, 2, 9)])
def test_the_record_is_what_training_gives(setting):
    (row,) = [row for row in read_record("study") if settings_of([row]) == [setting]]
    again = train_row(setting, Training(300, 30, 1984), row["date"])
    for name in ("loss", "held_out_loss"):
        assert float(again[name]) == pytest.approx(float(row[name]), rel=1e-4)
    for name in ("epochs", "correct", "held_out_correct"):
        assert again[name] == row[name]
