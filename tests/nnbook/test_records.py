"""What was measured once is read as it was written, wherever the book is installed."""

import pytest

from nnbook import records


def test_every_row_of_the_precision_record_names_its_machine():
    rows = records.read_record("precision")
    assert [float(row["microseconds"]) > 0 for row in rows] == [True] * 12
    assert {row["dtype"] for row in rows} == {"float64", "float32", "float16"}
    assert all(row["device"] and row["numpy"] and row["date"] for row in rows)


def test_every_row_of_the_study_names_its_machine():
    rows = records.read_record("study")
    assert len(rows) == 640
    assert all(row["device"] and row["numpy"] and row["nnlib"] and row["date"] for row in rows)


def test_a_measurement_that_was_not_made_is_empty(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    assert records.read_record("gpu") == []


def test_a_record_is_read_by_the_names_of_its_columns(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    text = 'device,seconds\n"처리 장치, 2 cores",0.5\n'
    (tmp_path / "gpu_benchmark.csv").write_text(text, encoding="utf-8")
    assert records.read_record("gpu") == [{"device": "처리 장치, 2 cores", "seconds": "0.5"}]


def test_another_name_is_an_error():
    message = r"name must be one of \['gpu', 'precision', 'study'\]; got 'cpu'"
    with pytest.raises(ValueError, match=message):
        records.read_record("cpu")


def test_what_is_read_is_what_the_benchmarks_and_the_study_write():
    root = records.FOLDER.parents[1]
    for name in ("gpu", "precision"):
        text = (root / "benchmarks" / f"{name}.py").read_text(encoding="utf-8")
        assert f'/ "nnbook" / "records" / "{records.FILES[name]}"' in text
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert f"-m nnbook.study nnbook/records/{records.FILES['study']} " in makefile
