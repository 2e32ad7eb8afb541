"""Charts show what they were given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from nnbook.drawing import COLORS, STYLE
from nnbook.drawing.plots import MARKERS, plot_dataset, plot_decision_regions, plot_loss
from nnlib import TwoLayerNet, make_spiral, to_numpy

pytestmark = pytest.mark.usefixtures("closed_figures")


def by_sign(points):
    """Return scores that put points left of 0 in class 0 and the others in class 1."""
    return np.stack([-points[:, 0], points[:, 0]], axis=1)


SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]])
SIDES = np.array([0, 1, 0, 1])


def test_dataset_draws_every_point_in_the_colour_and_marker_of_its_class(rng, xp):
    x, t = make_spiral(5, rng=rng, xp=xp)
    ax = plot_dataset(x, t)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["class 0", "class 1", "class 2"]
    for label, drawn in enumerate(ax.collections):
        points = to_numpy(x)[to_numpy(t) == label]
        np.testing.assert_array_equal(drawn.get_offsets(), points)
    looks = {
        (tuple(c.get_facecolor()[0]), c.get_paths()[0].vertices.tobytes()) for c in ax.collections
    }
    assert len({colour for colour, _ in looks}) == len({marker for _, marker in looks}) == 3
    assert len(set(COLORS)) == len(set(MARKERS)) == len(COLORS)


def test_axes_are_used_if_given_and_made_if_not():
    _, ax = plt.subplots()
    assert plot_dataset(SQUARE, SIDES, ax=ax) is ax
    assert plot_decision_regions(by_sign, SQUARE, SIDES, ax=ax) is ax
    assert plot_loss([1.0], ax=ax) is ax
    assert plot_loss([1.0]) is not ax


def test_decision_regions_show_the_predicted_class():
    # 20 columns from −1.1 to 1.1: ten of each class, the same in every row
    ax = plot_decision_regions(by_sign, SQUARE, SIDES, resolution=20)
    (image,) = ax.images
    np.testing.assert_array_equal(image.get_array(), [[0] * 10 + [1] * 10] * 20)
    assert image.get_extent() == pytest.approx([-1.1, 1.1, -1.1, 1.1])
    assert image.origin == "lower"
    shown = [to_hex(image.cmap(image.norm(label))) for label in (0, 1)]
    assert shown == [to_hex(points.get_facecolor()[0]) for points in ax.collections]


def test_decision_regions_are_not_turned_or_mirrored():
    above = lambda points: np.stack([0 * points[:, 1], points[:, 1]], axis=1)  # noqa: E731
    ax = plot_decision_regions(above, SQUARE * [1.0, 2.0], SIDES, resolution=4, margin=0.0)
    np.testing.assert_array_equal(ax.images[0].get_array(), [[0] * 4, [0] * 4, [1] * 4, [1] * 4])
    assert list(ax.images[0].get_extent()) == [-1.0, 1.0, -2.0, 2.0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=5)
@given(resolution=st.integers(2, 300))
def test_fault_a_mesh_of_millions_of_points__at_most_300_by_300(resolution):
    seen = []
    plot_decision_regions(
        lambda points: seen.append(len(points)) or by_sign(points),
        1000 * SQUARE,  # however far the data reaches
        SIDES,
        resolution=resolution,
    )
    assert seen == [resolution**2]
    assert resolution**2 <= 90_000


def test_the_usual_mesh_is_below_the_limit():
    seen = []
    plot_decision_regions(lambda p: seen.append(len(p)) or by_sign(p), SQUARE, SIDES)
    assert sum(seen) <= 90_000


@pytest.mark.parametrize("wrong", [1, 301, 0, -5])
def test_fault_a_mesh_of_millions_of_points__more_is_an_error(wrong):
    with pytest.raises(ValueError, match=f"resolution must lie between 2 and 300; got {wrong}"):
        plot_decision_regions(by_sign, SQUARE, SIDES, resolution=wrong)


def test_decision_regions_of_a_model_on_every_backend(xp, rng):
    x, t = make_spiral(5, rng=rng, xp=xp, dtype="float32")
    model = TwoLayerNet(2, 4, 3, rng=rng, xp=xp, dtype="float32")
    ax = plot_decision_regions(model.predict, x, t, resolution=10)
    assert ax.images[0].get_array().shape == (10, 10)


def test_loss_curves_count_epochs_from_1():
    ax = plot_loss([3.0, 2.0, 1.0], (2.0, 2.0), labels=["training", "held out"])
    assert [line.get_xydata().tolist() for line in ax.lines] == [
        [[1, 3], [2, 2], [3, 1]],
        [[1, 2], [2, 2]],
    ]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["training", "held out"]
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_ylim()[0]) == ("epoch", "loss", 0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: plot_dataset(np.zeros((4, 3)), SIDES),
            r"x must have shape \(N, 2\) .*got \(4, 3\)",
        ),
        (lambda: plot_dataset(np.zeros(4), SIDES), r"x must have shape \(N, 2\) .*got \(4,\)"),
        (lambda: plot_dataset(SQUARE, SIDES[:3]), r"t must .* shape \(4,\); got \(3,\)"),
        (lambda: plot_loss([1.0], labels=["a", "b"]), "labels must name 1 curves; got 2 labels"),
    ],
)
def test_plots_refuse_what_they_cannot_draw(call, message):
    with pytest.raises(ValueError, match=message):
        call()
    assert plt.get_fignums() == []  # and leave no empty figure behind


def test_the_style_of_the_book_can_be_used():
    with plt.style.context(STYLE):
        assert plt.rcParams["svg.hashsalt"] == "nnlib"
        assert plt.rcParams["axes.prop_cycle"].by_key()["color"] == COLORS
        assert not plt.rcParams["axes.spines.top"]
