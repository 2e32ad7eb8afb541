"""nnlib: its Trainer, and a loop that calls its model."""

import nnlib


def make_model(problem):
    """Return a TwoLayerNet with the problem's parameters, and its optimizer."""
    W1, b1, W2, b2 = problem.params()
    layers = [nnlib.Affine(W1, b1), nnlib.Sigmoid(), nnlib.Affine(W2, b2)]
    model = nnlib.Sequential(layers, nnlib.SoftmaxWithLoss())
    return model, nnlib.SGD(problem.learning_rate)


def nnlib_trainer(problem):
    """Take the epochs of `Trainer.fit` one by one; the checks before the first come only once."""
    model, optimizer = make_model(problem)
    trainer = nnlib.Trainer(model, optimizer, rng=problem.rng())
    options = {"batch_size": problem.batch_size, "max_epoch": 10**9}
    for result in trainer.epochs(*problem.data(), **options):
        yield model.params, result.loss, result.accuracy


def nnlib_loop(problem):
    """Call forward, backward and update in a loop of one's own."""
    model, optimizer = make_model(problem)
    x, t = problem.data()
    rng, batch_size = problem.rng(), problem.batch_size
    while True:
        order = rng.permutation(len(x))
        x, t = x[order], t[order]
        total = 0.0
        for start in range(0, len(x), batch_size):
            batch = slice(start, start + batch_size)
            total += model.forward(x[batch], t[batch])
            model.backward()
            optimizer.update(model.params, model.grads)
        yield model.params, total / problem.updates, nnlib.accuracy(model.predict(x), t)
