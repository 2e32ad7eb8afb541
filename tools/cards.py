"""Draw the pictures of the cards on the landing page: one for each chapter, as SVG.

    python tools/cards.py

They are drawn by the functions that draw the chapters, from the same numbers. The landing page
takes them in, and its light or dark mode gives them their colours.
"""

import functools
import io
import re
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from nnbook.drawing import STYLE, draw_arrays, draw_graph, draw_network
from nnbook.drawing.plots import plot_dataset, plot_loss
from nnbook.drawing.svg import fit_page
from nnbook.palette import COLORS, LINE, light, paint
from nnlib import SGD, Add, Graph, Multiply, Trainer, TwoLayerNet, make_spiral

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "cards"
SIZE = (4.0, 2.0)  # of a chart, in inches
CLASSES = range(3)
CHARTS = {**STYLE, "axes.grid": False, "savefig.bbox": None}  # every chart keeps its margins
SHORTER = [
    (re.compile(r' (?:class|clip-path|data-nn-\w+)="[^"]*"'), ""),
    (re.compile(r"<defs><clipPath.*?</defs>"), ""),
    (re.compile(r"<g>(<(?:path|use) [^>]*/>)</g>"), r"\1"),
    (re.compile(r"(?<=[\d.]) ?([LQZ]) ?(?=[\d\"-])"), r"\1"),  # blanks in a path
]
OPENING = re.compile(r"<svg[^>]*>")
VIEW = re.compile(r'viewBox="[^"]*"')
LOOK = "font: 13px sans-serif; fill: currentColor; stroke-linejoin: round"
NAMESPACES = (
    'xmlns="http://www.w3.org/2000/svg"',
    'xmlns:xlink="http://www.w3.org/1999/xlink"',
)


def draw_sum():
    """1.1: a row is copied down and added to a matrix."""
    x, row = np.array([[1, 2], [3, 4], [5, 6]]), np.array([10, 20])
    copied = [(2, i, j) for i in (1, 2) for j in (0, 1)]
    return draw_arrays(x, "+", np.broadcast_to(row, x.shape), "=", x + row, highlight=copied)


def draw_neurons():
    """1.2: a network with its weights."""
    model = TwoLayerNet(2, 4, 3, weight_scale=1.0, rng=np.random.default_rng(0))
    W1, _, W2, _ = model.params
    return draw_network([2, 4, 3], weights=[W1, W2])


def draw_training():
    """1.3: the loss of a training, and that of a guess among three classes."""
    _, losses, _, _ = trained()
    ax = plot_loss(losses, ax=_empty_axes())
    ax.axhline(np.log(3), color=LINE, linestyle=":", linewidth=1.5)
    return _without_numbers(ax)


def draw_slope():
    """1.3.1: a curve and its tangent."""
    x, ends = np.linspace(-1.0, 5.2, 25), np.array([0.9, 5.2])
    ax = _empty_axes()
    ax.plot(x, x**2)
    ax.plot(ends, 9 + 6 * (ends - 3), color=COLORS[1])
    ax.plot(3, 9, "o", color=COLORS[1], markersize=9)
    return _without_numbers(ax)


def draw_gradients():
    """1.3.4: a graph with its values and gradients."""
    graph = Graph()
    a, b, c = map(graph.input, "abc")
    graph.apply(Multiply(), graph.apply(Add(), a, b, name="s"), c, name="y")
    graph.forward(a=2.0, b=3.0, c=4.0)
    graph.backward()
    return draw_graph(graph, direction="right")


def draw_descent():
    """1.3.6: how SGD crosses a long valley on its way down."""
    curvature, w, optimizer = np.array([1.0, 10.0]), np.array([-4.0, 1.5]), SGD(0.18)
    path = [w.copy()]
    for _ in range(20):
        optimizer.update([w], [curvature * w])
        path.append(w.copy())
    ax = _empty_axes()
    around = np.linspace(0, 2 * np.pi, 49)
    for level in (1, 4, 12):
        radius = np.sqrt(2 * level / curvature)
        ellipse = radius[0] * np.cos(around), radius[1] * np.sin(around)
        ax.plot(*ellipse, color=light("line"), linewidth=1)
    ax.plot(*np.transpose(path), "o-", color=COLORS[1], linewidth=1.5, markersize=5)
    return _bare(ax)


def draw_regions():
    """1.4: what the trained network answers in the plane of the spiral."""
    model, _, x, t = trained()
    ax = plot_dataset(x[::6], t[::6], ax=_empty_axes())
    ax.get_legend().remove()
    ax.set(xlim=(-2.1, 2.1), ylim=(-1.05, 1.05))
    columns, rows = np.linspace(-2.1, 2.1, 61), np.linspace(-1.05, 1.05, 31)
    grid = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    scores = model.predict(grid).reshape(len(rows), len(columns), len(CLASSES))
    for k in CLASSES:
        lead = scores[..., k] - np.delete(scores, k, axis=-1).max(axis=-1)
        ax.contourf(columns, rows, lead, levels=[0, 1e9], colors=[_region(k)], zorder=0)
    return _bare(ax)


