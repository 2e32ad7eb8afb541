"""The graph stepper: what it shows is computed again here, with plain NumPy, number by number."""

import inspect
import json
import re
from html import unescape
from xml.etree import ElementTree

import numpy as np
import pytest

from nnbook.source import working_lines
from nnbook.stepper import GraphStepper
from nnbook.stepper.derivations import DERIVATIONS
from nnbook.stepper.graph_stepper import known_from
from nnbook.stepper.inputs import changed_inputs, describe_inputs
from nnlib import layers
from nnlib.graph import Graph
from nnlib.layers import Affine, ReLU, Sigmoid, Tanh
from nnlib.losses import Loss, MeanSquaredError, SigmoidWithLoss, SoftmaxWithLoss
from nnlib.models import Sequential, TwoLayerNet
from nnlib.nodes import Add, Branch, MatMul, Multiply, Node, Repeat, Sum

LIVE = "application/vnd.jupyter.widget-view+json"

# ---------------------------------------------------------------- graphs, and their numbers again
#
# Each function returns a stepper and what it must show: an array for every name, or for
# (name of the node's first output, name) where two nodes use the same name.


def pay():
    graph = Graph()
    walked = graph.apply(Multiply(), graph.input("speed"), graph.input("hours"), name="walked")
    total = graph.apply(Add(), walked, graph.input("cycled"), name="km")
    graph.apply(Multiply(), total, graph.input("rate"), name="earned")
    given = {"speed": 4.0, "hours": 2.5, "cycled": 15.3, "rate": -0.7}
    stepper = GraphStepper(graph, **given)
    speed, hours, cycled, rate = given.values()
    km = speed * hours + cycled
    expected = given | {"walked": speed * hours, "km": km, "earned": km * rate, "dearned": 1.0}
    expected |= {"dkm": rate, "drate": km, "dcycled": rate, "dwalked": rate}
    return stepper, expected | {"dspeed": rate * hours, "dhours": rate * speed}


def branch():
    graph = Graph()
    one, two, three = graph.apply(Branch(3), graph.input("x"), name="x")
    square = graph.apply(Multiply(), one, two, name="square")
    graph.apply(Add(), square, three, name="z")
    rng = np.random.default_rng(1)
    x, dz = rng.standard_normal((2, 3)), rng.standard_normal((2, 3))
    expected = {"x": x, "x_1": x, "x_2": x, "x_3": x, "square": x * x, "z": x * x + x, "dz": dz}
    expected |= {"dsquare": dz, "dx_3": dz, "dx_1": dz * x, "dx_2": dz * x}
    return GraphStepper(graph, x=x, dout=dz), expected | {"dx": dz * x + dz * x + dz}


def affine_of_nodes():
    graph = Graph()
    product = graph.apply(MatMul(), graph.input("x"), graph.input("W"), name="xW")
    rows = graph.apply(Repeat(3), graph.input("b"), name="B")
    graph.apply(Add(), product, rows, name="y")
    rng = np.random.default_rng(2)
    x, W, b, dy = (rng.standard_normal(shape) for shape in [(3, 2), (2, 4), (4,), (3, 4)])
    B = np.array([b, b, b])
    expected = {"x": x, "x.T": x.T, "W": W, "W.T": W.T, "b": b, "B": B, "xW": x @ W, "y": x @ W + B}
    expected |= {"dy": dy, "dxW": dy, "dB": dy, "db": dy[0] + dy[1] + dy[2]}
    expected |= {"dx": np.einsum("nh,dh->nd", dy, W), "dW": np.einsum("nd,nh->dh", x, dy)}
    return GraphStepper(graph, x=x, W=W, b=b, dout=dy), expected


def softmax_of(s):
    return np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)


def two_layers(rng, samples=3, sizes=(2, 4, 3)):
    """Return the arrays of a whole network and their gradients, from plain formulas."""
    inputs, hidden, classes = sizes
    x, W1, W2 = (rng.standard_normal(shape) for shape in
                 [(samples, inputs), (inputs, hidden), (hidden, classes)])  # fmt: skip
    b1, b2, t = rng.standard_normal(hidden), rng.standard_normal(classes), np.arange(samples) % 3
    h = x @ W1 + b1
    a = 1 / (1 + np.exp(-h))
    s = a @ W2 + b2
    y, target = softmax_of(s), np.eye(classes)[t]
    L = -np.log(y[np.arange(samples), t]).mean()
    ds = (y - target) / samples
    da = ds @ W2.T
    dh = da * a * (1 - a)
    return {
        "x": x, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "t": t,
        "h": h, "a": a, "a × (1 - a)": a * (1 - a), "s": s, "y": y, "L": L, "dL": 1.0,
        "ds": ds, "da": da, "dh": dh, "dx": dh @ W1.T, "x.T": x.T, "a.T": a.T,
        "dW1": x.T @ dh, "db1": dh.sum(axis=0), "dW2": a.T @ ds, "db2": ds.sum(axis=0),
        ("L", "t"): [t, target],
    }  # fmt: skip


