"""Where to draw the boxes, wires and labels of a computational graph so that none covers another.

A layered drawing: nodes and the labels of the wires take turns in layers, each layer is ordered so
that few wires cross, and a wire bends only between two layers. Only numbers come out, no picture.

References
----------
K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system
structures", IEEE Transactions on Systems, Man and Cybernetics 11, 1981.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum  # exact, so that every Python gives the same numbers

from nnbook.drawing.text import node_title, text_size
from nnlib.graph import Graph

__all__ = ["DIRECTIONS", "Box", "Layout", "layout"]

DIRECTIONS = ("right", "down")
SWEEPS = 12
RELAXATIONS = 60


@dataclass(frozen=True)
class Box:
    """A rectangle with its centre at (x, y)."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """A drawing of a graph, as numbers; x grows to the right, y downwards, from (0, 0).

    Attributes
    ----------
    direction : {"right", "down"}
    width, height : float
        Size of the whole drawing.
    nodes : tuple of Box
        One for each of ``graph.calls``, in the same order.
    values, gradients : dict of Box
        Room for the first and the second text of every wire, by its name. Centre the text there
        (``"right"``), or start it at the left edge (``"down"``).
    wires : dict of list of point
        A path of cubic Bézier curves for every wire, by its name: a start, then three points per
        curve. The last point is the tip of the arrow.
    """

    direction: str
    width: float
    height: float
    nodes: tuple[Box, ...]
    values: dict[str, Box]
    gradients: dict[str, Box]
    wires: dict[str, list[tuple[float, float]]]


def layout(
    graph: Graph,
    texts: dict[str, tuple[str, str]] | None = None,
    *,
    titles: Sequence[str] | None = None,
    direction: str = "right",
    font_size: float = 11.0,
) -> Layout:
    """Place the nodes, the wires and the texts beside the wires.

    Parameters
    ----------
    graph : Graph
    texts : dict, optional
        ``(value, gradient)`` texts to make room for, by the name of the wire; a wire's name alone
        where nothing is given. For a picture that changes, give the longest.
    titles : sequence of str, optional
        What is written in each node; by default `node_title`.
    direction : {"right", "down"}
        Where forward leads. A long graph is readable on a phone only downwards.
    font_size : float
        Everything is measured by it.

    Returns
    -------
    Layout
        The same graph and texts always give the same numbers.

    Raises
    ------
    ValueError
        If the graph is empty, a title is missing or the direction unknown.
    """
    if not graph.inputs and not graph.calls:
        raise ValueError("graph must have at least one input or node; got an empty Graph")
    if direction not in DIRECTIONS:
        raise ValueError(f"direction must be one of {DIRECTIONS}; got {direction!r}")
    titles = [node_title(call.node) for call in graph.calls] if titles is None else titles
    if len(titles) != len(graph.calls):
        raise ValueError(f"titles must name {len(graph.calls)} nodes; got {len(titles)} titles")
    chains = _chains(graph)
    straight = _straight(chains)
    links = _links(chains, graph, straight)
    layers = _order(_first_order(chains, len(graph.calls)), links)
    texts = {name: (name, "") for name in chains} | (texts or {})
    labels = {name: [text_size(text, font_size) for text in texts[name]] for name in chains}
    measures = _measures(chains, titles, labels, direction, font_size)
    across = _across(layers, links, measures, gap=0.7 * font_size)
    across = _straighten(layers, _lines(chains, straight), measures, across, gap=0.7 * font_size)
    bands = _bands(layers, links[1], measures, across, font_size)
    return _assemble(chains, labels, measures, across, bands, direction, font_size)


# A drawing consists of items: a node is (its number in graph.calls, its layer), a wire has one
# (its name, layer) for each layer that it passes. Nodes stand in even layers. The first item of a
# wire bears its label. Places are measured along the drawing, the way forward leads, and across it.


def _node_layers(graph, writers, readers):
    """Put each node after all that it needs; then move it closer to where its result is used."""
    layers = {}
    for i, call in enumerate(graph.calls):
        before = [layers[writers[wire]] for wire in call.inputs if wire in writers]
        layers[i] = 2 + max(before, default=0)
    for i, call in reversed(list(enumerate(graph.calls))):
        after = [layers[readers[wire]] for wire in call.outputs if wire in readers]
        if after and sum(wire in writers for wire in call.inputs) <= len(after):
            layers[i] = min(after) - 2
    return layers


def _chains(graph):
    """Return for each wire its items, between the node that writes it and the one that reads it."""
    writers = {wire: i for i, call in enumerate(graph.calls) for wire in call.outputs}
    readers = {wire: i for i, call in enumerate(graph.calls) for wire in call.inputs}
    layers = _node_layers(graph, writers, readers)
    chains = {}
    for wire in graph.inputs + [wire for call in graph.calls for wire in call.outputs]:
        start, stop = writers.get(wire), readers.get(wire)
        last = layers[stop] - 1 if stop is not None else layers.get(start, 0) + 1
        first = layers[start] + 1 if start is not None else last
        items = [(wire.name, layer) for layer in range(first, last + 1)]
        ends = [None if i is None else (i, layers[i]) for i in (start, stop)]
        chains[wire.name] = [ends[0], *items, ends[1]]
    return chains


def _straight(chains):
    """Return the names of the wires to draw straight: for each node the shortest that leads to it.

    Wires that run beside each other, and inputs that share a node, are spread evenly instead.
    """
    ends = [(chain[0], chain[-1]) for chain in chains.values()]
    readers = [stop for _, stop in ends]
    straight = {}
    for name, chain in sorted(chains.items(), key=lambda each: len(each[1])):
        start, stop = chain[0], chain[-1]
        shares = start is None and readers.count(stop) > 1
        if ends.count((start, stop)) == 1 and not shares:
            straight.setdefault(stop or name, name)
    return set(straight.values())


def _lines(chains, straight):
    """Return rows of items that should form a line: joined straight wires, then long wires."""
    lines = []
    for name in sorted(straight, key=list(chains).index):
        line = [item for item in chains[name] if item is not None]
        joined = next((each for each in lines if each[-1] == line[0]), None)
        if joined is None:
            taken = {item for each in lines for item in each}
            lines.append([item for item in line if item not in taken])
        else:
            joined += line[1:]
    return lines + [chain[1:-1] for name, chain in chains.items() if name not in straight]


def _links(chains, graph, straight):
    """Return what each item is joined to in the layer before and after: (item, shift, weight).

    The shift keeps the wires of a node in their order; the weight keeps straight what should be.
    """
    reads = {wire.name: place for call in graph.calls for place, wire in enumerate(call.inputs)}
    writes = {wire.name: place for call in graph.calls for place, wire in enumerate(call.outputs)}
    before, after = {}, {}
    for name, chain in chains.items():
        items = [item for item in chain if item is not None]
        for one, other in pairwise(items):
            weight = 100.0 if name in straight else 10.0 if one[0] == other[0] else 1.0
            after.setdefault(one, []).append((other, 0.01 * reads.get(name, 0), weight))
            before.setdefault(other, []).append((one, 0.01 * writes.get(name, 0), weight))
    return before, after


def _first_order(chains, count):
    """Return the layers, each a list of items in the order in which the graph was built."""
    rank = {name: place for place, name in enumerate([*chains, *range(count)])}
    items = {item for chain in chains.values() for item in chain if item is not None}
    layers = [[] for _ in range(1 + max(layer for _, layer in items))]
    for item in sorted(items, key=lambda item: rank[item[0]]):
        layers[item[1]].append(item)
    return layers


def _order(layers, links):
    """Sort each layer by its neighbours' mean places, to and fro; keep the fewest crossings."""
    places = {item: place for layer in layers for item, place in _centred(layer)}
    best, fewest = [list(layer) for layer in layers], _crossings(layers, links[1])
    for sweep in range(SWEEPS):
        near, far = links if sweep % 2 == 0 else links[::-1]

        def wanted(item, near=near, far=far):
            neighbours = near.get(item) or far.get(item) or [(item, 0.0, 1.0)]
            return fsum(places[other] + shift for other, shift, _ in neighbours) / len(neighbours)

        for layer in layers if sweep % 2 == 0 else reversed(layers):
            layer.sort(key=wanted)
            places.update(_centred(layer))
        if (crossings := _crossings(layers, links[1])) < fewest or sweep == 1:
            best, fewest = [list(layer) for layer in layers], crossings
    return best


