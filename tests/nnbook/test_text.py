"""Numbers, arrays and nodes become short texts, and a text finds the room kept for it."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from nnbook.drawing.text import node_title, number_text, short_text, text_size
from nnlib.losses import SoftmaxWithLoss
from nnlib.nodes import Add, MatMul, Multiply


def test_numbers_have_four_digits():
    values = [0.0, -0.0, 1.0, -0.25, 123456.0, 1e-7, np.float32(0.1), np.int64(3), -3]
    assert [number_text(value) for value in values] == [
        *("0", "0", "1", "-0.25", "1.235e+05", "1e-07", "0.1", "3", "-3"),
    ]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (2.5, "2.5"),
        ([1.0, -0.25], "[1 -0.25]"),
        ([[1.0, 2.0], [10.0, -3.0]], "[[\u20071 \u20072]\n [10 -3]]"),
        ([[1.0], [2.0]], "[[1]\n [2]]"),
        ([1.0, 2.0, 3.0, 4.0, 5.0], "(5,)"),
        ([0.1234, 0.1235, 0.1236, 0.1237], "(4,)"),
        (np.zeros((0, 3)), "(0, 3)"),
        (np.zeros((1, 1, 2)), "(1, 1, 2)"),
    ],
)
def test_a_small_array_is_written_in_full_and_a_large_one_as_its_shape(xp, values, text):
    assert short_text(xp.asarray(values)) == text


def test_a_plain_number_is_written_as_an_array_of_one():
    assert short_text(3) == "3"


@pytest.mark.parametrize(
    ("node", "title"),
    [
        (Add(), "+"),
        (Multiply(), "×"),
        (MatMul(), "MatMul"),
        (SoftmaxWithLoss(), "Softmax\nWithLoss"),
    ],
)
def test_titles(node, title):
    assert node_title(node) == title


@pytest.mark.usefixtures("closed_figures")
def test_a_text_finds_room_in_its_estimate():
    figure = plt.figure()
    renderer = figure.canvas.get_renderer()
    for text in ["SoftmaxWithLoss", "x = (4, 2)", "← -0.0123", "hW2 = 0.0001234", "W", "↑ 1e-05"]:
        extent = figure.text(0, 0, text, fontsize=11).get_window_extent(renderer)
        assert extent.width * 72 / figure.dpi <= text_size(text, 11)[0] + 0.5