def network():
    n = two_layers(np.random.default_rng(3))
    first, second = Affine(n["W1"], n["b1"]), Affine(n["W2"], n["b2"])
    stepper = GraphStepper(
        Sequential([first, Sigmoid(), second], SoftmaxWithLoss()), x=n["x"], t=n["t"]
    )
    for call, i in (("h", 1), ("s", 2)):
        n |= {(call, "W"): n[f"W{i}"], (call, "W.T"): n[f"W{i}"].T, (call, "b"): n[f"b{i}"]}
        n |= {(call, "dW"): n[f"dW{i}"], (call, "db"): n[f"db{i}"]}
    return stepper, n


def network_of_nodes():
    n = two_layers(np.random.default_rng(4))
    graph = Graph()
    wire = graph.input("x")
    for i, out in ((1, "h"), (2, "s")):
        product = graph.apply(MatMul(), wire, graph.input(f"W{i}"), name=f"P{i}")
        rows = graph.apply(Repeat(3), graph.input(f"b{i}"), name=f"B{i}")
        wire = graph.apply(Add(), product, rows, name=out)
        if i == 1:
            wire = graph.apply(Sigmoid(), wire, name="a")
        n |= {f"B{i}": np.tile(n[f"b{i}"], (3, 1)), f"dB{i}": n[f"d{out}"], f"dP{i}": n[f"d{out}"]}
        n |= {f"W{i}.T": n[f"W{i}"].T}
    n |= {"P1": n["x"] @ n["W1"], "P2": n["a"] @ n["W2"]}
    graph.apply(SoftmaxWithLoss(), wire, graph.input("t"), name="L")
    given = {name: n[name] for name in ("x", "W1", "b1", "W2", "b2", "t")}
    return GraphStepper(graph, **given), n


def squared_error():
    graph = Graph()
    rectified = graph.apply(ReLU(), graph.input("x"), name="r")
    graph.apply(
        MeanSquaredError(), graph.apply(Sum(), rectified, name="s"), graph.input("t"), name="L"
    )
    rng = np.random.default_rng(5)
    x, t = rng.standard_normal((3, 4)), rng.standard_normal(4)
    r = np.where(x > 0, x, 0)
    s = r[0] + r[1] + r[2]
    ds = 0.5 * 2 * (s - t) / 4
    expected = {"x": x, "r": r, "s": s, "t": t, "L": ((s - t) ** 2).sum() / 4, "dL": 0.5, "ds": ds}
    expected |= {"dr": np.array([ds, ds, ds]), "dx": (x > 0) * ds, "(x > 0)": (x > 0) * 1}
    return GraphStepper(graph, x=x, t=t, dout=0.5), expected


def tangent():
    graph = Graph()
    y = graph.apply(Tanh(), graph.input("x"), name="y")
    graph.apply(MeanSquaredError(), y, graph.input("t"), name="L")
    rng = np.random.default_rng(8)
    x, t = rng.standard_normal((2, 3)), rng.standard_normal((2, 3))
    y = (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)
    dy = 2 * (y - t) / 6
    expected = {"x": x, "y": y, "t": t, "L": ((y - t) ** 2).sum() / 6, "dL": 1.0, "dy": dy}
    expected |= {"dx": dy * (1 - y**2), "1 - y²": 1 - y**2}
    return GraphStepper(graph, x=x, t=t), expected


def yes_or_no():
    graph = Graph()
    product = graph.apply(MatMul(), graph.input("x"), graph.input("W"), name="y")
    graph.apply(SigmoidWithLoss(), product, graph.input("t"), name="L")
    x, t = np.array([[1.0, 2.0], [0.3, -1.2]]), np.array([[1], [0]])
    W = np.array([[1.5], [-0.5]])
    y = x @ W
    p = 1 / (1 + np.exp(-y))
    dy = (p - t) / 2
    expected = {"x": x, "x.T": x.T, "W": W, "W.T": W.T, "y": y, "p": p, "t": t, "dL": 1.0, "dy": dy}
    expected |= {"L": -(np.log(p[0, 0]) + np.log(1 - p[1, 0])) / 2, "dx": dy @ W.T, "dW": x.T @ dy}
    return GraphStepper(graph, x=x, W=W, t=t), expected


def large():
    n = two_layers(np.random.default_rng(6), samples=30, sizes=(2, 10, 3))
    first, second = Affine(n["W1"], n["b1"]), Affine(n["W2"], n["b2"])
    stepper = GraphStepper(
        Sequential([first, Sigmoid(), second], SoftmaxWithLoss()), x=n["x"], t=n["t"]
    )
    for call, i in (("h", 1), ("s", 2)):
        n |= {(call, "W"): n[f"W{i}"], (call, "W.T"): n[f"W{i}"].T, (call, "b"): n[f"b{i}"]}
        n |= {(call, "dW"): n[f"dW{i}"], (call, "db"): n[f"db{i}"]}
    return stepper, n


