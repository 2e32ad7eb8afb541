"""The style of a first book on the subject: one class per layer, lists made once, a Trainer."""

import time

import numpy as np


class Affine:
    def __init__(self, W, b):
        self.params = [W, b]
        self.grads = [np.zeros_like(W), np.zeros_like(b)]
        self.x = None

    def forward(self, x):
        W, b = self.params
        out = np.dot(x, W) + b
        self.x = x
        return out

    def backward(self, dout):
        W, _ = self.params
        dx = np.dot(dout, W.T)
        dW = np.dot(self.x.T, dout)
        db = np.sum(dout, axis=0)
        self.grads[0][...] = dW
        self.grads[1][...] = db
        return dx


class Sigmoid:
    def __init__(self):
        self.params, self.grads = [], []
        self.out = None

    def forward(self, x):
        out = 1 / (1 + np.exp(-x))
        self.out = out
        return out

    def backward(self, dout):
        return dout * (1.0 - self.out) * self.out


def softmax(x):
    x = x - x.max(axis=1, keepdims=True)
    x = np.exp(x)
    x /= x.sum(axis=1, keepdims=True)
    return x


def cross_entropy_error(y, t):
    if t.size == y.size:
        t = t.argmax(axis=1)
    batch_size = y.shape[0]
    return -np.sum(np.log(y[np.arange(batch_size), t] + 1e-7)) / batch_size


class SoftmaxWithLoss:
    def __init__(self):
        self.params, self.grads = [], []
        self.y = None
        self.t = None

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        if self.t.size == self.y.size:
            self.t = self.t.argmax(axis=1)
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        dx = self.y.copy()
        dx[np.arange(batch_size), self.t] -= 1
        dx *= dout
        return dx / batch_size


class SGD:
    def __init__(self, lr):
        self.lr = lr

    def update(self, params, grads):
        for i in range(len(params)):
            params[i] -= self.lr * grads[i]


class TwoLayerNet:
    def __init__(self, W1, b1, W2, b2):
        self.layers = [Affine(W1, b1), Sigmoid(), Affine(W2, b2)]
        self.loss_layer = SoftmaxWithLoss()
        self.params, self.grads = [], []
        for layer in self.layers:
            self.params += layer.params
            self.grads += layer.grads

    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def forward(self, x, t):
        score = self.predict(x)
        return self.loss_layer.forward(score, t)

    def backward(self, dout=1):
        dout = self.loss_layer.backward(dout)
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout


def remove_duplicate(params, grads):
    """Join parameters that are the same array, and add up their gradients."""
    params, grads = params[:], grads[:]
    i = 0
    while i < len(params):
        j = i + 1
        while j < len(params):
            if params[i] is params[j]:
                grads[i] += grads[j]
                params.pop(j)
                grads.pop(j)
            else:
                j += 1
        i += 1
    return params, grads


class Trainer:
    def __init__(self, model, optimizer, rng):
        self.model, self.optimizer, self.rng = model, optimizer, rng
        self.loss_list = []

    def fit(self, x, t, max_epoch, batch_size, eval_interval):
        max_iters = len(x) // batch_size
        model, optimizer = self.model, self.optimizer
        total_loss, loss_count = 0, 0
        start_time = time.time()
        for _ in range(max_epoch):
            order = self.rng.permutation(len(x))
            x, t = x[order], t[order]
            for iters in range(max_iters):
                batch_x = x[iters * batch_size : (iters + 1) * batch_size]
                batch_t = t[iters * batch_size : (iters + 1) * batch_size]
                loss = model.forward(batch_x, batch_t)
                model.backward()
                params, grads = remove_duplicate(model.params, model.grads)
                optimizer.update(params, grads)
                total_loss += loss
                loss_count += 1
                if (iters + 1) % eval_interval == 0:
                    elapsed = time.time() - start_time
                    self.loss_list.append((elapsed, total_loss / loss_count))
                    total_loss, loss_count = 0, 0
        return x, t


def start(problem):
    """Return the network, its optimizer, the samples, and their labels as one-hot rows."""
    x, labels = problem.data()
    rows = np.eye(problem.sizes[2], dtype=int)[labels]
    return TwoLayerNet(*problem.params()), SGD(lr=problem.learning_rate), x, rows


def accuracy(model, x, t):
    return np.mean(np.argmax(model.predict(x), axis=1) == np.argmax(t, axis=1))


def book_loop(problem):
    """Train with these classes in a loop of one's own."""
    model, optimizer, x, t = start(problem)
    rng, batch_size = problem.rng(), problem.batch_size
    while True:
        order = rng.permutation(len(x))
        x, t = x[order], t[order]
        total_loss = 0
        for i in range(problem.updates):
            batch_x = x[i * batch_size : (i + 1) * batch_size]
            batch_t = t[i * batch_size : (i + 1) * batch_size]
            total_loss += model.forward(batch_x, batch_t)
            model.backward()
            optimizer.update(model.params, model.grads)
        yield model.params, total_loss / problem.updates, accuracy(model, x, t)


def book_trainer(problem):
    """Train with these classes, an epoch per `fit`."""
    model, optimizer, x, t = start(problem)
    trainer = Trainer(model, optimizer, problem.rng())
    while True:
        x, t = trainer.fit(x, t, 1, problem.batch_size, eval_interval=problem.updates)
        yield model.params, trainer.loss_list[-1][1], accuracy(model, x, t)
