"""The author's solution."""

import math

import numpy as np


def split(x, y, validation, test, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    n_test, n_val = round(len(x) * test), round(len(x) * validation)
    parts = order[n_test + n_val :], order[n_test : n_test + n_val], order[:n_test]
    return tuple((x[part], y[part]) for part in parts)


def train(model, x, y):
    return model.fit(x, y, batch_size=16, verbose=0, epochs=30, shuffle=True, validation_split=0.1)


def train_with(model, train, valid, epochs):
    x, y = train
    return model.fit(x, y, validation_data=valid, epochs=epochs, verbose=0)


def validation_rows(n_samples, validation_split):
    return range(math.floor(n_samples * (1 - validation_split)), n_samples)


def best_epoch(history):
    return int(np.argmin(history["val_loss"]))


def is_overfitting(history):
    loss, val_loss = history["loss"], history["val_loss"]
    start = 2 * len(loss) // 3
    return val_loss[-1] > val_loss[start] and loss[-1] < loss[start]