CASES = [pay, branch, affine_of_nodes, network, network_of_nodes]
CASES += [squared_error, tangent, yes_or_no, large]
each_case = pytest.mark.parametrize("case", CASES)


def rounded(value):
    """Write a number as it should be shown."""
    return "0" if float(f"{value:.4g}") == 0 else f"{value:.4g}"


def items_of(frame):
    terms = [term for equation in frame["equations"] for term in equation["terms"]]
    items = frame["reads"] + frame["writes"] + frame["fills"]
    return items + [term for term in terms if isinstance(term, dict)]


def expected_of(expected, frame, stepper, name):
    """Return the arrays that may stand under a name in a frame (labels may also be one-hot)."""
    name = name.split(" = ")[0]
    call = stepper.graph.calls[frame["node"]].outputs[0].name
    value = expected.get((call, name), expected.get(name))
    assert value is not None, f"{name} is shown at {call}, but not expected"
    return [np.asarray(each) for each in (value if isinstance(value, list) else [value])]


@each_case
def test_every_number_that_is_shown_is_right(case):
    stepper, expected = case()
    seen = 0
    for frame in stepper.frames[1:]:
        for item in items_of(frame):
            wanted = expected_of(expected, frame, stepper, item["name"])
            wanted = [each for each in wanted if str(each.shape) == item["shape"]]
            assert wanted, item
            if "rows" in item:
                texts = [rounded(value) for value in wanted[0].ravel()]
                assert [text for row in item["rows"] for text in row] == texts, item
                seen += len(texts)
    assert seen >= 12 or case is large


@each_case
def test_every_array_in_the_record_is_right(case):
    stepper, expected = case()
    for frame, explanation in zip(stepper.frames[1:], stepper.explanations, strict=True):
        terms = [term for each in explanation.equations for term in each.terms]
        items = [*explanation.reads, *explanation.writes, *explanation.fills]
        for item in items + [term for term in terms if not isinstance(term, str)]:
            wanted = expected_of(expected, frame, stepper, item.name)
            wanted = [each for each in wanted if each.shape == item.array.shape]
            np.testing.assert_allclose(item.array, wanted[0], rtol=1e-9, atol=1e-12)


@each_case
def test_worked_entries_are_made_of_the_numbers_they_name(case):
    stepper, expected = case()
    for frame, explanation in zip(stepper.frames[1:], stepper.explanations, strict=True):
        for shown, equation in zip(frame["equations"], explanation.equations, strict=True):
            name, place = shown["name"], tuple(shown["place"])
            result = expected_of(expected, frame, stepper, name)[-1]
            assert name == equation.formula.split(" = ")[0].split("[")[0]
            assert shown["numbers"] == equation.worked[place]
            assert shown["result"] == rounded(result[place])
            small = result.size <= 20
            assert set(equation.worked) == (set(np.ndindex(result.shape)) if small else {place})
            if "worked" in shown:
                assert [text for row in shown["worked"] for text in row] == list(
                    equation.worked.values()
                )
            for entry, numbers in equation.worked.items():
                if "…" not in numbers:
                    assert_close_after_rounding(numbers, result[entry])
                assert_numbers_are_marked(shown, entry, numbers)


def assert_close_after_rounding(numbers, result):
    """Compute the plugged-in text and compare; each of its numbers is rounded to four digits."""
    names = {"exp": np.exp, "tanh": np.tanh, "log": np.log, "max": max}
    text = numbers.replace("×", "*").replace("²", "**2")
    rounding = 5e-4 * sum(abs(float(each)) for each in re.findall(r"\d+\.?\d*(?:e[-+]\d+)?", text))
    assert abs(eval(text, names) - result) <= rounding + 5e-4 * abs(result), (numbers, result)


def assert_numbers_are_marked(equation, entry, numbers):
    """Every number of a worked entry stands in a marked cell, or is a constant of the formula."""
    items = [term for term in equation["terms"][1:] if isinstance(term, dict)]
    is_slope = lambda name: "(1 -" in name or name == "1 - y²"  # noqa: E731
    if not items or any("rows" not in item or is_slope(item["name"]) for item in items):
        return  # a factor y (1 - y) or 1 - y² is shown as one array
    signs = " ".join(term for term in equation["terms"] if isinstance(term, str))
    allowed = set(re.findall(r"[\d.]+", signs)) | {"0", "1", "2"}
    i, j = (0, 0, *entry)[-2:]
    for item in items:
        cells = np.array(item["rows"], dtype=object)
        used = {"row": (i, slice(None)), "column": (slice(None), j), "entry": (i % len(cells), j)}
        texts = np.ravel(cells[used[item["mark"]]] if "mark" in item else cells)
        allowed |= {text.removeprefix("-") for text in texts}
        if "mark" not in item:  # the chance of a no, 1 - y
            allowed |= {f"{1 - float(t):.{digits}g}" for t in texts for digits in (1, 2, 3, 4)}
    found = set(re.findall(r"\d+\.?\d*(?:e[-+]\d+)?", numbers))
    assert found <= allowed, (numbers, found - allowed)


