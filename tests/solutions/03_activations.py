"""The author's solution."""

import keras
import numpy as np


def sigmoid(x):
    return (1 + np.tanh(np.asarray(x) / 2)) / 2


def tanh(x):
    return np.tanh(x)


def relu(x):
    return np.maximum(0, x)


def leaky_relu(x, slope=0.1):
    return np.where(x > 0, x, slope * x)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def maxout(x, w1, b1, w2, b2):
    return np.maximum(x @ w1 + b1, x @ w2 + b2)


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def build_maxout(n_inputs, units):
    x = keras.Input(shape=(n_inputs,))
    branches = [keras.layers.Dense(units)(x), keras.layers.Dense(units)(x)]
    return keras.Model(x, keras.layers.Maximum()(branches))


def output_activation(task):
    return {"two classes": "sigmoid", "many classes": "softmax", "regression": "linear"}[task]
