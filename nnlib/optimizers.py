"""Optimizers: the rules that turn gradients into steps of the parameters.

Each `update` changes the parameters in place; what a rule remembers, it keeps per parameter.
Section 1.3.6.
"""

import math
from numbers import Real

from nnlib.backend import array_namespace

__all__ = ["SGD", "AdaGrad", "Adam", "Momentum", "Optimizer", "RMSprop"]


class Optimizer:
    """Base of the optimizers: checks what it is given and keeps the memory of each parameter.

    A subclass says in `slots` how many arrays it remembers per parameter, and in `step` how one
    parameter moves.

    Parameters
    ----------
    learning_rate : float
        Size of the steps, above 0.
    """

    slots = 0

    def __init__(self, learning_rate):
        self.learning_rate = _positive("learning_rate", learning_rate)
        self.updates = 0
        self._params = None
        self._memory = None

    def update(self, params, grads):
        """Move every parameter one step, in place.

        Parameters
        ----------
        params, grads : sequences of arrays
            ``grads[i]`` has the shape of ``params[i]``.

        Raises
        ------
        ValueError
            If the two don't fit together, or the parameters are not those of earlier updates.
        """
        self._require_match(params, grads)
        if self._memory is None:
            self._params = list(params)
            self._memory = [
                [array_namespace(param).zeros_like(param) for _ in range(self.slots)]
                for param in params
            ]
        elif self.slots and not _same_objects(params, self._params):
            raise ValueError(
                f"this {type(self).__name__} keeps memory for other parameters: "
                "make a new optimizer for another model"
            )
        self.updates += 1
        for param, grad, memory in zip(params, grads, self._memory, strict=True):
            self.step(param, grad, *memory)

    def step(self, param, grad, *memory):
        """Move one parameter, in place."""
        raise NotImplementedError(f"{type(self).__name__} must define step")

    def _require_match(self, params, grads):
        shapes, expected = [grad.shape for grad in grads], [param.shape for param in params]
        if shapes != expected:
            raise ValueError(f"grads must have the shapes of params, {expected}; got {shapes}")


class SGD(Optimizer):
    r"""Stochastic gradient descent: :math:`W \leftarrow W - \eta \, \partial L / \partial W`.

    Parameters
    ----------
    learning_rate : float
        :math:`\eta`, above 0.

    References
    ----------
    Section 1.3.6; H. Robbins and S. Monro, "A Stochastic Approximation Method", 1951.
    """

    def __init__(self, learning_rate=0.01):
        super().__init__(learning_rate)

    def update(self, params, grads):
        """Move every parameter one step, in place; see `Optimizer.update`."""
        self._require_match(params, grads)
        self.updates += 1
        for param, grad in zip(params, grads, strict=True):
            param -= self.learning_rate * grad


class Momentum(Optimizer):
    r"""SGD with a velocity.

    :math:`v \leftarrow \alpha v - \eta g`, then :math:`W \leftarrow W + v`.

    Parameters
    ----------
    learning_rate : float
        :math:`\eta`, above 0.
    momentum : float
        :math:`\alpha`, from 0 up to but not including 1: the part of the velocity that is kept.

    References
    ----------
    Section 1.3.6; B. T. Polyak, "Some methods of speeding up the convergence of iteration
    methods", 1964.
    """

    slots = 1

    def __init__(self, learning_rate=0.01, momentum=0.9):
        super().__init__(learning_rate)
        self.momentum = _fraction("momentum", momentum)

    def step(self, param, grad, velocity):
        """Move one parameter, in place."""
        velocity *= self.momentum
        velocity -= self.learning_rate * grad
        param += velocity


