"""A right answer in another way: Keras's own functions."""

import keras
import tensorflow as tf


def silu(x):
    return keras.activations.silu(x)


def silu_slope(x):
    at = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(at)
        y = tf.nn.silu(at)
    return tape.gradient(y, at)


def shared_parameters(n_inputs, units):
    shared = keras.layers.Dense(units)
    one, two = keras.Input((n_inputs,)), keras.Input((n_inputs,))
    both = keras.layers.Concatenate()([shared(one), shared(two)])
    return keras.Model([one, two], keras.layers.Dense(1)(both)).count_params()


def huber(y_true, y_pred, delta):
    return keras.losses.Huber(delta=delta)(y_true, y_pred)


def top_k_accuracy(labels, probabilities, k):
    return np.mean(keras.metrics.sparse_top_k_categorical_accuracy(labels, probabilities, k=k))