def _centred(layer):
    return [(item, place - (len(layer) - 1) / 2) for place, item in enumerate(layer)]


def _crossings(layers, after):
    """Count the pairs of wires that cross between two layers."""
    place = {item: i for layer in layers for i, item in enumerate(layer)}
    count = 0
    for layer in layers:
        ends = [(place[one], place[other]) for one in layer for other, _, _ in after.get(one, ())]
        count += sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(ends) for c, d in ends[:i])
    return count


def _measures(chains, titles, labels, direction, font_size):
    """Return for each item how far it reaches along, and across before and after its line."""
    pad = 0.25 * font_size
    measures, nodes = {}, {}
    for name, (start, label, *passing, stop) in chains.items():
        (w1, h1), (w2, h2) = labels[name]
        tip = 0.7 * font_size if stop is None else 0.0
        if direction == "right":
            measures[label] = (max(w1, w2, 2 * font_size) + tip, h1 + pad, h2 + pad)
        else:
            measures[label] = (h1 + h2 + tip, pad, max(w1, w2) + 2 * pad)
        measures.update(dict.fromkeys(passing, (0.0, pad, pad)))
        nodes.update((end[0], end) for end in (start, stop) if end is not None)
    for place, title in enumerate(titles):
        width, height = (side + font_size for side in text_size(title, font_size))
        width = max(width, height)
        along, across = (width, height) if direction == "right" else (height, width)
        measures[nodes[place]] = (along, across / 2, across / 2)
    return measures


