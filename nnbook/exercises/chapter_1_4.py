"""The exercises of chapter 1.4: the spiral, its network, and the training loop."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnbook.exercises.functions import check_function
from nnbook.exercises.registry import exercise
from nnbook.exercises.values import check_array, check_choice, check_number
from nnbook.exercises.verdict import Verdict, judged
from nnlib.models import TwoLayerNet
from nnlib.optimizers import Momentum

Function = Callable[..., Any]

# ---------------------------------------------------------------- 1.4.1 The spiral


def _point(r: float, angle: float) -> Any:
    return np.array([r * np.sin(angle), r * np.cos(angle)])


@exercise(
    "1.4.1-a",
    hint="Follow the formulas of section 1.4.1 without the noise: first the radius, then the "
    "angle, then the two coordinates.",
)
def spiral_point(function: object) -> Verdict:
    """Compute a point of the spiral."""
    mistakes: dict[str, Function] = {
        "The sine comes first.": lambda i, j, n: _point(i / n, 4 * (j + i / n))[::-1],
        "The angle must depend on the class.": lambda i, j, n: _point(i / n, 4 * i / n),
        "The radius is i / n, so that the last point lies inside 1.": lambda i, j, n: _point(
            i / (n - 1), 4 * (j + i / (n - 1))
        ),
        "The radius is i / n, not i.": lambda i, j, n: _point(i, 4 * (j + i)),
        "The angle uses i / n too.": lambda i, j, n: _point(i / n, 4 * (j + i)),
        "The radius of the angle is missing: an arm is bent.": lambda i, j, n: _point(i / n, 4 * j),
        "That is the first coordinate. A point has two.": lambda i, j, n: _point(
            i / n, 4 * (j + i / n)
        )[0],
    }
    return check_function(
        function,
        lambda i, j, n: _point(i / n, 4 * j + 4 * i / n),
        [(50, 1, 100), (7, 2, 10), (0, 0, 5)],
        mistakes=mistakes,
    )


@exercise(
    "1.4.1-b",
    hint="Row k of the unit matrix is the one-hot row of class k. NumPy also takes an array of "
    "numbers as an index: which rows does it give then?",
)
def one_hot_rows(function: object) -> Verdict:
    """Make one-hot rows without `one_hot`."""
    cases = [(np.array([3, 0, 2, 2]), 4), (np.array([1, 0]), 3)]
    mistakes: dict[str, Function] = {
        "These are the labels. Each becomes a row.": lambda labels, C: labels,
        "That is one row for each class. You need one for each label.": lambda labels, C: np.eye(C),
        "The labels choose the columns; they should choose rows.": lambda labels, C: np.eye(C)[
            :, labels
        ],
        "The first class is 0.": lambda labels, C: np.eye(C)[labels - 1],
        "There are as many columns as classes, used or not.": lambda labels, C: np.eye(
            labels.max() + 1
        )[labels],
        "Numbers are asked for, 1 and 0, not True and False.": lambda labels, C: (
            labels[:, None] == np.arange(C)
        ),
    }
    return check_function(
        function,
        lambda labels, C: (labels[:, None] == np.arange(C)).astype(float),
        cases,
        without=["one_hot"],
        mistakes=mistakes,
    )


# ---------------------------------------------------------------- 1.4.2 The network


@exercise(
    "1.4.2-a",
    hint="A layer from D to H has a weight for every pair of an input and a neuron, and a bias for "
    "every neuron. Add what the two layers have.",
)
def count_parameters(function: object) -> Verdict:
    """Count the numbers that a network learns."""
    mistakes: dict[str, Function] = {
        "The biases are missing.": lambda D, H, C: D * H + H * C,
        "The output neurons have biases too.": lambda D, H, C: D * H + H + H * C,
        "The hidden neurons have biases too.": lambda D, H, C: D * H + H * C + C,
        "Inputs have no biases.": lambda D, H, C: D * H + H * C + D + H + C,
        "The two layers stand one after the other: add, don't multiply.": lambda D, H, C: D * H * C,
    }
    return check_function(
        function,
        lambda D, H, C: (D + 1) * H + (H + 1) * C,
        [(2, 10, 3), (784, 100, 10), (1, 1, 1)],
        mistakes=mistakes,
    )


@exercise(
    "1.4.2-b",
    hint="Small weights make all scores nearly equal. Which probability does softmax then give "
    "each class, and how large is the surprise (section 1.3.1)?",
)
def first_loss_of_ten_classes(answer: object) -> Verdict:
    """Say what loss a new classifier starts with."""
    return check_first_loss(answer, classes=10, decimals=3)


def check_first_loss(answer: object, *, classes: int, decimals: int) -> Verdict:
    """Check ln C, the loss before training; 1.6-d asks for it with five classes."""
    right = float(np.log(classes))
    mistakes = {
        "The logarithm is the natural one, np.log.": np.log10(classes),
        "The logarithm is the natural one, not that to the base of 2.": np.log2(classes),
        "That is the probability. The loss is a logarithm of it.": 1 / classes,
        "A loss of probabilities below 1 is positive.": -right,
        "That is for three classes.": np.log(3),
        "All classes have the same probability, which is not 1.": 0,
    }
    return check_number(answer, right, decimals=decimals, mistakes=mistakes)


# ---------------------------------------------------------------- 1.4.3 The training loop


@exercise(
    "1.4.3-a",
    hint="Divide the samples among full minibatches first. The samples that are left over make a "
    "smaller minibatch, and it is an update too.",
)
def last_minibatch(answer: object) -> Verdict:
    """Count the updates of an epoch, and the samples of its last one."""
    samples, size = 300, 32
    full, rest = divmod(samples, size)
    mistakes = {
        "The samples that are left over make an update too.": (full, rest),
        "The last minibatch has what is left over.": (full + 1, size),
        "Updates are whole ones.": (samples / size, rest),
        "The updates come first.": (rest, full + 1),
        "That is how many samples its last minibatch lacks.": (full + 1, size - rest),
        "Two numbers are asked for.": (full + 1,),
    }
    return check_array(answer, (full + 1, rest), mistakes=mistakes)


def _three_losses(one_epoch: Function, size: int) -> list[Any] | None:
    """Train a new network for three epochs; None if one of them returns nothing."""
    net, optimizer = TwoLayerNet(2, 5, 3, rng=np.random.default_rng(5)), Momentum(0.3)
    losses = [one_epoch(net, optimizer, size) for _ in range(3)]
    return None if any(loss is None or loss is ... for loss in losses) else losses


def _epoch_over(
    x: Any, t: Any, *, by_size: bool = True, update: bool = True, whole: bool = True
) -> Function:
    """Return an epoch over these samples: the right one, or one with a mistake."""

    def epoch(net: Any, optimizer: Any, size: int) -> float:
        losses, sizes = [], []
        for start in range(0, len(x) if whole else len(x) - len(x) % size, size):
            rows = slice(start, start + size)
            losses.append(net.forward(x[rows], t[rows]))
            sizes.append(len(x[rows]))
            if update:
                net.backward()
                optimizer.update(net.params, net.grads)
        return float(np.average(losses, weights=sizes if by_size else None))

    return epoch


@exercise(
    "1.4.3-b",
    hint="Go through the samples in steps of `batch_size`; a slice that reaches beyond the end "
    "gives what is there. Weight each loss with the number of its samples.",
)
def own_epoch(function: Any, x: Any, t: Any) -> Verdict:
    """Run one epoch in the order of the samples, and return its mean loss."""
    if not callable(function):
        return check_function(function, _three_losses, [])
    planted: dict[str, Any] = {
        "Is every minibatch counted with its size? The last one is smaller.": {"by_size": False},
        "Nothing is learned: are net.backward and optimizer.update called?": {"update": False},
        "Is the last minibatch left out? It has fewer samples.": {"whole": False},
    }
    mistakes = {
        sentence: lambda size, how=how: _three_losses(_epoch_over(x, t, **how), size)
        for sentence, how in planted.items()
    }
    verdict = check_function(
        lambda size: _three_losses(function, size),
        lambda size: _three_losses(_epoch_over(x, t), size),
        [(32,), (100,)],
        mistakes=mistakes,
    )
    if verdict.state != "wrong":
        return verdict
    return judged(f"Three epochs ran, with minibatches of 32 and of 100.\n{verdict}")


# ---------------------------------------------------------------- 1.4.4 Trainer


@exercise(
    "1.4.4-a",
    hint="`trainer.epochs` yields a result after each epoch. Look at its accuracy in a loop, leave "
    "the loop when it is high enough, and count the epochs.",
)
def stop_early(answer: object) -> Verdict:
    """Find the first epoch with an accuracy of 0.9."""
    epoch = 129  # the solution trains the network and counts
    mistakes = {
        "The first epoch is number 1: did you count from 0?": epoch - 1,
        "That is one too late: which epoch has it for the first time?": epoch + 1,
        "That is where training ends if nothing stops it.": 300,
        "That is the accuracy. In which epoch is it reached?": 0.9,
    }
    return check_array(answer, epoch, mistakes=mistakes)


@exercise(
    "1.4.4-b",
    hint="Put the input into the factor. It shrinks w as long as it lies between −1 and 1: at "
    "which learning rate does it reach −1?",
)
def limit_of_one_weight(answer: object) -> Verdict:
    """Find the learning rate below which one weight shrinks."""
    x = 3
    mistakes = {
        "There w reaches 0 in one step. Larger steps still shrink it.": 1 / (2 * x**2),
        "The input counts as a square.": 1 / x,
        "That is x². What does it say about the rate?": x**2,
        "The factor may be anything between -1 and 1, not only below 0.": 0,
        "That is the limit for x = 1.": 1,
        "That is in percent.": 100 / x**2,
    }
    return check_number(answer, 1 / x**2, decimals=3, mistakes=mistakes)


@exercise(
    "1.4.4-c",
    hint="Something went out of range within the first epoch, and it was the parameters, not the "
    "data. What changes the parameters, and which setting decides how far?",
)
def failed_run(answer: object) -> Verdict:
    """Read the message of a run that diverged."""
    mistakes = {
        "Missing values would be refused before the first epoch.": "A",
        "More epochs would repeat the same steps.": "C",
        "More neurons would take steps of the same size.": "D",
    }
    return check_choice(answer, "B", "ABCD", mistakes=mistakes)
