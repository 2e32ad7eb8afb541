"""The playground: train the spiral network and watch it learn."""

from nnbook.playground.playground import Playground

__all__ = ["Playground"]
