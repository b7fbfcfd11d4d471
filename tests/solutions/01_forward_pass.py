"""The author's solution."""

import keras
import numpy as np


def weighted_sum(x, w, b):
    return x @ w + b


def neuron(x, w, b):
    return 1 / (1 + np.exp(-weighted_sum(x, w, b)))


def build_neuron(n_inputs):
    return keras.Sequential(
        [keras.Input(shape=(n_inputs,)), keras.layers.Dense(1, activation="sigmoid")]
    )


def set_neuron(model, w, b):
    model.set_weights([np.reshape(w, (-1, 1)), np.reshape(b, (1,))])
    return model