def test_a_matrix_product_is_a_row_times_a_column():
    stepper, n = affine_of_nodes()
    dx, dW = stepper.frames[-1]["equations"]
    assert (dx["formula"], dW["formula"]) == ("dx = dxW @ W.T", "dW = x.T @ dxW")
    signed = lambda value: f"({rounded(value)})" if value < 0 else rounded(value)  # noqa: E731
    pairs = zip(n["x"][:, 0], n["dy"][:, 1], strict=True)
    assert dW["numbers"] == " + ".join(f"{signed(a)} × {signed(b)}" for a, b in pairs)
    assert (dW["name"], dW["place"]) == ("dW", [0, 1])
    assert [term.get("mark") for term in dW["terms"] if isinstance(term, dict)] == [
        "entry",
        "row",
        "column",
    ]


def test_probabilities_have_a_name_that_no_wire_has():
    graph, x, t = Graph(), np.array([[1.0, 2.0]]), np.array([0])
    graph.apply(SoftmaxWithLoss(), graph.input("x"), graph.input("t"), name="y")
    forward = GraphStepper(graph, x=x, t=t).frames[1]
    formulas = [equation["formula"] for equation in forward["equations"]]
    assert formulas == ["p = softmax(x)", "y = -∑ t × log(p) / N"]


def test_wires_may_have_any_name():
    names = ["lambda", "learning rate", "<b>", '"w"']
    graph = Graph()
    parts = [
        graph.apply(Multiply(), *map(graph.input, pair), name=f"{pair[0]} & co")
        for pair in (names[:2], names[2:])
    ]
    graph.apply(Add(), *parts, name="class")
    stepper = GraphStepper(graph, **dict(zip(names, [2.0, 3.0, 5.0, 7.0], strict=True)))
    drawn = [text for _, _, text in texts_of(stepper.svg())]
    assert drawn[:8:2] == ["lambda = 2", "learning rate = 3", "<b> = 5", '"w" = 7']
    assert drawn[1:8:2] == ["↑ 3", "↑ 2", "↑ 7", "↑ 5"]
    ElementTree.fromstring(stepper.svg())
    last = stepper.frames[-1]["equations"]
    assert [equation["formula"] for equation in last] == [
        "dlambda = dlambda & co × learning rate",
        "dlearning rate = dlambda & co × lambda",
    ]
    figure = stepper.to_html()
    assert "<b>" not in figure[: figure.index("<script")]


def test_worked_example():
    """At z = x y with x = 2, y = 3 and the upstream gradient 10: dx = 10·3 and dy = 10·2."""
    graph = Graph()
    graph.apply(Multiply(), graph.input("x"), graph.input("y"), name="z")
    start, forward, backward = GraphStepper(graph, x=2.0, y=3.0, dout=10.0).frames
    assert [item["rows"] for item in start["reads"]] == [[["2"]], [["3"]]]
    assert forward["equations"][0]["numbers"] == "2 × 3"
    assert backward["local"] == ["∂z/∂x = y", "∂z/∂y = x"]
    assert [(e["formula"], e["numbers"], e["result"]) for e in backward["equations"]] == [
        ("dx = dz × y", "10 × 3", "30"),
        ("dy = dz × x", "10 × 2", "20"),
    ]
    assert backward["meaning"] == {"a": "x", "b": "y", "dout": "dz"}


# ---------------------------------------------------------------- the drawing


TEXT = re.compile(r'<text class="nn-(value|gradient)" data-nn-from="(\d+)"[^>]*>(.*?)</text>')


def texts_of(svg):
    """Return what is written beside the wires, in order: kind, first step, text."""
    found = TEXT.findall(svg.replace("\u2007", " "))
    return [(kind, int(step), unescape(re.sub("<.*?>", "", text))) for kind, step, text in found]


def says(text, value):
    """Tell whether a text gives a value: all numbers if they are few, else the shape."""
    value = np.asarray(value)
    numbers = [rounded(each) for each in value.ravel()]
    if text == str(value.shape):
        return value.size > 4 or max(map(len, text_rows(numbers, value.shape))) > 20
    return re.findall(r"-?[\d.]+(?:e[-+]\d+)?", text) == numbers


def text_rows(numbers, shape):
    rows = np.array(numbers, dtype=object).reshape(-1, shape[-1])
    widths = [max(map(len, column)) for column in rows.T]
    return [" ".join(map(str.rjust, row, widths)) for row in rows]


