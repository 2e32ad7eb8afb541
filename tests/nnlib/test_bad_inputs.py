"""Odd arguments for every public name: each call means what it should, or says what is wrong."""

import inspect
import re
from collections import Counter

import numpy as np
import pytest
from bad_inputs import CASES, NOTHING, World

import nnlib
from nnlib import History, Optimizer, to_numpy
from nnlib.checks import Rng


def frozen(value):
    """Return a copy of a value, down to the bits of its arrays, that can be compared."""
    if not isinstance(value, type) and hasattr(value, "dtype") and hasattr(value, "shape"):
        host = to_numpy(value)
        return host.dtype.str, host.shape, host.tobytes()
    if isinstance(value, dict):
        return {key: frozen(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [frozen(each) for each in value]
    if isinstance(value, (History, Optimizer)):
        return frozen(vars(value))
    if isinstance(value, np.random.RandomState):
        return frozen(value.get_state())
    return frozen(value.bit_generator.state) if isinstance(value, Rng) else repr(value)


def arrays(world):
    return {name: value for name, value in vars(world).items() if isinstance(value, np.ndarray)}


def state(world):
    """Return all that a call that fails must leave as it was."""
    trainer = world.trainer
    kept = [trainer.history, world.optimizer, world.rng, world.model.params, arrays(world)]
    return frozen(kept), [id(param) for param in world.model.params]


def agree(got, expected):
    """Check that two results are equal, but for the last bits of their numbers."""
    if isinstance(expected, dict):
        assert got.keys() == expected.keys()
        got, expected = list(got.values()), list(expected.values())
    if isinstance(expected, (list, tuple)) and isinstance(got, (list, tuple)):
        assert len(got) == len(expected)
        for each, other in zip(got, expected, strict=True):
            agree(each, other)
    elif expected is None or isinstance(expected, str):
        assert got == expected
    else:
        got, expected = to_numpy(got), to_numpy(expected)
        floats = [each.dtype for each in (got, expected) if each.dtype.kind == "f"]
        coarsest = max((float(np.finfo(dtype).eps) for dtype in floats), default=0.0)
        np.testing.assert_allclose(got, expected, rtol=32 * coarsest, atol=1e-15)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("odd")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_odd_inputs(case, folder):
    world = World(folder)
    before, passed = state(world), frozen(case.passed)
    if case.means is NOTHING:
        with pytest.raises(case.error) as caught:
            case.call(world)
        check_message(case, str(caught.value))
        assert state(world) == before
    else:
        data = frozen(arrays(world))
        result = case.call(world)
        agree(result, case.means(World(folder)) if callable(case.means) else case.means)
        assert frozen(arrays(world)) == data
    assert frozen(case.passed) == passed


def check_message(case, message):
    form = re.search(case.form, message, re.DOTALL)
    assert form, f"not of the form {case.form!r}: {message}"
    argument = message[: form.start()] if case.form.startswith(" must") else message
    assert re.search(case.names, argument), f"{case.names!r} is not named: {message}"


def test_every_name_and_method_has_cases():
    subjects = {case.subject for case in CASES}
    methods = {
        f"{name}.{method}"
        for name in nnlib.__all__
        if inspect.isclass(kind := getattr(nnlib, name))
        for method, value in vars(kind).items()
        if inspect.isfunction(value) and not method.startswith("_")
    }
    assert set(nnlib.__all__) | methods <= subjects
    assert {subject.split(".")[0] for subject in subjects} == set(nnlib.__all__)
    assert len(CASES) >= 450


def test_no_two_cases_have_one_name():
    assert [name for name, times in Counter(case.id for case in CASES).items() if times > 1] == []
