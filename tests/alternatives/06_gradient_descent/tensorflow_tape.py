"""A right answer in another way: tensorflow tape."""

import tensorflow as tf


def backprop(x, y, w1, b1, w2, b2):
    weights = [tf.Variable(one) for one in (w1, b1, w2, b2)]
    with tf.GradientTape() as tape:
        w1, b1, w2, b2 = weights
        loss = tf.reduce_mean((tf.sigmoid(x @ w1 + b1) @ w2 + b2 - y) ** 2)
    return tape.gradient(loss, weights)