def test_a_wire_is_known_from_the_step_that_writes_it():
    graph = Graph()
    one, two = graph.apply(Branch(), graph.input("x"), name="u")
    graph.apply(MeanSquaredError(), graph.apply(Add(), one, two, name="y"), graph.input("t"))
    assert known_from(graph.steps) == ({}, {})
    graph.forward(x=np.ones(2), t=np.ones(2))
    values = {"x": 0, "t": 0, "u_1": 1, "u_2": 1, "y": 2, "meansquarederror3": 3}
    assert known_from(graph.steps) == (values, {})
    graph.backward()
    gradients = {"meansquarederror3": 4, "y": 4, "u_1": 5, "u_2": 5, "x": 6}
    assert known_from(graph.steps) == (values, gradients)


@each_case
def test_the_drawing_shows_every_wire_from_the_right_step_on(case):
    stepper, expected = case()
    drawn = texts_of(stepper.svg())
    wires = [*stepper.graph.inputs, *(w for call in stepper.graph.calls for w in call.outputs)]
    known = {("value", wire.name): 0 for wire in stepper.graph.inputs}
    for number, step in enumerate(stepper.steps, start=1):
        if step.phase == "forward":
            known |= {("value", wire.name): number for wire in step.call.outputs}
        else:
            pairs = zip(step.call.inputs, step.sent, strict=True)
            passed_on = [wire for wire, array in pairs if array is not None]
            for wire in [*step.call.outputs, *passed_on]:
                known.setdefault(("gradient", wire.name), number)
    values = [each for each in drawn if each[0] == "value"]
    gradients = [each for each in drawn if each[0] == "gradient"]
    with_gradient = [wire.name for wire in wires if ("gradient", wire.name) in known]
    assert (len(values), len(gradients)) == (len(wires), len(with_gradient))
    for wire, (kind, step, text) in zip(wires, values, strict=True):
        value = (
            expected[("L", "t")][0]
            if wire.name == "t" and ("L", "t") in expected
            else expected[wire.name]
        )
        assert step == known[kind, wire.name]
        assert text.startswith(wire.name)
        assert says(text.removeprefix(wire.name).removeprefix(" =").strip(), value), text
    for name, (kind, step, text) in zip(with_gradient, gradients, strict=True):
        assert step == known[kind, name]
        assert says(text.removeprefix("↑").strip(), expected[f"d{name}"]), text


def test_the_drawing_follows_the_theme_and_has_no_ids():
    svg = network()[0].svg()
    assert " id=" not in svg
    assert 'role="img" aria-label="Affine → Sigmoid → Affine → SoftmaxWithLoss"' in svg
    for variable in ("--nn-box", "--nn-class-0", "--nn-class-1", "currentColor"):
        assert variable in svg
    assert GraphStepper(network()[0].graph, x=np.ones((3, 2)), t=[0, 1, 2], direction="right").svg()


# ---------------------------------------------------------------- the source


def all_nodes(base=Node):
    """Return every class of nodes in the library."""
    for each in base.__subclasses__():
        yield from all_nodes(each)
        if each.__module__.startswith("nnlib."):
            yield each


def test_every_node_of_the_library_is_explained():
    inside_a_layer = {layers.Layer, Loss, getattr(layers, "MatMul", None)}
    assert set(all_nodes()) - inside_a_layer == set(DERIVATIONS)


@pytest.mark.parametrize("kind", list(DERIVATIONS), ids=lambda k: f"{k.__module__}.{k.__name__}")
@pytest.mark.parametrize("phase", ["forward", "backward"])
def test_source_lines_are_those_of_the_file(kind, phase):
    node = kind.__new__(kind)
    shown = working_lines(getattr(node, phase))
    path = inspect.getsourcefile(kind)
    code = inspect.getsource(inspect.getmodule(kind)).split("\n")
    assert path.replace("\\", "/").endswith(shown["file"])
    assert shown["lines"]
    for number, text in shown["lines"]:
        assert text.strip() == code[number - 1].strip()
    assert any("return" in text for _, text in shown["lines"])
    assert not any("saved" in text or '"""' in text for _, text in shown["lines"])


def test_frames_carry_the_source_of_their_node():
    stepper, _ = network()
    for frame, step in zip(stepper.frames[1:], stepper.steps, strict=True):
        source = inspect.getsource(inspect.getmodule(type(step.call.node)))
        assert frame["file"] in ("nnlib/layers.py", "nnlib/losses.py")
        assert all(text.strip() in source for _, text in frame["lines"])
    assert stepper.frames[4]["lines"][0][1] == "log_y = log_softmax(x)"  # what a loss computes
    assert stepper.frames[6]["lines"][0][1] == "dW[...] = x.T @ dout"


# ---------------------------------------------------------------- readers' own nodes


class Double(Node):
    """A node that the library does not know."""

    def forward(self, x):
        return 2 * x

    def backward(self, dout):
        return 2 * dout