class AdaGrad(Optimizer):
    r"""Steps that shrink where gradients were large.

    :math:`s \leftarrow s + g^2`, then :math:`W \leftarrow W - \eta \, g / (\sqrt{s} + \epsilon)`.

    Parameters
    ----------
    learning_rate : float
        :math:`\eta`, above 0.
    epsilon : float
        Keeps the division away from 0.

    References
    ----------
    Section 1.3.6; J. Duchi, E. Hazan and Y. Singer, "Adaptive Subgradient Methods for Online
    Learning and Stochastic Optimization", JMLR 12, 2011.
    """

    slots = 1

    def __init__(self, learning_rate=0.01, epsilon=1e-7):
        super().__init__(learning_rate)
        self.epsilon = _positive("epsilon", epsilon)

    def step(self, param, grad, squares):
        """Move one parameter, in place."""
        xp = array_namespace(param)
        squares += grad * grad
        param -= self.learning_rate * grad / (xp.sqrt(squares) + self.epsilon)


class RMSprop(Optimizer):
    r"""AdaGrad with a memory that fades.

    :math:`s \leftarrow \rho s + (1 - \rho) g^2`, then
    :math:`W \leftarrow W - \eta \, g / (\sqrt{s} + \epsilon)`.

    Parameters
    ----------
    learning_rate : float
        :math:`\eta`, above 0.
    decay : float
        :math:`\rho`, from 0 up to but not including 1.
    epsilon : float
        Keeps the division away from 0.

    References
    ----------
    Section 1.3.6; T. Tieleman and G. Hinton, "Lecture 6.5 — RMSProp", Coursera, 2012.
    """

    slots = 1

    def __init__(self, learning_rate=0.01, decay=0.99, epsilon=1e-7):
        super().__init__(learning_rate)
        self.decay = _fraction("decay", decay)
        self.epsilon = _positive("epsilon", epsilon)

    def step(self, param, grad, squares):
        """Move one parameter, in place."""
        xp = array_namespace(param)
        squares *= self.decay
        squares += (1 - self.decay) * grad * grad
        param -= self.learning_rate * grad / (xp.sqrt(squares) + self.epsilon)


class Adam(Optimizer):
    r"""Momentum and RMSprop together, both corrected for their start at 0.

    :math:`m \leftarrow \beta_1 m + (1 - \beta_1) g` and
    :math:`v \leftarrow \beta_2 v + (1 - \beta_2) g^2`, then
    :math:`W \leftarrow W - \eta \, \hat m / (\sqrt{\hat v} + \epsilon)` with
    :math:`\hat m = m / (1 - \beta_1^k)` and :math:`\hat v = v / (1 - \beta_2^k)` at update k.

    Parameters
    ----------
    learning_rate : float
        :math:`\eta`, above 0.
    beta1, beta2 : float
        From 0 up to but not including 1.
    epsilon : float
        Keeps the division away from 0.

    References
    ----------
    Section 1.3.6; D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015,
    algorithm 1.
    """

    slots = 2

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        super().__init__(learning_rate)
        self.beta1 = _fraction("beta1", beta1)
        self.beta2 = _fraction("beta2", beta2)
        self.epsilon = _positive("epsilon", epsilon)

    def step(self, param, grad, mean, squares):
        """Move one parameter, in place."""
        xp = array_namespace(param)
        mean *= self.beta1
        mean += (1 - self.beta1) * grad
        squares *= self.beta2
        squares += (1 - self.beta2) * grad * grad
        corrected_mean = mean / (1 - self.beta1**self.updates)
        corrected_squares = squares / (1 - self.beta2**self.updates)
        param -= self.learning_rate * corrected_mean / (xp.sqrt(corrected_squares) + self.epsilon)


def _same_objects(params, others):
    return len(params) == len(others) and all(a is b for a, b in zip(params, others, strict=True))


def _positive(name, value):
    if not (isinstance(value, Real) and value > 0 and math.isfinite(value)):
        raise ValueError(f"{name} must be a finite number above 0; got {value!r}")
    return value


def _fraction(name, value):
    if not (isinstance(value, Real) and 0 <= value < 1):
        raise ValueError(f"{name} must be at least 0 and below 1; got {value!r}")
    return value
