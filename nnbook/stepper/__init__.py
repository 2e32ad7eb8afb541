"""The graph stepper: back-propagation, one node at a time."""

from nnbook.stepper.graph_stepper import GraphStepper

__all__ = ["GraphStepper"]
