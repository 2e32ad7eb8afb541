"""The exercises of chapter 1.5: numbers of fewer bits, and other array libraries."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from nnbook.exercises.functions import check_function
from nnbook.exercises.registry import exercise
from nnbook.exercises.values import check_array, check_choice, check_number
from nnbook.exercises.verdict import Verdict
from nnlib.backend import to_numpy

# ---------------------------------------------------------------- 1.5.1 Bit precision


@exercise(
    "1.5.1-a",
    hint="Count the numbers in both weight matrices and both biases. Each number has 32 bits, and "
    "8 bits are a byte.",
)
def bytes_of_a_network(answer: object) -> Verdict:
    """Count the bytes of a 784-100-10 network in float32."""
    return check_bytes(answer)


def check_bytes(answer: object) -> Verdict:
    """Check the bytes of a 784-100-10 network in float32; 1.6-j asks for them again."""
    D, H, C, each = 784, 100, 10, 4
    weights, biases = D * H + H * C, H + C
    size = (weights + biases) * each
    mistakes = {
        "Those are the numbers. How many bytes has each?": weights + biases,
        "The biases are missing.": weights * each,
        "The biases of the output are missing.": size - C * each,
        "The biases of the hidden layer are missing.": size - H * each,
        "Those are the bits. A byte has eight.": 8 * size,
        "That is float64. A float32 number has half as many bytes.": 2 * size,
        "That is float16. A float32 number has twice as many bytes.": size // 2,
        "Bytes are asked for, not kilobytes.": size / 1000,
    }
    return check_array(answer, size, mistakes=mistakes)


@exercise(
    "1.5.1-b",
    hint="For numbers with the exponent e, the spacing of float16 is 2 to the power of e − 10 "
    "(section 1.5.1). From which e on is it larger than 1?",
)
def whole_numbers_in_float16(answer: object) -> Verdict:
    """Find the first gap between the whole numbers of float16."""
    n = next(n for n in range(5000) if int(np.float16(n + 1)) != n + 1)
    mistakes = {
        "Above it the next whole number can still be stored: try np.float16.": n // 2,
        "That one can't be stored. n is the number before.": n + 1,
        "That is the exponent of the power of two.": 11,
        "That is the largest number of float16.": 65504,
        "Those are the bits of a float16 number.": 16,
        "That is not the smallest one.": 2 * n,
    }
    return check_array(answer, n, mistakes=mistakes)


@exercise(
    "1.5.1-c",
    hint="Go step by step: where two types meet, the larger one wins. Unlike a plain Python "
    "number, a NumPy number brings a type of its own.",
)
def type_of_a_product(answer: object) -> Verdict:
    """Name the type that mixed arrays end in."""
    product = np.ones(2, np.float16) * np.ones(2, np.float32) * np.float64(2)
    mistakes = {
        "np.float64(2) is a NumPy number with a type of its own.": "float32",
        "The larger type wins at each step.": "float16",
    }
    types = ["float16", "float32", "float64"]
    return check_choice(answer, product.dtype.name, types, mistakes=mistakes)


# ---------------------------------------------------------------- 1.5.2 GPU


def _standardise(x: Any) -> Any:
    x = to_numpy(x)
    return (x - x.mean(axis=0)) / x.std(axis=0)


@exercise(
    "1.5.2-a",
    hint="Ask the array for its library, as in section 1.5.2, and take the mean and the standard "
    "deviation from there. Each column needs its own, so choose the axis.",
)
def standardise(function: object, libraries: Sequence[Any]) -> Verdict:
    """Standardise the columns of an array of any library."""
    table = np.array([[1.0, 10.0], [2.0, 30.0], [6.0, 20.0]])
    cases = [(xp.asarray(table),) for xp in libraries]
    mistakes: dict[str, Callable[..., Any]] = {
        "A division comes before a subtraction: brackets are missing.": lambda x: (
            to_numpy(x) - to_numpy(x).mean(axis=0) / to_numpy(x).std(axis=0)
        ),
        "That divides by the variance.": lambda x: _standardise(x) / to_numpy(x).std(axis=0),
        "Each column has a mean and a standard deviation of its own.": lambda x: (
            (to_numpy(x) - to_numpy(x).mean()) / to_numpy(x).std()
        ),
        "These are the means alone.": lambda x: to_numpy(x).mean(axis=0),
        "The standard deviation is missing.": lambda x: to_numpy(x) - to_numpy(x).mean(axis=0),
        "The mean is missing.": lambda x: to_numpy(x) / to_numpy(x).std(axis=0),
    }
    return check_function(function, _standardise, cases, without=["np"], mistakes=mistakes)


@exercise(
    "1.5.2-b",
    hint="Find the formula for M in section 1.5.2: the weights of both layers, for every sample of "
    "the minibatch, once forward and twice backward.",
)
def work_of_an_update(answer: object) -> Verdict:
    """Count the multiplications of one update of a 784-500-10 network."""
    D, H, C, N = 784, 500, 10, 100
    forward = N * (D * H + H * C)
    mistakes = {
        "That is one sample, forward alone.": forward // N,
        "That is forward alone. Backward there are two products for each.": forward,
        "That is one sample; a minibatch has more.": 3 * forward // N,
        "The work of the two layers is added, not multiplied.": 3 * N * D * H * C,
        "That is one backward product too few.": 2 * forward,
        "The second layer is missing.": 3 * N * D * H,
    }
    return check_array(answer, 3 * forward, mistakes=mistakes)


@exercise(
    "1.5.2-c",
    hint="Work out the time of each of them: the fixed part, plus the work divided by the "
    "multiplications per microsecond. Then divide the time on the CPU by that on the GPU.",
)
def speedup(answer: object) -> Verdict:
    """Say how many times as fast as the CPU a GPU is."""
    work = 119_100_000
    cpu, gpu = 50 + work / 20_000, 450 + work / 1_000_000
    mistakes = {
        "That is how fast the CPU is beside the GPU.": gpu / cpu,
        "That is how much faster each multiplication is. There are fixed times too.": 50,
        "That leaves out the fixed times.": (cpu - 50) / (gpu - 450),
        "That is the difference in microseconds. How many times as fast?": cpu - gpu,
        "That is in percent.": 100 * cpu / gpu,
        "That is upside down, and without the fixed times.": 20_000 / 1_000_000,
    }
    return check_number(answer, cpu / gpu, decimals=1, mistakes=mistakes)