def _across(layers, links, measures, gap):
    """Place the items of each layer, in order and apart, as near their neighbours as can be."""
    before, after = links
    across = {item: 10 * gap * place for layer in layers for item, place in _centred(layer)}
    filled = [layer for layer in layers if layer]
    for sweep in range(RELAXATIONS):
        for layer in filled if sweep % 2 == 0 else reversed(filled):
            wanted, weights, offsets = [], [], [0.0]
            for item in layer:
                pulls = before.get(item, []) + after.get(item, []) or [(item, 0.0, 1.0)]
                weights.append(fsum(weight for _, _, weight in pulls))
                total = fsum(across[other] * weight for other, _, weight in pulls)
                wanted.append(total / weights[-1])
            for one, other in pairwise(layer):
                offsets.append(offsets[-1] + measures[one][2] + gap + measures[other][1])
            across.update(zip(layer, _keep_apart(wanted, weights, offsets), strict=True))
    return across


def _keep_apart(wanted, weights, offsets):
    """Return the places nearest to the wanted ones that are as far apart as the offsets.

    Without the offsets this is a regression by an increasing sequence: neighbours in the wrong
    order are pooled and take their weighted mean.
    """
    pools = []
    for place, weight, offset in zip(wanted, weights, offsets, strict=True):
        pools.append((place - offset, weight, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (a, v, m), (b, w, n) = pools[-2:]
            pools[-2:] = [((a * v + b * w) / (v + w), v + w, m + n)]
    means = [mean for mean, _, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _straighten(layers, lines, measures, across, gap):
    """Make each line straight unless it would be in its own way; what is in its way moves aside."""
    pairs = [pair for layer in layers for pair in pairwise(layer)]
    together = {}
    for line in lines:
        trial = across | dict.fromkeys(line, fsum(across[item] for item in line) / len(line))
        groups = together | dict.fromkeys(line, line)
        for _ in range(len(across) + 1):
            moved = False
            for one, other in pairs:
                nearest = trial[one] + measures[one][2] + gap + measures[other][1]
                if trial[other] < nearest - 1e-9:
                    trial.update(dict.fromkeys(groups.get(other, [other]), nearest))
                    moved = True
            if not moved:
                across, together = trial, groups
                break
    return across


def _bands(layers, after, measures, across, font_size):
    """Return the two sides of each layer; the room between layers grows with the bends in it."""
    bands, start = [], 0.0
    for layer in layers:
        stop = start + max((measures[item][0] for item in layer), default=0.0)
        bands.append((start, stop))
        if not layer:
            continue
        bends = [abs(across[a] - across[b]) for a in layer for b, _, _ in after.get(a, ())]
        start = stop + min(max([1.1 * font_size, *(0.5 * bend for bend in bends)]), 2.5 * font_size)
    return bands


def _assemble(chains, labels, measures, across, bands, direction, font_size):
    """Turn places along and across into boxes and paths on the page."""
    edge = 0.5 * font_size
    low = min(across[item] - measures[item][1] for item in measures) - edge
    high = max(across[item] + measures[item][2] for item in measures) + edge

    def on_page(along, place):
        point = round(along + edge, 2), round(place - low, 2)
        return point if direction == "right" else point[::-1]

    nodes, values, gradients, wires = {}, {}, {}, {}
    for name, chain in chains.items():
        spans = {item: _span(item, chain, measures, bands) for item in chain if item is not None}
        wires[name] = _curves(_knots(spans, across, bands, 0.6 * font_size), on_page)
        start = on_page(spans[chain[1]][0], across[chain[1]])
        values[name], gradients[name] = _text_boxes(start, labels[name], direction, font_size)
        for item in {chain[0], chain[-1]} - {None}:
            (begin, end), (thickness, *sides) = spans[item], measures[item]
            size = (thickness, fsum(sides)) if direction == "right" else (fsum(sides), thickness)
            nodes[item[0]] = Box(*on_page((begin + end) / 2, across[item]), *size)
    width, height = on_page(bands[-1][1] + edge, high)
    boxes = tuple(nodes[place] for place in sorted(nodes))
    return Layout(direction, max(width, 0), height, boxes, values, gradients, wires)


def _span(item, chain, measures, bands):
    """Return where an item begins and ends along: inputs late, outputs early in their layer."""
    begin, end = bands[item[1]]
    free = end - begin - measures[item][0]
    late = 0.5
    if item not in (chain[0], chain[-1]):
        late += 0.5 * (chain[0] is None) - 0.5 * (chain[-1] is None)
    return begin + late * free, begin + late * free + measures[item][0]


def _knots(spans, across, bands, lead):
    """Return the points between which a wire is straight or bends: the sides of each layer."""
    items = list(spans)
    knots = []
    for item in items:
        (begin, end), (first, last) = spans[item], bands[item[1]]
        node = isinstance(item[0], int)
        if item == items[0]:
            sides = (end if node else begin, last)
        elif item == items[-1]:
            sides = (first - lead, begin) if node else (first, end)
        else:
            sides = (first, last)
        knots += [(along, across[item]) for along in sides]
    inner = zip(knots[:-2], knots[1:-1], knots[2:], strict=True)
    return [knots[0], *(b for a, b, c in inner if not a[1] == b[1] == c[1] and a != b), knots[-1]]


def _curves(knots, on_page):
    """Join knots by cubic curves that leave and arrive along the drawing."""
    path = [on_page(*knots[0])]
    for (a, y), (b, z) in pairwise(knots):
        middle = (a + b) / 2
        path += [on_page(middle, y), on_page(middle, z), on_page(b, z)]
    return path


def _text_boxes(start, sizes, direction, font_size):
    """Return the boxes of a wire's two texts: above and below it, or both on its right."""
    (x, y), ((w1, h1), (w2, h2)) = start, sizes
    pad = 0.25 * font_size
    if direction == "right":
        x += max(w1, w2, 2 * font_size) / 2
        return Box(x, y - (pad + h1) / 2, w1, h1), Box(x, y + (pad + h2) / 2, w2, h2)
    x += 1.5 * pad
    return Box(x + w1 / 2, y + h1 / 2, w1, h1), Box(x + w2 / 2, y + h1 + h2 / 2, w2, h2)
