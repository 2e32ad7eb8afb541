"""What one node did with the numbers on its wires: a record from which a page is made."""

import inspect
import re
from dataclasses import dataclass, replace

from nnbook.source import working_lines
from nnbook.stepper.derivations import DERIVATIONS
from nnbook.stepper.equations import Equation, Item, copied
from nnlib.graph import Step
from nnlib.losses import Loss

__all__ = ["Explanation", "explain"]

NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Explanation:
    """What one node did.

    Attributes
    ----------
    reads, writes : tuple of Item
        The arrays on its wires; backwards their gradients, named ``d`` and the wire.
    fills : tuple of Item
        The gradients of its parameters, which a layer keeps; empty forwards.
    local : tuple of str
        The local gradients as formulas; empty forwards.
    equations : tuple of Equation
        Empty if the node's class is not one of nnlib's.
    source : dict
        The lines that ran, see `working_lines`.
    meaning : dict
        What names of those lines mean in this graph, where they differ.
    """

    reads: tuple[Item, ...]
    writes: tuple[Item, ...]
    fills: tuple[Item, ...]
    local: tuple[str, ...]
    equations: tuple[Equation, ...]
    source: dict
    meaning: dict[str, str]


def explain(step: Step, forward: Step) -> Explanation:
    """Explain a step of a graph, with copies, which later runs don't change.

    Parameters
    ----------
    step : Step
    forward : Step
        The forward step of the same node (`step` itself, if that is one).
    """
    reads, writes = _wires(step)
    names = _names(step.call)
    local, equations = _derive(step, forward)
    source = working_lines(_working_method(step))
    used = set(NAME.findall("\n".join(text for _, text in source["lines"])))
    return Explanation(
        reads,
        writes,
        _fills(step),
        tuple(_rename(formula, names) for formula in local),
        tuple(_in_graph(equation, names) for equation in equations),
        source,
        {code: name for code, name in names.items() if code in used and code != name},
    )


def _working_method(step):
    """Return the method that computes a step; a loss does it forwards in `compare`."""
    node = step.call.node
    return getattr(
        node, "compare" if isinstance(node, Loss) and step.phase == "forward" else step.phase
    )


def _derive(step, forward):
    """Return local gradients and equations in the names of the node's code."""
    node = step.call.node
    values = [copied(value) for value in forward.received + forward.sent]
    gradients = [copied(value) for value in step.received + step.sent if value is not None]
    if type(node) not in DERIVATIONS or any(array.size == 0 for array in values):
        return [], []
    forwards, backwards = DERIVATIONS[type(node)]
    if step.phase == "forward":
        return [], forwards(node, *values)
    return backwards(node, values, *gradients)


def _wires(step):
    """Return what a step read and what it wrote."""
    before, after, mark = step.call.inputs, step.call.outputs, ""
    if step.phase == "backward":
        before, after, mark = after, before, "d"
    return (_items(mark, before, step.received), _items(mark, after, step.sent))


def _fills(step):
    """Return the gradients that a layer keeps, named after its parameters."""
    grads = getattr(step.call.node, "grads", []) if step.phase == "backward" else []
    names = _gradient_names(step.call.node, len(grads))
    return tuple(Item(name, copied(grad)) for name, grad in zip(names, grads, strict=True))


def _gradient_names(layer, count):
    """Return ``dW, db`` of a layer that is made from `W` and `b`; else where each is kept."""
    arguments = inspect.signature(type(layer)).parameters.values()
    plain = inspect.Parameter.POSITIONAL_OR_KEYWORD
    needed = [each.name for each in arguments if each.kind is plain and each.default is each.empty]
    if len(needed) == count:
        return [f"d{name}" for name in needed]
    return [f"grads[{place}]" for place in range(count)]


def _items(mark, wires, arrays):
    pairs = zip(wires, arrays, strict=True)
    return tuple(Item(mark + wire.name, copied(a)) for wire, a in pairs if a is not None)


def _names(call):
    """Return the wire that each name of the node's code stands for, and the same for gradients."""
    arguments = list(inspect.signature(call.node.forward).parameters)
    inputs, outputs = ([wire.name for wire in wires] for wires in (call.inputs, call.outputs))
    result = "L" if isinstance(call.node, Loss) else "y"
    marks = [""] if len(outputs) == 1 else [str(i + 1) for i in range(len(outputs))]
    names = dict(zip([f"{result}{mark}" for mark in marks], outputs, strict=True))
    if len(arguments) == len(inputs):  # and not forward(self, *inputs)
        names |= dict(zip(arguments, inputs, strict=True))
    gradients = {f"d{code}": f"d{name}" for code, name in names.items() if code in arguments}
    douts = {f"dout{mark}": f"d{name}" for mark, name in zip(marks, outputs, strict=True)}
    hidden = {}
    if result == "L":  # the probabilities inside, `y` unless a wire has that name
        hidden["y"] = next(letter for letter in "ypq" if letter not in inputs + outputs)
    return hidden | names | gradients | douts


def _in_graph(equation, names):
    """Write an equation in the names of the graph's wires."""
    result, *made_of = [
        replace(term, name=_rename(term.name, names)) if isinstance(term, Item) else term
        for term in equation.terms
    ]
    formula = _rename(equation.formula, names)
    return replace(equation, formula=formula, result=result, made_of=tuple(made_of))


def _rename(formula, names):
    return NAME.sub(lambda match: names.get(match[0], match[0]), formula)
