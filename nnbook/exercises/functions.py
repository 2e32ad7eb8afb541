"""Checks of functions: called with several inputs, compared with the right function."""

import copy
import dis
import inspect
from collections.abc import Callable, Mapping, Sequence
from types import CodeType
from typing import Any

import numpy as np

from nnbook.exercises.values import find_fault
from nnbook.exercises.verdict import (
    CAUGHT,
    NO_ANSWER,
    OPEN,
    Verdict,
    describe,
    describe_error,
    judged,
    never_raises,
)

Cases = Sequence[tuple[Any, ...]]

NO_RETURN = f"{OPEN}: the function returns nothing. Use return."
LOOP = "FOR_ITER"  # the instruction of every for loop
PRODUCTS = [
    "@", "matmul", "dot", "vdot", "vecdot", "matvec", "vecmat", "inner", "outer", "tensordot",
    "einsum", "multi_dot", "kron", "linalg",
]  # fmt: skip


@never_raises
def check_function(
    function: object,
    reference: Callable[..., Any],
    cases: Cases,
    *,
    tolerance: float = 1e-8,
    without: Sequence[str] = (),
    with_loop: bool = False,
    mistakes: Mapping[str, Callable[..., Any]] | None = None,
) -> Verdict:
    """Compare a function with the right one on several inputs.

    Parameters
    ----------
    function : object
        What the reader wrote; returning None counts as not answered yet.
    reference : callable
        The right function.
    cases : sequence of tuples
        Positional arguments, one tuple per case.
    tolerance : float
        See `check_array`.
    without : sequence of str
        Names and operators that the function may not use, such as ``"@"`` and ``"dot"``; what the
        functions that it calls use counts too.
    with_loop : bool
        Whether the function must have a for loop.
    mistakes : dict, optional
        Likely wrong functions, each under the sentence that explains it.

    Returns
    -------
    Verdict
    """
    if function is ... or function is None:
        return judged(NO_ANSWER)
    if not callable(function):
        return judged(f"The answer should be a function; it is {describe(function)}.")
    for number, arguments in enumerate(cases, start=1):
        fault = _find_fault_of_call(function, reference, arguments, tolerance)
        if fault == NO_RETURN:
            return judged(fault)
        if fault:
            described = ", called with " + ", ".join(map(describe, arguments)) if arguments else ""
            hint = _name_mistake(function, mistakes or {}, cases)
            return judged(f"Case {number}{described}: {fault}{hint}")
    words = words_of(function)
    used = sorted(words.intersection(without))
    if used:
        return judged(f"The results are right, but you used {' and '.join(used)}.")
    if with_loop and LOOP not in words:
        return judged("The results are right, but there is no for loop.")
    return judged(None, "Correct." if len(cases) == 1 else f"Correct on {len(cases)} inputs.")


@never_raises
def check_forward(
    kind: Any,
    reference: Callable[..., Any],
    cases: Cases,
    *,
    mistakes: Mapping[str, Callable[..., Any]] | None = None,
) -> Verdict:
    """Compare the `forward` of a class with the right function on several inputs.

    Parameters
    ----------
    kind : class
        What the reader wrote.
    reference : callable
        The right function of an input and of the class's parameters.
    cases : sequence of tuples
        An input and parameters, one tuple per case.
    mistakes : dict, optional
        See `check_function`.

    Returns
    -------
    Verdict
    """

    def forward(x: Any, *params: Any) -> Any:
        return kind(*params).forward(x)

    if kind is ... or kind is None:
        return judged(NO_ANSWER)
    if not inspect.isclass(kind):
        return judged(f"The answer should be a class; it is {describe(kind)}.")

    return check_function(forward, reference, cases, mistakes=mistakes)


def _find_fault_of_call(
    function: Callable[..., Any],
    reference: Callable[..., Any],
    arguments: tuple[Any, ...],
    tolerance: float,
) -> str | None:
    expected = reference(*copy.deepcopy(arguments))
    given = copy.deepcopy(arguments)  # what the reader's code changes, later cases don't see
    try:
        with np.errstate(all="ignore"):  # an infinite number is shown as what it is
            answer = function(*given)
        if answer is None or answer is ...:
            return NO_RETURN
        changed = find_changed(arguments, given)
        if changed is not None:
            return f"your function changed its argument {changed}."
        return find_fault(answer, expected, tolerance)
    except CAUGHT as error:
        return f"your function raised {describe_error(error)}"


def find_changed(before: Sequence[Any], after: Sequence[Any]) -> int | None:
    """Return the position of the first array that is no longer what it was, or None."""
    for position, (kept, given) in enumerate(zip(before, after, strict=True)):
        if hasattr(kept, "shape") and not np.array_equal(kept, given, equal_nan=True):
            return position
    return None


def _name_mistake(
    function: Callable[..., Any], mistakes: Mapping[str, Callable[..., Any]], cases: Cases
) -> str:
    """Return a line for the mistake that gives the function's results, or nothing."""
    for sentence, wrong in mistakes.items():
        if all(_agree(function, wrong, arguments) for arguments in cases):
            return f"\n{sentence}"
    return ""


def _agree(function: Callable[..., Any], wrong: Callable[..., Any], arguments: Any) -> bool:
    """Tell whether two functions give the same result, or raise the same error."""
    given, expected = (_result(each, arguments) for each in (function, wrong))
    try:
        return not find_fault(given, expected, 1e-8)
    except CAUGHT:
        return False


def _result(function: Callable[..., Any], arguments: Any) -> Any:
    try:
        with np.errstate(all="ignore"):
            return function(*copy.deepcopy(arguments))
    except CAUGHT as error:
        return describe_error(error)


def words_of(function: Any, seen: tuple[CodeType, ...] = ()) -> set[str]:
    """Return the names, operators and instructions of a function and of the reader's own it calls.

    A global name counts as what stands behind it, so that ``product = np.dot`` hides nothing.
    """
    name, code = getattr(function, "__name__", ""), getattr(function, "__code__", None)
    if code is None or code in seen:
        return {name}
    words, around = {name} | _words(code), function.__globals__
    called = [around[name] for name in words if callable(around.get(name))]
    for each in called:
        own = getattr(each, "__globals__", None) is around
        words |= words_of(each, (*seen, code)) if own else {getattr(each, "__name__", "")}
    return words


def _words(code: CodeType) -> set[str]:
    """Return the words in compiled code and in the functions inside it."""
    steps = list(dis.get_instructions(code))
    operators = {step.argrepr.rstrip("=") for step in steps if step.opname == "BINARY_OP"}
    words = {*code.co_names, *operators, *(step.opname for step in steps)}
    return words.union(*(_words(each) for each in code.co_consts if inspect.iscode(each)))
