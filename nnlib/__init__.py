"""nnlib: a small neural network library to read beside the book.

The modules stand in the order of the book, and each uses only those before it: `backend`, `checks`,
`files`, `functions`, `nodes`, `graph`, `layers`, `losses`, `gradient_check`, `optimizers`,
`datasets`, `models`, `trainer`.
"""

from nnlib.backend import array_namespace, to_numpy
from nnlib.datasets import make_spiral
from nnlib.functions import (
    accuracy,
    binary_cross_entropy,
    cross_entropy,
    entropy,
    log_softmax,
    mean_absolute_error,
    mean_squared_error,
    one_hot,
    relu,
    sigmoid,
    softmax,
)
from nnlib.gradient_check import GradientReport, check_gradients, numerical_gradient
from nnlib.graph import Graph
from nnlib.layers import Affine, Layer, ReLU, Sigmoid, Tanh
from nnlib.losses import Loss, MeanSquaredError, SigmoidWithLoss, SoftmaxWithLoss
from nnlib.models import Sequential, TwoLayerNet
from nnlib.nodes import Add, Branch, MatMul, Multiply, Node, Repeat, Sum
from nnlib.optimizers import SGD, AdaGrad, Adam, Momentum, Optimizer, RMSprop
from nnlib.trainer import DivergenceError, History, Trainer

__version__ = "0.2.0"

__all__ = [
    "SGD",
    "AdaGrad",
    "Adam",
    "Add",
    "Affine",
    "Branch",
    "DivergenceError",
    "GradientReport",
    "Graph",
    "History",
    "Layer",
    "Loss",
    "MatMul",
    "MeanSquaredError",
    "Momentum",
    "Multiply",
    "Node",
    "Optimizer",
    "RMSprop",
    "ReLU",
    "Repeat",
    "Sequential",
    "Sigmoid",
    "SigmoidWithLoss",
    "SoftmaxWithLoss",
    "Sum",
    "Tanh",
    "Trainer",
    "TwoLayerNet",
    "accuracy",
    "array_namespace",
    "binary_cross_entropy",
    "check_gradients",
    "cross_entropy",
    "entropy",
    "log_softmax",
    "make_spiral",
    "mean_absolute_error",
    "mean_squared_error",
    "numerical_gradient",
    "one_hot",
    "relu",
    "sigmoid",
    "softmax",
    "to_numpy",
]