def test_an_unknown_node_is_shown_with_its_values():
    graph = Graph()
    graph.apply(Double(), graph.input("x"), name="y")
    stepper = GraphStepper(graph, x=[1.5, 2.0], dout=[1.0, -1.0])
    forward, backward = stepper.frames[1:]
    assert forward["equations"] == backward["equations"] == []
    assert [item["rows"] for item in forward["reads"] + forward["writes"]] == [
        [["1.5", "2"]],
        [["3", "4"]],
    ]
    assert backward["writes"][0]["rows"] == [["2", "-2"]]
    assert forward["lines"][0][1] == "return 2 * x"
    assert forward["file"].endswith("test_graph_stepper.py")


class Stretch(layers.Layer):
    """A layer whose parameters are not called W and b."""

    def __init__(self, gamma, beta, momentum=0.9):
        super().__init__(gamma, beta)

    def forward(self, x):
        return self.params[0] * x + self.params[1]

    def backward(self, dout):
        self.grads[0][...], self.grads[1][...] = 3.0, 4.0
        return self.params[0] * dout


class Shift(Stretch):
    """A layer that makes its parameters itself."""

    def __init__(self, size):
        super().__init__(np.ones(size), np.zeros(size))


@pytest.mark.parametrize(
    ("layer", "names"),
    [
        (Stretch(np.ones(2), np.zeros(2)), ["dgamma", "dbeta"]),
        (Shift(2), ["grads[0]", "grads[1]"]),
        (Affine(np.ones((2, 2)), np.zeros(2)), ["dW", "db"]),
        (Sigmoid(), []),
    ],
)
def test_gradients_in_a_layer_have_the_names_of_its_parameters(layer, names):
    graph = Graph()
    graph.apply(layer, graph.input("x"), name="y")
    x = np.ones((1, 2))
    (forward, backward) = GraphStepper(graph, x=x, dout=x).frames[1:]
    assert forward["fills"] == []
    assert [item["name"] for item in backward["fills"]] == names


def test_a_changed_node_is_not_explained_as_its_parent():
    class Wrong(Add):
        def forward(self, a, b):
            return super().forward(a, b) + 1

    graph = Graph()
    graph.apply(Wrong(), graph.input("a"), graph.input("b"), name="c")
    assert GraphStepper(graph, a=1.0, b=2.0).frames[1]["equations"] == []


@pytest.mark.parametrize("shape", [(), (1,), (3,), (1, 1), (4, 1), (2, 3, 4), (6, 2)])
@pytest.mark.parametrize(
    "kind", [Add, Multiply, Branch, Repeat, Sigmoid, Tanh, ReLU, MeanSquaredError]
)
def test_arrays_of_any_shape_can_be_shown(kind, shape):
    graph, rng = Graph(), np.random.default_rng(7)
    node = kind(2) if kind in (Branch, Repeat) else kind()
    names = {Add: "ab", Multiply: "ab", MeanSquaredError: "xt"}.get(kind, "x")
    graph.apply(node, *map(graph.input, names), name="y")
    given = {name: np.asarray(rng.standard_normal(shape)) for name in names}
    y = np.ones({Repeat: (2, *shape), MeanSquaredError: ()}.get(kind, shape))
    stepper = GraphStepper(graph, dout=(y, y) if kind is Branch else y, **given)
    assert all(frame["equations"] for frame in stepper.frames[1:])
    for explanation in stepper.explanations:
        for equation in explanation.equations:
            for place, numbers in equation.worked.items():
                if "…" not in numbers:
                    assert_close_after_rounding(numbers, equation.terms[0].array[place])
    assert stepper.to_html().endswith("</figure>")


def test_arrays_without_entries_and_with_three_axes_are_shown_by_shape():
    graph = Graph()
    graph.apply(Sum(), graph.apply(Repeat(2), graph.input("x"), name="r"), name="s")
    for shape in [(2, 3), (0, 3), (1,), (2, 3, 4)]:
        x = np.arange(np.prod(shape), dtype=float).reshape(shape)
        frames = GraphStepper(graph, x=x, dout=x).frames
        assert frames[-1]["writes"][0]["shape"] == str(shape)


def test_a_later_run_changes_nothing():
    model = TwoLayerNet(2, 4, 3, weight_scale=1.0, rng=np.random.default_rng(0))
    x, t = np.ones((3, 2)), np.array([0, 1, 2])
    stepper = GraphStepper(model, x=x, t=t)
    before = stepper.to_html()
    assert stepper.explanations[-1].fills[0].array == pytest.approx(model.grads[0])
    x[...] = 5.0
    for array in model.params + model.grads:
        array[...] = 7.0
    assert stepper.to_html() == before
    frames = json.dumps(stepper.frames)
    stepper.graph.forward(x=x, t=t)
    assert json.dumps(stepper.frames) == frames


