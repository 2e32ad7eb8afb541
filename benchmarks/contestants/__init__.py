"""Ways to train the same network: each a generator that trains one epoch a step.

A contestant takes a `Problem` and yields, after every epoch, its parameters W1, b1, W2 and b2, the
mean loss of the updates, and the accuracy on all samples. An epoch starts with a shuffle.
"""
