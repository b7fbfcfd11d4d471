"""Misses: test_train
Says: use batch_size and learning_rate
"""

right = train


def train(x, y, learning_rate, epochs, batch_size, seed):
    return right(x, y, 0.05, epochs, batch_size, seed)
