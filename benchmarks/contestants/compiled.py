"""An epoch in one compiled function: matrix products by BLAS, all else in loops over entries."""

import numpy as np
from numba import njit


@njit
def hidden_layer(x, W1, b1, a):
    """Write sigmoid(x W1 + b1) into `a`."""
    np.dot(x, W1, a)
    for n in range(a.shape[0]):
        for h in range(a.shape[1]):
            a[n, h] = 1 / (1 + np.exp(-(a[n, h] + b1[h])))


@njit
def loss_and_gradient(y, b2, t):
    """Turn scores without bias into the gradient of the mean loss; return the sum of the losses."""
    total = 0.0
    for n in range(y.shape[0]):
        largest = y[n, 0] + b2[0]
        for c in range(y.shape[1]):
            y[n, c] += b2[c]
            largest = max(largest, y[n, c])
        powers = y.dtype.type(0)
        for c in range(y.shape[1]):
            y[n, c] = np.exp(y[n, c] - largest)
            powers += y[n, c]
        for c in range(y.shape[1]):
            y[n, c] /= powers
        total -= np.log(y[n, t[n]])
        y[n, t[n]] -= 1
        for c in range(y.shape[1]):
            y[n, c] /= y.shape[0]
    return total


@njit
def descend(W, b, dW, dout, learning_rate):
    """Move the parameters of a layer, and sum up the gradient of its biases on the way."""
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            W[i, j] -= learning_rate * dW[i, j]
    for n in range(dout.shape[0]):
        for j in range(b.shape[0]):
            b[j] -= learning_rate * dout[n, j]


@njit
def train_epoch(x, t, W1, b1, W2, b2, batch_size, learning_rate):
    """Make all updates of an epoch in place; return the mean loss."""
    a, da = np.empty((batch_size, len(b1)), x.dtype), np.empty((batch_size, len(b1)), x.dtype)
    y, dW1, dW2 = np.empty((batch_size, len(b2)), x.dtype), np.empty_like(W1), np.empty_like(W2)
    total = 0.0
    for start in range(0, len(x), batch_size):
        batch_x, batch_t = x[start : start + batch_size], t[start : start + batch_size]
        hidden_layer(batch_x, W1, b1, a)
        np.dot(a, W2, y)
        total += loss_and_gradient(y, b2, batch_t)
        np.dot(y, W2.T, da)
        np.dot(a.T, y, dW2)
        for n in range(batch_size):
            for h in range(len(b1)):
                da[n, h] *= a[n, h] * (1 - a[n, h])
        np.dot(batch_x.T, da, dW1)
        descend(W1, b1, dW1, da, learning_rate)
        descend(W2, b2, dW2, y, learning_rate)
    return total / len(x)


@njit
def accuracy(x, t, W1, b1, W2, b2):
    """Return the fraction of samples whose largest score is that of their label."""
    a = np.empty((len(x), len(b1)), x.dtype)
    hidden_layer(x, W1, b1, a)
    scores, right = np.dot(a, W2), 0
    for n in range(len(x)):
        right += np.argmax(scores[n] + b2) == t[n]
    return right / len(x)
