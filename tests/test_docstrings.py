"""What docstrings say of defaults: "optional" where None stands for one, and the numbers it gives.

The signature, which the reference page shows too, is where all other defaults stand.
"""

import importlib
import inspect
import re

import numpy as np
import pytest
from numpydoc.docscrape import ClassDoc, FunctionDoc

from nnlib import check_gradients, numerical_gradient
from nnlib.nodes import Multiply
from tools import imports

# A default in words, which nobody changes along with the code.
NAMED = re.compile(r"\bdefaults?(?: value)?(?: to| is|:|=)? *[`\"'(-]*(?:\d|None|True|False)", re.I)


def documented(package):
    """Return the functions, classes and methods of a package by name, with parsed docstrings."""
    found = {}
    for module in map(importlib.import_module, (f"{package}.{n}" for n in imports.ORDER[package])):
        for name in getattr(module, "__all__", ()):
            each = getattr(module, name)
            if inspect.isclass(each):
                found[f"{module.__name__}.{name}"] = each, ClassDoc(each)
                methods = inspect.getmembers(each, inspect.isfunction)
                found |= {
                    f"{module.__name__}.{name}.{k}": (m, FunctionDoc(m))
                    for k, m in methods
                    if not k.startswith("_")
                }
            elif inspect.isfunction(each):
                found[f"{module.__name__}.{name}"] = each, FunctionDoc(each)
    return {name: pair for name, pair in found.items() if pair[1]["Parameters"]}


DOCUMENTED = {name: pair for package in imports.ORDER for name, pair in documented(package).items()}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_parameters_are_those_of_the_signature(name):
    called, doc = DOCUMENTED[name]
    defaults = {k: each.default for k, each in inspect.signature(called).parameters.items()}
    for parameter in doc["Parameters"]:
        names = parameter.name.replace("*", "").split(", ")
        assert set(names) <= set(defaults)
        given = {defaults[each] for each in names}
        if "optional" in parameter.type:
            assert inspect.Parameter.empty not in given, parameter.name
        else:
            assert None not in given, parameter.name


@pytest.mark.parametrize("name", DOCUMENTED)
def test_no_docstring_repeats_a_default(name):
    assert NAMED.findall(inspect.getdoc(DOCUMENTED[name][0])) == []


@pytest.mark.parametrize(
    "text", ["Default 0.1.", "by default `3`", "defaults to None", "default=2"]
)
def test_a_default_in_words_is_found(text):
    assert NAMED.search(text)


@pytest.mark.parametrize("extrapolate", [False, True])
def test_the_step_of_a_numerical_gradient_is_the_one_it_names(extrapolate):
    met = set()
    numerical_gradient(lambda x: met.add(x[0]) or 0.0, np.zeros(1), extrapolate=extrapolate)
    step = min(each for each in met if each > 0)
    named = re.findall(r"\((\S+) for float64\)", numerical_gradient.__doc__)
    assert f"{step:.1e}" == named[extrapolate]


@pytest.mark.parametrize("kind", ["float64", "float32"])
def test_the_tolerance_of_a_gradient_check_is_the_one_it_names(kind, rng):
    x = np.ones(2, dtype=kind)
    named = re.search(rf"(\S+) for {kind}", check_gradients.__doc__)[1]
    assert f"{check_gradients(Multiply(), x, x, rng=rng).tolerance:.0e}" == f"{float(named):.0e}"
