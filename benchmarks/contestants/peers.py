"""Other libraries, each imported only when its contestant starts."""

import shutil


def torch_eager(problem):
    """Train with PyTorch's own layers, loss and optimizer on one thread."""
    import torch

    torch.set_num_threads(1)
    params = [torch.from_numpy(param) for param in problem.params()]
    model = torch.nn.Sequential(
        torch.nn.utils.skip_init(torch.nn.Linear, *params[0].shape),
        torch.nn.Sigmoid(),
        torch.nn.utils.skip_init(torch.nn.Linear, *params[2].shape),
    ).to(params[0].dtype)
    with torch.no_grad():
        for own, start in zip(model.parameters(), params, strict=True):
            own.copy_(start.T if start.ndim == 2 else start)
    optimizer = torch.optim.SGD(model.parameters(), lr=problem.learning_rate)
    loss_layer = torch.nn.CrossEntropyLoss()

    def step(x, t):
        optimizer.zero_grad()
        loss = loss_layer(model(x), t)
        loss.backward()
        optimizer.step()
        return loss.detach()

    first, second = model[0], model[2]
    params = [first.weight.T, first.bias, second.weight.T, second.bias]
    params = [param.detach() for param in params]  # views of what is trained
    for loss, accuracy in torch_epochs(torch, problem, step, model):
        yield params, loss, accuracy


def torch_compiled(problem):
    """Train with PyTorch, forward, gradients and update compiled into one function."""
    import torch

    if not shutil.which("c++"):
        raise ImportError("no C++ compiler")
    torch.set_num_threads(1)
    params = [torch.from_numpy(param) for param in problem.params()]

    def predict(x, W1, b1, W2, b2):
        return torch.sigmoid(x @ W1 + b1) @ W2 + b2

    def loss_of(params, x, t):
        return torch.nn.functional.cross_entropy(predict(x, *params), t)

    @torch.compile
    def step(x, t):
        grads, loss = torch.func.grad_and_value(loss_of)(params, x, t)
        for param, grad in zip(params, grads, strict=True):
            param -= problem.learning_rate * grad
        return loss

    scores = torch.compile(lambda x: predict(x, *params))
    for loss, accuracy in torch_epochs(torch, problem, step, scores):
        yield params, loss, accuracy


def torch_epochs(torch, problem, step, predict):
    """Train epoch after epoch with a function that makes one update and returns its loss."""
    x, t = map(torch.from_numpy, problem.data())
    rng, batch_size = problem.rng(), problem.batch_size
    while True:
        order = torch.from_numpy(rng.permutation(len(x)))
        x, t = x[order], t[order]
        total = torch.zeros((), dtype=x.dtype)
        for batch_x, batch_t in zip(x.split(batch_size), t.split(batch_size), strict=True):
            total += step(batch_x, batch_t)
        with torch.no_grad():
            accuracy = float((predict(x).argmax(1) == t).double().mean())
        yield float(total) / problem.updates, accuracy


def scikit_learn(problem):
    """Train with MLPClassifier, an epoch per `partial_fit`, and measure with its `score`."""
    from sklearn.neural_network import MLPClassifier

    x, t = problem.data()
    model = MLPClassifier(
        hidden_layer_sizes=problem.sizes[1:2],
        activation="logistic",
        solver="sgd",
        alpha=0.0,
        batch_size=problem.batch_size,
        learning_rate_init=problem.learning_rate,
        momentum=0.0,
        shuffle=False,
    )
    model.partial_fit(x, t, classes=range(problem.sizes[2]))  # makes the arrays that are then set
    W1, b1, W2, b2 = problem.params()
    for own, start in zip(model.coefs_ + model.intercepts_, [W1, W2, b1, b2], strict=True):
        own[...] = start
    rng = problem.rng()
    while True:
        order = rng.permutation(len(x))
        x, t = x[order], t[order]
        loss = model.partial_fit(x, t).loss_
        (W1, W2), (b1, b2) = model.coefs_, model.intercepts_
        yield [W1, b1, W2, b2], loss, model.score(x, t)


def numba_loop(problem):
    """Train with all updates of an epoch compiled into one function: the limit on one core."""
    from contestants import compiled

    params, (x, t) = problem.params(), problem.data()
    rng, learning_rate = problem.rng(), x.dtype.type(problem.learning_rate)
    while True:
        order = rng.permutation(len(x))
        x, t = x[order], t[order]
        loss = compiled.train_epoch(x, t, *params, problem.batch_size, learning_rate)
        yield params, loss, compiled.accuracy(x, t, *params)
