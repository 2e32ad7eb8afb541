"""Optimizers: the rules that turn gradients into steps of the parameters. Section 1.3.6.

Each `update` changes the parameters in place; what a rule remembers, it keeps per parameter. Where
each rule comes from stands in the book's references.
"""

import operator
from collections.abc import Mapping, Sequence
from typing import Any

from nnlib.backend import Array, array_namespace, copied
from nnlib.checks import require, require_gradients, require_number, require_state, tuple_of
from nnlib.files import FilePath, read_state, write_state

__all__ = ["SGD", "AdaGrad", "Adam", "Momentum", "Optimizer", "RMSprop"]


class Optimizer:
    r"""Base of the optimizers: checks what it is given and keeps the memory of each parameter.

    A subclass says in `slots` how many arrays it remembers per parameter, and in `step` how one
    parameter moves. The `learning_rate`, :math:`\eta`, may be changed between updates, of which
    there have been `updates`.
    """

    slots = 0

    def __init__(self, learning_rate: float):
        self.learning_rate = learning_rate
        self.updates = 0
        self._params: tuple[Array, ...] = ()
        self._grads: tuple[Array, ...] = ()
        self._memory: list[list[Array]] = []

    @property
    def learning_rate(self) -> float:
        """Size of the steps, above 0."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        require_number("learning_rate", value, above=0)
        self._learning_rate = float(value)  # NumPy's float64 would widen float32 parameters

    def update(self, params: Sequence[Array], grads: Sequence[Array]) -> None:
        """Move every parameter one step, in place; ``grads[i]`` has the shape of ``params[i]``.

        A rule that remembers takes the same parameters every time.
        """
        if params is not self._params or grads is not self._grads:  # tuples stay what they are
            known, new = tuple_of("params", params), tuple_of("grads", grads)
            if not _same(known, self._params) or not _same(new, self._grads):
                require_gradients(known, new)
            self._remember(known)
            self._grads = new
        self.updates += 1
        for param, grad, memory in zip(self._params, self._grads, self._memory, strict=True):
            self.step(param, grad, *memory)

    def _remember(self, params: tuple[Array, ...]) -> None:
        """Keep zeros for parameters that are new, which only some rules allow after an update."""
        if not _same(params, self._params):
            expected = "be those of earlier updates (make a new optimizer for another model)"
            new = not self.updates or not self.slots
            require(new, f"{type(self).__name__}.update: params", expected, "others")
            self._memory = [
                [array_namespace(param).zeros_like(param) for _ in range(self.slots)]
                for param in params
            ]
        self._params = params

    def state(self, params: Sequence[Array]) -> dict[str, Any]:
        """Return a copy of its numbers, `updates` among them, and of its memory of parameters."""
        self._remember(tuple_of("params", params))
        state = {name: value for name, value in vars(self).items() if type(value) in (int, float)}
        for i, memory in enumerate(self._memory):
            state |= {f"memory_{i}_{j}": +array for j, array in enumerate(memory)}
        return {self._named(name): value for name, value in state.items()}

    def restore(self, state: Mapping[str, Any], params: Sequence[Array]) -> None:
        """Go back to a `state` that belongs to these parameters."""
        require_state(state, like=self.state(params))
        for name, value in vars(self).items():
            if type(value) in (int, float):
                setattr(self, name.lstrip("_"), state[self._named(name)])
        for i, memory in enumerate(self._memory):
            for j, array in enumerate(memory):
                array[...] = copied(state[self._named(f"memory_{i}_{j}")], like=array)

    def _named(self, name: str) -> str:
        return f"{type(self).__name__}.{name.lstrip('_')}"

    def save(self, path: FilePath, params: Sequence[Array]) -> None:
        """Write the `state` to an ``.npz`` file, in the way of `Sequential.save_params`."""
        write_state(path, self.state(params))

    def load(self, path: FilePath, params: Sequence[Array]) -> None:
        """Read what `save` wrote for these parameters; all of it, or nothing."""
        self.restore(read_state(path, like=self.state(params)), params)

    def step(self, param: Any, grad: Any, *memory: Any) -> None:
        """Move one parameter, in place."""
        raise NotImplementedError(f"{type(self).__name__} must define step")


def _same(arrays: tuple[Array, ...], others: tuple[Array, ...]) -> bool:
    return len(arrays) == len(others) and all(map(operator.is_, arrays, others))


class SGD(Optimizer):
    r"""Stochastic gradient descent: :math:`W \leftarrow W - \eta \, \partial L / \partial W`."""

    def __init__(self, learning_rate: float = 0.01):
        super().__init__(learning_rate)

    def step(self, param: Array, grad: Array) -> None:
        """Move one parameter against its gradient, in place."""
        param -= self.learning_rate * grad


class Momentum(Optimizer):
    r"""SGD with a velocity.

    :math:`v \leftarrow \alpha v - \eta g`, then :math:`W \leftarrow W + v`. Of the velocity the
    part `momentum`, :math:`\alpha`, is kept: from 0 up to but not including 1.
    """

    slots = 1

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9):
        super().__init__(learning_rate)
        require_number("momentum", momentum, least=0, below=1)
        self.momentum = float(momentum)

    def step(self, param: Array, grad: Array, velocity: Array) -> None:
        """Slow the velocity down, push it downhill, and move one parameter by it."""
        velocity *= self.momentum
        velocity -= self.learning_rate * grad
        param += velocity


class AdaGrad(Optimizer):
    r"""Steps that shrink where gradients were large.

    :math:`s \leftarrow s + g^2`, then :math:`W \leftarrow W - \eta \, g / (\sqrt{s} + \epsilon)`;
    `epsilon`, above 0, keeps the division away from 0.
    """

    slots = 1

    def __init__(self, learning_rate: float = 0.01, epsilon: float = 1e-7):
        super().__init__(learning_rate)
        require_number("epsilon", epsilon, above=0)
        self.epsilon = float(epsilon)

    def step(self, param: Array, grad: Array, squares: Array) -> None:
        """Add up the squares of the gradients, and divide the step by their root."""
        xp = array_namespace(param)
        squares += grad * grad
        param -= self.learning_rate * grad / (xp.sqrt(squares) + self.epsilon)


class RMSprop(Optimizer):
    r"""AdaGrad with a memory that fades.

    :math:`s \leftarrow \rho s + (1 - \rho) g^2`, then the step of AdaGrad; `decay`, :math:`\rho`,
    is from 0 up to but not including 1.
    """

    slots = 1

    def __init__(self, learning_rate: float = 0.01, decay: float = 0.99, epsilon: float = 1e-7):
        super().__init__(learning_rate)
        require_number("decay", decay, least=0, below=1)
        require_number("epsilon", epsilon, above=0)
        self.decay = float(decay)
        self.epsilon = float(epsilon)

    def step(self, param: Array, grad: Array, squares: Array) -> None:
        """Average the squares of the gradients, and divide the step by their root."""
        xp = array_namespace(param)
        squares *= self.decay
        squares += (1 - self.decay) * grad * grad
        param -= self.learning_rate * grad / (xp.sqrt(squares) + self.epsilon)


class Adam(Optimizer):
    r"""Momentum and RMSprop together, both corrected for their start at 0.

    :math:`m \leftarrow \beta_1 m + (1 - \beta_1) g` and
    :math:`v \leftarrow \beta_2 v + (1 - \beta_2) g^2`, then
    :math:`W \leftarrow W - \eta \, \hat m / (\sqrt{\hat v} + \epsilon)` with
    :math:`\hat m = m / (1 - \beta_1^k)` and :math:`\hat v = v / (1 - \beta_2^k)` at update k. Both
    betas are from 0 up to but not including 1.
    """

    slots = 2

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ):
        super().__init__(learning_rate)
        require_number("beta1", beta1, least=0, below=1)
        require_number("beta2", beta2, least=0, below=1)
        require_number("epsilon", epsilon, above=0)
        self.beta1 = float(beta1)
        self.beta2 = float(beta2)
        self.epsilon = float(epsilon)

    def step(self, param: Array, grad: Array, mean: Array, squares: Array) -> None:
        """Average gradients and their squares, correct both, and divide one by the other's root."""
        xp = array_namespace(param)
        mean *= self.beta1
        mean += (1 - self.beta1) * grad
        squares *= self.beta2
        squares += (1 - self.beta2) * grad * grad
        corrected_mean = mean / (1 - self.beta1**self.updates)
        corrected_squares = squares / (1 - self.beta2**self.updates)
        param -= self.learning_rate * corrected_mean / (xp.sqrt(corrected_squares) + self.epsilon)
