"""Read the table of NumPy's normal numbers off the numbers themselves.

    python tools/ziggurat.py            # prints nnbook/playground/ziggurat.js

A normal number is a whole number of 52 random bits times one of 256 widths, which other 8 bits
choose (Marsaglia and Tsang, "The ziggurat method", 2000). NumPy's widths are known by their last
bit only from what it draws: of every width there are many products, and one double gives them all.
"""

import base64
import math
import sys

import numpy as np

LAYERS = 256
EDGE = 3.6541528853610088  # where the tail begins
SCALE = 2.0**52
DRAWS = 400_000
HEAD = """\
/* The table behind NumPy's normal numbers, see random.js. Made by tools/ziggurat.py. */

/** 256 doubles, little-endian, in base64. */
export const WIDTHS =
"""


def rough_widths():
    """Return the widths by the recurrence that defines them, right to about 14 digits."""
    area = EDGE * math.exp(-EDGE * EDGE / 2) + math.sqrt(math.pi / 2) * math.erfc(EDGE / 2**0.5)
    x = [0.0] * LAYERS
    x[-1] = EDGE
    for i in range(LAYERS - 2, 0, -1):
        x[i] = math.sqrt(-2 * math.log(area / x[i + 1] + math.exp(-(x[i + 1] ** 2) / 2)))
    x[0] = area / math.exp(-EDGE * EDGE / 2)
    return [each / SCALE for each in x]


def products(widths, seed):
    """Yield a layer, the 52 bits and the size of every normal number that is their product."""
    words = np.random.PCG64(seed).random_raw(2 * DRAWS).tolist()
    x = [width * SCALE for width in widths]
    inside = [EDGE / x[0] * SCALE, 0.0, *(x[i - 1] / x[i] * SCALE for i in range(2, LAYERS))]
    place = 0
    for size in np.abs(np.random.default_rng(seed).standard_normal(DRAWS)).tolist():
        while True:
            layer, bits = words[place] & 255, (words[place] >> 9) & (2**52 - 1)
            is_inside = bits < inside[layer]
            place += 1 if is_inside else 2  # a number from the edge takes another word
            if math.isclose(bits * widths[layer], size, rel_tol=1e-12):
                yield layer, bits, size
                break
            if size > EDGE and layer == 0 and not is_inside:
                place = _after_tail(words, place - 1)
                break


def _after_tail(words, place):
    while True:
        one, other = (-math.log1p(-(word >> 11) / 2**53) for word in words[place : place + 2])
        place += 2
        if 2 * other > (one / EDGE) ** 2:
            return place


def exact_widths():
    """Return the widths to the last bit."""
    rough = rough_widths()
    found = {layer: [] for layer in range(LAYERS)}
    for layer, bits, size in products(rough, seed=0):
        found[layer].append((bits, size))
    return [_the_one(width, found[layer]) for layer, width in enumerate(rough)]


def _the_one(width, pairs):
    """Return the only double near a width that gives every product."""
    bits, sizes = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    spacing = np.spacing(width)
    near = [width + step * spacing for step in range(-400, 401)]
    right = [each for each in near if np.array_equal(bits * each, sizes)]
    if len(right) != 1:
        raise ValueError(f"{len(right)} doubles near {width!r} give the same {len(pairs)} numbers")
    return right[0]


def script():
    """Return the text of the script."""
    text = base64.b64encode(np.array(exact_widths(), dtype="<f8").tobytes()).decode()
    pieces = [text[start : start + 90] for start in range(0, len(text), 90)]
    return HEAD + " +\n".join(f'  "{piece}"' for piece in pieces) + ";\n"


if __name__ == "__main__":
    sys.stdout.write(script())
