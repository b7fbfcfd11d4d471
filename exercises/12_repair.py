"""Eight programs that run and are wrong (all slides): mend each, and name its fault.

No function here raises an error, and each has exactly one fault. Mend it in its place. Then give each
function its fault's letter in FAULTS:

a: a hidden layer has no activation. b: inputs are not scaled. c: rows and labels no longer belong
together. d: rows of the test are used in training. e: the learning rate is far too large. f: the
output has the wrong activation. g: softmax is applied twice. h: the worst is taken for the best.

Run `course check 12_repair`. Models are graded by what they are made of: use Keras's own layers.
"""

import keras
import numpy as np

FAULTS = {
    "five_kinds": "",
    "one_of_five": "",
    "price": "",
    "pixels": "",
    "compiled": "",
    "shuffled": "",
    "split": "",
    "best_epoch": "",
}


def five_kinds(n_inputs):
    """A classifier of five kinds."""
    return keras.Sequential(
        [
            keras.Input((n_inputs,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(5, activation="softmax"),
            keras.layers.Softmax(),
        ]
    )


def one_of_five(n_inputs):
    """A classifier that says of a sample to which one of five classes it belongs."""
    return keras.Sequential(
        [
            keras.Input((n_inputs,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(5, activation="sigmoid"),
        ]
    )


def price(n_inputs):
    """A network for prices: two hidden layers of 16 units, each with a non-linear activation."""
    return keras.Sequential(
        [
            keras.Input((n_inputs,)),
            keras.layers.Dense(16),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(1),
        ]
    )


def pixels():
    """A classifier of digits: it gets 64 pixels from 0 to 255, and brings them to 0 … 1."""
    return keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


def compiled(model):
    """The given classifier, compiled for whole-number labels, with plain SGD."""
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=10.0),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


def shuffled(x, y, seed):
    """The samples x (n, m) and their labels y (n,) in another order, the same for both; it is
    drawn from the seed."""
    order = np.random.default_rng(seed)
    return x[order.permutation(len(x))], y[order.permutation(len(y))]


def split(x, y):
    """The first 80 % of the rows for training, the others for the test: x_train, y_train, x_test, y_test."""
    first = len(x) * 8 // 10
    return x[:first], y[:first], x[first // 2 :], y[first // 2 :]


def best_epoch(history):
    """The number of the epoch, counted from 0, with the smallest validation loss.

    history: a dict of lists, as History.history is.
    """
    return int(np.argmax(history["val_loss"]))