def test_wires_of_a_model_are_named_as_in_the_book():
    layer = lambda rows, columns: Affine(np.ones((rows, columns)), np.zeros(columns))  # noqa: E731
    model = Sequential([layer(2, 4), Sigmoid(), layer(4, 3)], SoftmaxWithLoss())
    x, t = np.ones((1, 2)), np.array([0])
    names = [call.name for call in GraphStepper(model, x=x, t=t).graph.calls]
    assert names == ["h", "a", "s", "L"]
    deep = [layer(2, 4), Sigmoid(), layer(4, 4), ReLU(), layer(4, 3)]
    stepper = GraphStepper(Sequential(deep, SoftmaxWithLoss()), x=x, t=t)
    assert [call.name for call in stepper.graph.calls] == ["h1", "a2", "h3", "a4", "s", "L"]


# ---------------------------------------------------------------- bundles


def test_a_kernel_gets_the_live_widget(monkeypatch):
    monkeypatch.delenv("NNBOOK_STORE_OUTPUTS", raising=False)
    stepper, _ = pay()
    bundle = stepper._repr_mimebundle_()
    assert bundle["text/plain"] == "GraphStepper(Multiply, Add, Multiply)"
    assert LIVE in bundle
    assert "text/html" not in bundle
    settings = dict(stepper.to_widget().settings)
    assert [each["name"] for each in settings.pop("inputs")] == ["speed", "hours", "cycled", "rate"]
    assert settings == {"svg": stepper.svg(), "frames": stepper.frames, "caption": ""}


@each_case
def test_a_stored_output_repeats_to_the_byte(monkeypatch, case):
    monkeypatch.setenv("NNBOOK_STORE_OUTPUTS", "1")
    first, second = (case()[0]._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert set(first) == {"text/plain", "text/html"}
    html = first["text/html"]
    assert html.startswith('<figure class="nn-widget" data-nn-widget="stepper"')
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", html)


def test_a_caption_is_text():
    graph = Graph()
    graph.apply(Sigmoid(), graph.input("x"), name="y")
    html = GraphStepper(graph, x=np.array(0.5), caption="0 < y & y < 1").to_html()
    assert "<figcaption>0 &lt; y &amp; y &lt; 1</figcaption>" in html
    assert html.index("<svg") < html.index("<figcaption>")


# ---------------------------------------------------------------- the reader's own numbers


@pytest.fixture
def ask():
    """Return a function that asks a live stepper for a run on other inputs, for its answer."""

    def ask(widget, number=1, **inputs):
        sent = []
        widget.send = sent.append
        widget._asked(widget, {"number": number, "inputs": inputs}, [])
        (answer,) = sent
        assert answer["number"] == number
        return json.loads(json.dumps(answer))

    return ask


def test_what_can_be_changed_is_told_in_full_precision():
    graph = Graph()
    graph.apply(MatMul(), graph.input("x"), graph.input("W"), name="y")
    x, W = np.array([[1 / 3, 2.0]], dtype=np.float32), np.array([[0.1, 1e-9, -1 / 3], [3, 4, 5]])
    stepper = GraphStepper(graph, x=x, W=W, dout=np.ones((1, 3)))
    assert stepper.to_widget().settings["inputs"] == [
        {"name": "x", "shape": [1, 2], "rows": [["0.33333334", "2"]]},
        {"name": "W", "shape": [2, 3], "rows": [["0.1", "1e-09", "-0.3333333333333333"],
                                                ["3", "4", "5"]]},
    ]  # fmt: skip
    assert "inputs" not in stepper.to_html().split("data-nn-chunk")[0]


@pytest.mark.parametrize(
    ("shape", "fits"), [((5, 4), True), ((5, 5), False), ((6,), False), ((1, 2, 3), False)]
)
def test_only_small_arrays_of_numbers_can_be_changed(shape, fits):
    graph = Graph()
    graph.apply(Sigmoid(), graph.input("x"), name="y")
    widget = GraphStepper(graph, x=np.zeros(shape), dout=np.zeros(shape)).to_widget()
    assert [each["name"] for each in widget.settings["inputs"]] == ["x"] * fits
    assert describe_inputs({"x": np.zeros(2, dtype=bool), "y": np.ones(0)}) == []


def test_a_run_on_other_inputs_is_that_of_a_new_stepper(ask):
    stepper, _ = pay()
    answer = ask(stepper.to_widget(), 7, speed=3, rate=0.5)
    new = GraphStepper(stepper.graph, speed=3.0, hours=2.5, cycled=15.3, rate=0.5)
    assert answer == {"type": "frames", "number": 7, "svg": new.svg(), "frames": new.frames}


def test_the_upstream_gradient_and_the_direction_stay(ask):
    x, dout = np.array([1.0, 2.0]), np.array([5.0, 7.0])
    graph = Graph()
    graph.apply(Sigmoid(), graph.input("x"), name="y")
    stepper = GraphStepper(graph, x=x, dout=dout, direction="right")
    widget = stepper.to_widget()
    x[...], dout[...] = 9.0, 9.0
    answer = ask(widget)
    assert answer["frames"][0]["reads"][0]["rows"] == [["1", "2"]]
    assert answer["frames"][2]["equations"][0]["terms"][2]["rows"] == [["5", "7"]]
    assert answer["svg"] == stepper.svg()


def test_what_was_given_has_the_type_of_the_input():
    real = changed_inputs({"x": np.ones(2, dtype=np.float32)}, {"x": [1, 0.5]})["x"]
    assert (real.dtype, real.tolist()) == (np.float32, [1.0, 0.5])
    whole = changed_inputs({"t": np.zeros(2, dtype=np.int16)}, {"t": [2, 1]})["t"]
    assert (whole.dtype, whole.tolist()) == (np.int16, [2, 1])
    small = changed_inputs({"t": np.zeros(2, dtype=np.uint8)}, {"t": [300, -1]})["t"]
    assert small.tolist() == [300, -1]
    big = changed_inputs({"x": np.float64(1.0)}, {"x": 10**20})["x"]
    assert (big.dtype, float(big)) == (np.float64, 1e20)


def test_a_run_on_other_inputs_changes_nothing_in_the_notebook(ask):
    stepper, n = network()
    layers_of = [call.node for call in stepper.graph.calls[:-1]]
    arrays = [a for layer in layers_of for a in layer.params + layer.grads]
    before = [array.copy() for array in arrays]
    steps, html = list(stepper.graph.steps), stepper.to_html()
    answer = ask(stepper.to_widget(), x=(2 * n["x"]).tolist())
    assert answer["frames"] != stepper.frames
    for array, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, old)
    assert all(one is other for one, other in zip(stepper.graph.steps, steps, strict=True))
    assert stepper.to_html() == html