def draw_bits():
    """1.5: sign, exponent and fraction of three types of numbers."""
    ax = _empty_axes()
    for row, (exponent, fraction) in enumerate([(5, 10), (8, 23), (11, 52)]):
        lefts, widths = [0, 1, 1 + exponent], [1, exponent, fraction]
        ax.barh(row, widths, left=lefts, height=0.6, color=[LINE, COLORS[0], COLORS[2]])
    ax.set(xticks=[], yticks=range(3), yticklabels=["16 bits", "32 bits", "64 bits"])
    ax.tick_params(length=0, labelsize=15)
    ax.spines[:].set_visible(False)
    ax.set_position((0.25, 0.05, 0.73, 0.9))
    return ax


def draw_both_ways():
    """1.6: values go forward through the layers, gradients go back."""
    ax = _empty_axes()
    frame = {"boxstyle": "round,pad=0.4", "facecolor": light("box"), "edgecolor": COLORS[0]}
    for place, layer in enumerate(["Affine", "Sigmoid", "Affine", "  Loss  "]):
        words = {"rotation": 90, "ha": "center", "va": "center", "fontsize": 15}
        ax.text(place, 0, layer, bbox=frame, **words)
    for place in range(3):
        ways = [
            ((place + 0.75, 0.3), (place + 0.25, 0.3)),
            ((place + 0.25, -0.3), (place + 0.75, -0.3)),
        ]
        for (end, start), color in zip(ways, COLORS, strict=False):
            look = {"arrowstyle": "->", "color": color, "linewidth": 2}
            ax.annotate("", end, start, arrowprops=look)
    ax.set(xlim=(-0.4, 3.4), ylim=(-1, 1))
    return _bare(ax)


PICTURES = {
    "1_1_math_and_python": draw_sum,
    "1_2_inference": draw_neurons,
    "1_3_training": draw_training,
    "1_3_1_loss_and_gradients": draw_slope,
    "1_3_4_backpropagation": draw_gradients,
    "1_3_6_weight_update": draw_descent,
    "1_4_spiral": draw_regions,
    "1_5_speed": draw_bits,
    "1_6_summary": draw_both_ways,
}


@functools.cache
def trained():
    """Train the network of section 1.4, and return it with its losses and its data."""
    x, t = make_spiral(rng=np.random.default_rng(1984))
    rng = np.random.default_rng(0)
    model = TwoLayerNet(2, 10, 3, rng=rng)
    history = Trainer(model, SGD(1.0), rng=rng).fit(x, t, max_epoch=300, batch_size=30)
    return model, history.loss[::4], x, t


def picture(name):
    """Return the picture of a chapter's card as text; the same chapter always gives the same."""
    with plt.style.context(CHARTS):
        return decorative(_to_svg(PICTURES[name]()))


def decorative(svg):
    """Return an SVG that says nothing to a screen reader and takes all its colours from a page."""
    for k in CLASSES:
        for name in (f"class-{k}", f"region-{k}"):
            svg = svg.replace(_hexadecimal(light(name)), paint(name))
    svg = svg.replace(light("line"), paint("line"))
    view = VIEW.search(svg)[0]
    opening = f'<svg {" ".join(NAMESPACES)} {view} aria-hidden="true" style="{LOOK}">'
    for pattern, kept in SHORTER:
        svg = pattern.sub(kept, svg)
    return OPENING.sub(opening, svg, count=1) + "\n"


def _to_svg(drawn):
    """Return a drawing as SVG, and close it."""
    if hasattr(drawn, "html"):
        return drawn.html
    with io.StringIO() as text:
        drawn.figure.savefig(text, format="svg", metadata={"Date": None})
        plt.close(drawn.figure)
        return fit_page(text.getvalue())


def _hexadecimal(color):
    """Write a colour as Matplotlib does."""
    numbers = re.findall(r"\d+", color) if color.startswith("rgb") else []
    return f"#{bytes(map(int, numbers)).hex()}" if numbers else color


def _region(k):
    return _hexadecimal(light(f"region-{k}"))


def _empty_axes():
    return plt.figure(figsize=SIZE).add_axes((0.03, 0.05, 0.94, 0.9))


def _without_numbers(ax):
    ax.set(xticks=[], yticks=[], xlabel="", ylabel="")
    return ax


def _bare(ax):
    ax.axis("off")
    return ax


def main(folder=FOLDER):
    """Write every picture, and say how large it is."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        text = picture(name)
        (folder / f"{name}.svg").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}.svg: {len(text.encode()) / 1000:.1f} kB\n")


if __name__ == "__main__":
    main()
