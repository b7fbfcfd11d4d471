"""The author's solution."""

import keras
import numpy as np


def sgd(w, g, learning_rate):
    return w - learning_rate * g


def momentum(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * g
    return w + velocity, velocity


def nesterov(w, g, velocity, learning_rate, momentum):
    velocity = momentum * velocity - learning_rate * g
    return w + momentum * velocity - learning_rate * g, velocity


def adagrad(w, g, accumulator, learning_rate, epsilon=1e-7):
    accumulator = accumulator + g**2
    return w - learning_rate * g / np.sqrt(accumulator + epsilon), accumulator


def rmsprop(w, g, average, learning_rate, rho=0.9, epsilon=1e-7):
    average = rho * average + (1 - rho) * g**2
    return w - learning_rate * g / np.sqrt(average + epsilon), average


def adam(w, g, m, v, t, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat, v_hat = m / (1 - beta_1**t), v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


def build_sgd(lr, momentum, decay):
    rate = keras.optimizers.schedules.InverseTimeDecay(lr, decay_steps=1, decay_rate=decay)
    return keras.optimizers.SGD(learning_rate=rate, momentum=momentum)


def build_optimizer(name):
    return {
        "sgd": keras.optimizers.SGD(),
        "momentum": keras.optimizers.SGD(momentum=0.9),
        "nesterov": keras.optimizers.SGD(momentum=0.9, nesterov=True),
        "adagrad": keras.optimizers.Adagrad(),
        "rmsprop": keras.optimizers.RMSprop(),
        "adam": keras.optimizers.Adam(),
    }[name]
