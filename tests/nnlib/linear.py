"""A layer as a reader would write it: a weight, and no bias."""

from nnlib import Layer


class Linear(Layer):
    """The matrix product ``x @ W``."""

    def __init__(self, W):
        super().__init__(W)

    def forward(self, x):
        self.save(x)
        return x @ self.params[0]

    def backward(self, dout):
        (x,) = self.saved()
        self.grads[0][...] = x.T @ dout
        return dout @ self.params[0].T
