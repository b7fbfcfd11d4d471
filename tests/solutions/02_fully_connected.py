"""The author's solution."""

import itertools

import keras
import numpy as np
from keras import layers as kl

ACTIVATIONS = {
    "linear": lambda a: a,
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "relu": lambda a: np.maximum(a, 0),
    "tanh": np.tanh,
}


def dense(x, kernel, bias):
    return x @ kernel + bias


def forward(x, layers):
    for kernel, bias, activation in layers:
        x = ACTIVATIONS[activation](dense(x, kernel, bias))
    return x


def count_parameters(sizes):
    return sum(n * m + m for n, m in itertools.pairwise(sizes))


def build_network(sizes):
    hidden = [kl.Dense(units, activation="sigmoid") for units in sizes[1:-1]]
    return keras.Sequential([keras.Input(shape=(sizes[0],)), *hidden, kl.Dense(sizes[-1])])


def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    # Steep units spread over the whole range bend where the curve bends; a falling rate settles at the end.
    wide = {
        "kernel_initializer": keras.initializers.RandomNormal(stddev=1.5),
        "bias_initializer": keras.initializers.RandomUniform(-3, 3),
    }
    model = keras.Sequential(
        [keras.Input(shape=(1,)), kl.Dense(64, activation="tanh", **wide), kl.Dense(1)]
    )
    rate = keras.optimizers.schedules.CosineDecay(0.02, 60 * -(-len(x) // 8))
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(rate))
    model.fit(x, y, batch_size=8, epochs=60, verbose=0)
    return model
