"""The study: how learning rate, hidden size and seed decide what the spiral network learns.

It trains the network of section 1.4 with all their combinations and keeps each run as a line of a
file, with where it was made; `python -m nnbook.study` does it from a command line.
"""

from nnbook.study.study import run_study
from nnbook.study.summary import Summary, summarise

__all__ = ["Summary", "run_study", "summarise"]
