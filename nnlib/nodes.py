"""The smallest steps of a calculation, each with its own derivative. Section 1.3.4.

A node computes forwards and sends gradients backwards; each derivative stands beside its forward.
"""

from typing import Any

from nnlib.backend import Array, array_namespace
from nnlib.checks import (
    require,
    require_inputs,
    require_real,
    require_same_shape,
    require_upstream,
    require_whole,
)

__all__ = ["Add", "Branch", "MatMul", "Multiply", "Node", "Repeat", "Sum"]


class Node:
    """One step of a calculation: `forward` computes it, `backward` sends gradients back.

    `forward` takes one or more arrays and returns one array, or a tuple of `outputs` arrays.
    `backward` takes one upstream gradient per output and returns one gradient per input.
    """

    outputs = 1
    _memory: tuple[Any, ...] | None = None

    def forward(self, *inputs: Any) -> Any:
        """Compute the outputs from the inputs."""
        raise NotImplementedError(f"{type(self).__name__} must define forward")

    def backward(self, *douts: Any) -> Any:
        """Compute the gradients of the inputs from those of the outputs."""
        raise NotImplementedError(f"{type(self).__name__} must define backward")

    def save(self, *values: Any) -> None:
        """Keep what `backward` will need."""
        self._memory = values

    def saved(self) -> tuple[Any, ...]:
        """Return what `forward` kept; without a `forward` there is a RuntimeError."""
        if self._memory is None:
            name = type(self).__name__
            raise RuntimeError(
                f"{name}.backward was called before {name}.forward: run forward first"
            )
        return self._memory


class Add(Node):
    """Addition of two arrays of equal shape: it passes the gradient on to both."""

    def forward(self, a: Array, b: Array) -> Array:
        """Return ``a + b``."""
        require_inputs(self, a=a, b=b)
        require_same_shape("Add: a and b", a, b)
        self.save(a.shape)
        return a + b

    def backward(self, dout: Array) -> tuple[Array, Array]:
        """Return the gradients of `a` and `b`: both are `dout`, since ∂(a + b)/∂a = 1."""
        require_upstream(self, dout, *self.saved())
        return dout, dout


class Multiply(Node):
    """Elementwise product of two equal shapes: each gradient is multiplied by the *other* input."""

    def forward(self, a: Array, b: Array) -> Array:
        """Return ``a * b``."""
        require_inputs(self, a=a, b=b)
        require_same_shape("Multiply: a and b", a, b)
        self.save(a, b)
        return a * b

    def backward(self, dout: Array) -> tuple[Array, Array]:
        """Return the gradients of `a` and `b`, since ∂(a·b)/∂a = b and ∂(a·b)/∂b = a."""
        a, b = self.saved()
        require_upstream(self, dout, a.shape, a)
        return dout * b, dout * a


class Branch(Node):
    """One value used in several places: it leaves on 2 or more wires, `copies`.

    The gradients that come back are added.
    """

    def __init__(self, copies: int = 2):
        require_whole("Branch: copies", copies, least=2)
        self.outputs = int(copies)

    def forward(self, x: Array) -> tuple[Array, ...]:
        """Return `x`, an array of any shape, once for every wire."""
        require_real("Branch: x", x)
        self.save(x)
        return (x,) * self.outputs

    def backward(self, *douts: Array) -> Array:
        """Return the gradient of `x`: the sum of all that came back."""
        self._require_upstreams(douts)
        dx, *others = douts
        for dout in others:
            dx = dx + dout
        return dx

    def _require_upstreams(self, douts: tuple[Array, ...]) -> None:
        (x,), expected = self.saved(), f"be {self.outputs} gradients"
        require(len(douts) == self.outputs, "Branch.backward: douts", expected, len(douts))
        for dout in douts:
            require_upstream(self, dout, x.shape, x)


class Repeat(Node):
    """The same array written N times, `times`, along a new first axis; the mirror image of `Sum`.

    This is what broadcasting does to the bias of a minibatch.
    """

    def __init__(self, times: int):
        require_whole("Repeat: times", times)
        self.times = int(times)

    def forward(self, x: Array) -> Array:
        """Repeat `x`, (...), as (N, ...)."""
        require_inputs(self, x=x)
        self.save((self.times, *x.shape))
        xp = array_namespace(x)
        return xp.repeat(xp.expand_dims(x, axis=0), self.times, axis=0)

    def backward(self, dout: Array) -> Array:
        """Return the gradient of `x`: the sum over the copies, since each used the same `x`."""
        require_upstream(self, dout, *self.saved())
        return array_namespace(dout).sum(dout, axis=0)


class Sum(Node):
    """The sum over the first axis; the mirror image of `Repeat`."""

    def forward(self, x: Array) -> Array:
        """Add up the rows of `x`, (N, ...), to (...)."""
        require_inputs(self, x=x)
        require(x.ndim >= 1, "Sum: x", "have at least one axis to sum over", "a single number")
        self.save(*x.shape)
        return array_namespace(x).sum(x, axis=0)

    def backward(self, dout: Array) -> Array:
        """Return the gradient of `x`: every row moved the sum one to one, so each gets `dout`."""
        times, *shape = self.saved()
        require_upstream(self, dout, tuple(shape))
        xp = array_namespace(dout)
        return xp.repeat(xp.expand_dims(dout, axis=0), times, axis=0)


class MatMul(Node):
    """Matrix product of two inputs, ``x @ W``."""

    def forward(self, x: Array, W: Array) -> Array:
        """Multiply `x`, (N, D), by `W`, (D, H), to (N, H)."""
        require_inputs(self, x=x, W=W)
        holds = x.ndim == 2 and W.ndim == 2 and x.shape[1] == W.shape[0]
        expected = "have shapes (N, D) and (D, H) with the same D"
        require(holds, "MatMul: x and W", expected, f"{x.shape} and {W.shape}")
        self.save(x, W)
        return x @ W

    def backward(self, dout: Array) -> tuple[Array, Array]:
        """Return the gradients of `x`, (N, D), and of `W`, (D, H), from `dout`, (N, H)."""
        x, W = self.saved()
        require_upstream(self, dout, (x.shape[0], W.shape[1]), x)
        return dout @ W.T, x.T @ dout


def as_tuple(value: Any) -> tuple[Any, ...]:
    """Return a tuple as it is, and anything else as a tuple of one."""
    return value if isinstance(value, tuple) else (value,)
