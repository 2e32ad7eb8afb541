"""The loop of a chapter: one block of plain NumPy, every function written out."""

import numpy as np


def plain_loop(problem, *, input_gradient=True):
    """Train in NumPy; the first layer too gives the gradient of its input, as a layer would."""
    W1, b1, W2, b2 = problem.params()
    x, t = problem.data()
    rng, batch_size, lr = problem.rng(), problem.batch_size, problem.learning_rate
    while True:
        order = rng.permutation(len(x))
        x, t = x[order], t[order]
        total = 0.0
        for start in range(0, len(x), batch_size):
            batch_x, batch_t = x[start : start + batch_size], t[start : start + batch_size]
            rows = np.arange(len(batch_x))

            h = np.dot(batch_x, W1) + b1
            a = 1 / (1 + np.exp(-h))
            s = np.dot(a, W2) + b2
            y = np.exp(s - np.max(s, axis=1, keepdims=True))
            y /= np.sum(y, axis=1, keepdims=True)
            total += -np.sum(np.log(y[rows, batch_t])) / len(batch_x)

            ds = y.copy()
            ds[rows, batch_t] -= 1
            ds /= len(batch_x)
            da = np.dot(ds, W2.T)
            dW2 = np.dot(a.T, ds)
            db2 = np.sum(ds, axis=0)
            dh = da * (1 - a) * a
            if input_gradient:
                np.dot(dh, W1.T)
            dW1 = np.dot(batch_x.T, dh)
            db1 = np.sum(dh, axis=0)

            W1 -= lr * dW1
            b1 -= lr * db1
            W2 -= lr * dW2
            b2 -= lr * db2
        scores = np.dot(1 / (1 + np.exp(-(np.dot(x, W1) + b1))), W2) + b2
        accuracy = np.mean(np.argmax(scores, axis=1) == t)
        yield [W1, b1, W2, b2], total / problem.updates, accuracy


def plain_loop_without_dx(problem):
    """Train in NumPy and compute nothing that no update needs."""
    return plain_loop(problem, input_gradient=False)
