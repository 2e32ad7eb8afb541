"""Break the gradient, section 1.3.5: choose a mistake and see who notices, the check or the loss.

The gradients are those of one small layer, the losses those of a network trained on the spiral.
"""

import functools
import inspect
from html import escape
from typing import Any

import numpy as np

from nnbook.explorer.explore import Explorer, explore
from nnbook.mistakes import MISTAKES, train
from nnbook.palette import light
from nnlib.gradient_check import GradientReport, check_gradients
from nnlib.layers import Affine, ReLU
from nnlib.losses import SoftmaxWithLoss

__all__ = ["break_the_gradient", "check_example"]

NONE = "no mistake"
NAMES = {"input 0": "dx", "params[0]": "dW", "params[1]": "db"}
IN_TRAINING = {
    NONE: "The loss falls, and 96 % of the points find their class.",
    "transpose dropped": "It learns, but slower: the layers below are sent a wrong message.",
    "sign flipped": "The weights walk downhill, the biases uphill. The biases win.",
    "1/N forgotten": "Every step is 10 times too long, which is even good here, by luck.",
    "sum over the wrong axis": "Hardly a difference. Only the check sees this mistake.",
    "ReLU's slope from its output": "It learns a little and then no more.",
    "dW = … instead of dW[...] = …": "Nothing moves; the weights stay as they were drawn.",
}
WIDTH, HEIGHT, LOW, HIGH = 320, 140, 0.05, 100.0
SOLID, DASHED = light("class-0"), light("class-1")  # where there is no stylesheet


def break_the_gradient() -> Explorer:
    """Return the explorer: one frame for each mistake, and one for none."""
    return explore(
        _draw,
        caption="Left what backward computes, right what small steps measure; entries that differ "
        "are lit and marked ✗. Below, the same mistake in a 2-10-10-3 network on 300 points.",
        mistake=["transpose dropped", NONE, *list(MISTAKES)[1:]],
    )


def check_example(mistake: type | None) -> GradientReport:
    """Check a 3-3 layer, or a loss, that holds a mistake of `nnbook.mistakes`, or None."""
    rng = np.random.default_rng(5)
    x, W, b = rng.standard_normal((3, 3)), rng.standard_normal((3, 3)), rng.standard_normal(3)
    kind: Any = mistake or Affine
    if issubclass(kind, SoftmaxWithLoss):
        return check_gradients(kind(), x, np.array([0, 2, 1]), rng=rng)
    return check_gradients(kind() if issubclass(kind, ReLU) else kind(W, b), x, rng=rng)


@functools.cache
def _curve(mistake):
    return train(mistake).history.loss


def _draw(mistake):
    kind = MISTAKES.get(mistake)
    report = check_example(kind)
    faults = [c for c in report.comparisons if c.relative_error > report.tolerance]
    wrong = " and ".join(NAMES[c.name] for c in faults)
    verdict = f"✗ wrong: {wrong}" if faults else "✓ all gradients agree with central differences"
    right, faulty = _curve(None), _curve(kind)
    ends = f"right {right[-1]:.2f}" + (f", with the mistake {faulty[-1]:.2f}" if kind else "")
    return (
        f'<pre class="nn-code">{escape(_lines(kind))}</pre>'
        + "".join(_compare(each, each in faults) for each in report.comparisons)
        + f"<p><code>check_gradients</code>: <strong>{verdict}</strong></p>"
        + _chart(right, faulty if kind else None)
        + f"<p>Loss after {len(right)} epochs: <strong>{ends}</strong>. {IN_TRAINING[mistake]}</p>"
    )


def _lines(kind):
    """Return the lines of source that hold the mistake; each has its right form in a comment."""
    if kind is None:
        return "dW[...] = x.T @ dout\ndb[...] = dout.sum(axis=0)\nreturn dout @ W.T"
    lines = inspect.getsource(kind.backward).split("\n")
    marked = [line.strip().replace("noqa: F841 - ", "") for line in lines if "right: " in line]
    return "\n".join(marked)


def _compare(comparison, is_wrong):
    """Return two tables side by side, what was computed and what was measured."""
    analytic, numerical = map(np.atleast_2d, (comparison.analytic, comparison.numerical))
    differs = ~np.isclose(analytic, numerical, rtol=1e-6, atol=1e-6) & is_wrong
    name = NAMES[comparison.name]
    return (
        '<div class="nn-pair">'
        + _table(f"{name} from backward", analytic, differs, "✗ ")
        + _table(f"{name} measured", numerical, differs, "")
        + "</div>"
    )


def _table(caption, rows, differs, mark):
    head = "".join(f'<th scope="col">{j}</th>' for j in range(rows.shape[1]))
    body = "".join(
        f'<tr><th scope="row">{i}</th>'
        + "".join(map(functools.partial(_cell, mark), row, differs[i]))
        + "</tr>"
        for i, row in enumerate(rows)
    )
    return (
        f'<table class="nn-numbers"><caption>{caption}</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(mark, value, lit):
    text = f"{value + 0.0:.2f}".replace("-", "−")
    return f'<td class="nn-lit"><b>{mark}{text}</b></td>' if lit else f"<td>{text}</td>"


def _chart(right, faulty):
    """Draw the losses of both runs, with a scale on which every tick is ten times the one below."""

    def place(loss):
        return HEIGHT - 20 - (HEIGHT - 30) * np.log(loss / LOW) / np.log(HIGH / LOW)

    def curve(losses, number, colour, dashes):
        points = " ".join(f"{30 + 280 * i / 59:.0f},{place(y):.0f}" for i, y in enumerate(losses))
        return (
            f'<polyline class="nn-curve nn-curve-{number}" points="{points}" fill="none" '
            f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
        )

    ticks = "".join(
        f'<path d="M30 {place(y):.0f}H310" stroke="currentColor" opacity="0.2"/>'
        f'<text x="26" y="{place(y) + 4:.0f}" text-anchor="end">{y:g}</text>'
        for y in (0.1, 1, 10, 100)
    )
    label = "Loss over 60 epochs, solid without a mistake"
    curves = curve(right, 0, SOLID, "none")
    if faulty:
        label += f", dashed with it: from {faulty[0]:.2f} to {faulty[-1]:.2f}"
        curves += curve(faulty, 1, DASHED, "6 3")
    return (
        f'<svg class="nn-chart nn-losses" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'role="img" aria-label="{label}" fill="currentColor" font-size="12">{ticks}'
        f'<text x="310" y="{HEIGHT - 4}" text-anchor="end">loss, 60 epochs: '
        f"solid right{', dashed wrong' if faulty else ''}</text>{curves}</svg>"
    )
