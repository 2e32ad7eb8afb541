"""The public face of both packages carries type hints, and the packages say so."""

import importlib
import inspect
import pkgutil

import pytest

import nnbook
import nnlib

PACKAGES = [nnlib, nnbook]


def public_functions():
    """Return every public function, and every public method of a public class, by its full name."""
    found = {}
    for package in PACKAGES:
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            for name in getattr(module, "__all__", []):
                found |= functions_of(f"{info.name}.{name}", getattr(module, name))
    return found


def functions_of(name, value):
    if inspect.isfunction(value):
        return {name: value}
    ours = inspect.isclass(value) and value.__module__.startswith(("nnlib", "nnbook"))
    if not ours:
        return {}
    own = vars(value).items()
    methods = {part: each for part, each in own if not part.startswith("_") or part == "__init__"}
    methods = {part: getattr(each, "fget", each) for part, each in methods.items()}
    return {f"{name}.{part}": each for part, each in methods.items() if inspect.isfunction(each)}


FUNCTIONS = public_functions()


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_argument_and_result_has_a_type(name):
    signature = inspect.signature(FUNCTIONS[name])
    untyped = [
        parameter.name
        for parameter in signature.parameters.values()
        if parameter.annotation is parameter.empty and parameter.name != "self"
    ]
    assert untyped == []
    result = signature.return_annotation
    assert name.endswith("__init__") or result is not signature.empty


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_that_it_is_typed(package):
    from importlib.resources import files

    assert (files(package) / "py.typed").is_file()