def test_what_the_library_says_of_an_input_is_the_answer(ask):
    widget = network()[0].to_widget()
    for given, message in [
        ([0, 1, 1.5], "TypeError: t must hold integer class labels; got float64"),
        ([0, 1, 3], "ValueError: t must hold labels from 0 to 2 for 3 classes; "
                    "got labels from 0 to 3"),
        ([0, 1], "ValueError: t must have the shape (3,); got (2,)"),
        ([[0], [1, 2], [3]], "TypeError: t must be numbers, in rows of equal length; "
                             "got [[0], [1, 2], [3]]"),
        ([0, 1, None], "TypeError: t must be numbers, in rows of equal length; got [0, 1, None]"),
        ([0, 1, True], "TypeError: t must be numbers, in rows of equal length; got [0, 1, True]"),
        (["0", "1", "2"], "TypeError: t must be numbers, in rows of equal length; "
                          "got ['0', '1', '2']"),
    ]:  # fmt: skip
        assert ask(widget, 3, t=given) == {"type": "error", "number": 3, "message": message}
    unknown = ask(widget, 4, q=1)
    assert unknown["message"] == "ValueError: inputs must be among ['x', 't']; got 'q'"
    assert ask(widget, 5, t=[2, 1, 0])["type"] == "frames"


# ---------------------------------------------------------------- errors


def product():
    graph = Graph()
    graph.apply(MatMul(), graph.input("x"), graph.input("W"), name="y")
    return graph


def test_errors_say_what_was_expected():
    x, W = np.ones((3, 2)), np.ones((2, 4))
    with pytest.raises(TypeError, match="graph must be a Graph or a Sequential model; got 'graph'"):
        GraphStepper("graph")
    with pytest.raises(ValueError, match="graph must have at least one node; got an empty Graph"):
        GraphStepper(Graph())
    with pytest.raises(ValueError, match=r"the graph's inputs, \['x', 'W'\]; got \['x'\]"):
        GraphStepper(product(), x=x)
    with pytest.raises(ValueError, match=r"shape of the graph's output, \(3, 4\); got nothing"):
        GraphStepper(product(), x=x, W=W)
    with pytest.raises(ValueError, match=r"output, \(3, 4\); got shape \(4, 3\)"):
        GraphStepper(product(), x=x, W=W, dout=np.ones((4, 3)))
    with pytest.raises(ValueError, match=r"direction must be one of \('right', 'down'\); got 'up'"):
        GraphStepper(product(), x=x, W=W, direction="up")


def test_every_output_may_have_its_gradient():
    graph = Graph()
    graph.apply(Branch(), graph.input("x"), name="y")
    assert GraphStepper(graph, x=1.0, dout=(2.0, 3.0)).frames[-1]["writes"][0]["rows"] == [["5"]]
    with pytest.raises(ValueError, match=r"output, \(\), \(\); got shape \(\)"):
        GraphStepper(graph, x=1.0, dout=2.0)


def test_nodes_of_the_library_are_all_in_a_case():
    assert {type(call.node) for case in CASES for call in case()[0].graph.calls} == set(DERIVATIONS)
