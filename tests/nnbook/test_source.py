"""Source that is shown: what stands in the file, without docstrings."""

import inspect

import numpy as np
import pytest

from nnbook.source import source_of, working_lines
from nnlib import Affine, Sigmoid, sigmoid


def test_a_function_is_shown_without_its_docstring():
    shown = source_of(sigmoid).split("\n")
    assert shown[1].startswith("def sigmoid(x")
    assert not any('"""' in row for row in shown)
    in_file = inspect.getsource(sigmoid).split("\n")
    assert all(row in in_file for row in shown)


def test_a_class_keeps_its_methods_and_loses_every_docstring():
    shown = source_of(Affine)
    assert '"""' not in shown
    assert "        dW[...] = x.T @ dout\n" in shown
    assert "    def forward(self, x" in shown
    assert "    def backward(self, dout" in shown


def test_a_method_starts_at_the_margin_and_several_stand_apart():
    shown = source_of(Sigmoid.forward, Sigmoid.backward)
    assert shown.startswith("def forward(self, x")
    assert ":\n    y = sigmoid(x)\n" in shown
    assert "\n\ndef backward(self, dout" in shown


def test_working_lines_are_those_that_compute():
    layer = Affine(np.zeros((2, 3)), np.zeros(3))
    found = working_lines(layer.backward)
    assert found["file"] == "nnlib/layers.py"
    assert [text for _, text in found["lines"]] == [
        "dW[...] = x.T @ dout",
        "db[...] = sum_over(dout, axis=0)",
        "return dout @ W.T",
    ]
    rows = inspect.getsource(inspect.getmodule(Affine)).split("\n")
    assert all(rows[number - 1].strip() == text for number, text in found["lines"])


def test_a_method_that_only_prepares_has_no_working_lines():
    assert working_lines(Sigmoid().__init__) == {"file": "nnlib/layers.py", "lines": []}


def test_what_has_no_source_is_an_error():
    with pytest.raises((OSError, TypeError)):
        source_of(len)
