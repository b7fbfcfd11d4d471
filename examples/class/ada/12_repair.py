"""The author's solution."""

import keras
import numpy as np

FAULTS = {
    "five_kinds": "g",
    "one_of_five": "f",
    "price": "a",
    "pixels": "b",
    "compiled": "e",
    "shuffled": "c",
    "split": "d",
    "best_epoch": "h",
}


def _network(n_inputs, *layers):
    return keras.Sequential([keras.Input((n_inputs,)), *layers])


def _classifier(n_inputs):
    layers = keras.layers
    return _network(
        n_inputs, layers.Dense(16, activation="relu"), layers.Dense(5, activation="softmax")
    )


def five_kinds(n_inputs):
    return _classifier(n_inputs)


def one_of_five(n_inputs):
    return _classifier(n_inputs)


def price(n_inputs):
    bent = [keras.layers.Dense(16, activation="relu") for _ in range(2)]
    return _network(n_inputs, *bent, keras.layers.Dense(1))


def pixels():
    layers = keras.layers
    return _network(
        64,
        layers.Rescaling(1 / 255),
        layers.Dense(32, activation="relu"),
        layers.Dense(10, activation="softmax"),
    )


def compiled(model):
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.05),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


def shuffled(x, y, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    return x[order], y[order]


def split(x, y):
    first = len(x) * 8 // 10
    return x[:first], y[:first], x[first:], y[first:]


def best_epoch(history):
    return int(np.argmin(history["val_loss"]))
