"""The controls of an explorer: which one suits a list of values, and what it can choose."""

import math
from dataclasses import dataclass

import numpy as np

__all__ = ["Control"]

LOG_SCALE_FROM = 20  # a slider is logarithmic where its largest value is so many times the smallest
MOST_WHOLE_STEPS = 500
STEPS_PER_DECADE = 20


@dataclass(frozen=True)
class Control:
    """A control over a list of values.

    Parameters
    ----------
    name : str
        Label; underscores become spaces.
    values : list
        The first is shown first. Numbers, Python's or NumPy's, make a slider, booleans a checkbox,
        anything else a menu.
    """

    name: str
    values: list

    def __post_init__(self):
        object.__setattr__(self, "values", [_plain(value) for value in self.values])

    @property
    def kind(self):
        """Return "slider", "checkbox" or "menu"."""
        if len(self.values) > 1 and all(isinstance(value, bool) for value in self.values):
            return "checkbox"
        if all(map(_is_number, self.values)) and min(self.values) < max(self.values):
            return "slider"
        return "menu"

    @property
    def choices(self):
        """Return the values in the order of the control: ascending on a slider."""
        return self.values if self.kind == "menu" else sorted(self.values)

    @property
    def first(self):
        """Return what `value` takes for the first value."""
        return self.values[0] if self.kind == "slider" else self.choices.index(self.values[0])

    def describe(self, *, live=False):
        """Describe the control for its script.

        Parameters
        ----------
        live : bool
            Whether a kernel draws: then a slider takes numbers between the listed ones too.

        Returns
        -------
        dict
            ``name``, ``label``, ``kind``, ``texts`` of the choices and the place ``start`` of the
            first; of a live slider also its ``numbers`` and their ``range``.
        """
        choices, described = self.choices, {"name": self.name, "label": self.name.replace("_", " ")}
        described |= {"kind": self.kind, "texts": [_text(value) for value in choices]}
        if not (live and self.kind == "slider"):
            return described | {"start": choices.index(self.values[0])}
        numbers = self.numbers()
        bounds = {"low": choices[0], "high": choices[-1], "whole": self._whole}
        return described | {
            "texts": [],
            "start": numbers.index(self.values[0]),
            "numbers": numbers,
            "range": bounds,
        }

    def numbers(self):
        """Return the numbers of a fine slider: those listed, and round ones between them."""
        low, high = self.choices[0], self.choices[-1]
        if self._whole:
            between = range(low, high, math.ceil((high - low) / MOST_WHOLE_STEPS))
        elif low > 0 and high / low >= LOG_SCALE_FROM:
            exponents = range(*(math.floor(STEPS_PER_DECADE * math.log10(v)) for v in (low, high)))
            between = [float(f"{10 ** (e / STEPS_PER_DECADE):.3g}") for e in exponents]
        else:
            digits = -math.floor(math.log10((high - low) / 50))
            places = range(math.ceil(low * 10**digits), math.floor(high * 10**digits) + 1)
            between = [round(place / 10**digits, max(digits, 0)) for place in places]
        return sorted({*self.values, *(number for number in between if low < number < high)})

    def value(self, chosen):
        """Return the value that the script has chosen: by its number on a live slider, else place.

        Raises
        ------
        ValueError
            If it can't be chosen.
        """
        if self.kind != "slider":
            return self.choices[chosen]
        low, high = self.choices[0], self.choices[-1]
        if not low <= chosen <= high:
            raise ValueError(f"{self.name} must be from {low} to {high}; got {chosen}")
        return int(chosen) if self._whole else float(chosen)

    @property
    def _whole(self):
        return all(isinstance(value, int) for value in self.values)


def _plain(value):
    """Return a number or truth value of NumPy as that of Python; of float32, 0.1 becomes 0.1."""
    if isinstance(value, np.floating):
        return float(str(value))
    return value.item() if isinstance(value, np.generic) else value


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _text(value):
    return f"{value:.4g}" if isinstance(value, float) else str(value)
