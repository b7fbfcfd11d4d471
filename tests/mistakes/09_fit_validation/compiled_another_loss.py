"""Misses: test_train, test_train_with
Says: a different loss or optimizer
"""

right, right_with = train, train_with


def train(model, x, y):
    model.compile("sgd", "mse")
    return right(model, x, y)


def train_with(model, train, valid, epochs):
    model.compile("sgd", "mse")
    return right_with(model, train, valid, epochs)
