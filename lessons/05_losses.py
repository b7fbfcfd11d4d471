"""Losses: how wrong is a prediction?

A loss turns predictions and answers into one number that training makes small.
Regression measures distance, classification measures how surprised the model is by the
right class. Every number on the slides is worked out by hand, then computed with Keras.

Slides 6, 14-15.
"""

# %%
# Slide 15 · regression: the answer is (0.9, 0.1), the prediction (0.8, 0.2)
#
# Question: Both differences are 0.1. Which is smaller? (a) the mean squared error (b)
# the mean absolute error (c) neither
#
# Answer: (a). 0.1² is 0.01: below 1, squaring makes errors smaller.
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

from course import drawing

answer, prediction = np.array([[0.9, 0.1]]), np.array([[0.8, 0.2]])

difference = answer - prediction
by_hand = {
    "mean_squared_error": np.mean(difference**2),
    "mean_absolute_error": np.mean(np.abs(difference)),
    "mean_absolute_percentage_error": 100 * np.mean(np.abs(difference / answer)),
    "mean_squared_logarithmic_error": np.mean(
        (np.log1p(answer) - np.log1p(prediction)) ** 2
    ),
}
for name, value in by_hand.items():
    by_keras = float(keras.losses.get(name)(answer, prediction)[0])
    print(f"{name:<32}{value:10.6f}  Keras {by_keras:10.6f}")

# %%
# Slide 15 · percentage error: here the slide and Keras differ. The slide truncates
# 55.5556 to 55, and the order of the arguments matters: the first one is the answer,
# and the error is divided by it.
percentage = keras.losses.mean_absolute_percentage_error
right, swapped = percentage(answer, prediction), percentage(prediction, answer)
print(f"percentage error: {right[0]:.4f}, with the arguments swapped {swapped[0]:.2f}")

# %%
# Slide 15 · logarithmic error: here the slide and Keras differ. The slide uses log(y)
# and gets 0.247; Keras uses log(1 + y), so that an answer of 0 causes no problem. (The
# slide also prints "x 100", but its own number leaves it out.)
slide = np.mean((np.log(answer) - np.log(prediction)) ** 2)
keras_value = by_hand["mean_squared_logarithmic_error"]
print(f"squared logarithmic error: slide {slide:.6f}, Keras {keras_value:.7f}")

# %%
# Slide 6 · RMSE. Keras has no loss of that name: it is a metric, the root of the mean
# squared error.
# slide: keras.losses.get("rmse")
# today: ValueError: Could not interpret loss identifier: rmse
# write: keras.metrics.RootMeanSquaredError()
try:
    keras.losses.get("rmse")
except ValueError as error:
    print("keras.losses.get('rmse') raises:", str(error).splitlines()[0])
root = keras.metrics.RootMeanSquaredError()
root.update_state(answer, prediction)
print(f"RMSE by hand {np.sqrt(np.mean(difference**2)):.4f}, Keras {root.result():.4f}")

# %%
# Slide 14 · binary cross-entropy: the answer is (0, 1), the prediction (0.9, 0.1), so
# both entries are badly wrong.
# slide: keras.losses.get("logloss")
# today: ValueError: Could not interpret loss identifier: logloss
# write: keras.losses.get("binary_crossentropy")
#
# Question: The right class got 0.1. How large is the loss? (a) 0.1 (b) 0.9 (c) 2.3
#
# Answer: (c). -log 0.1 is 2.303.
y, p = np.array([[0.0, 1.0]]), np.array([[0.9, 0.1]])
log_loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
print(f"binary cross-entropy: {log_loss:.6f} = -log 0.1")
try:
    keras.losses.get("logloss")
except ValueError:
    print("'logloss' is no Keras name: write 'binary_crossentropy'")

# %%
# Slide 14 · many classes: only the probability of the right class counts. One-hot
# labels go with categorical cross-entropy, whole-number labels with the sparse one; the
# value is the same, and a mix-up raises an error.
# slide: keras.losses.categorical_crossentropy(labels, probabilities)
# today: ValueError: Arguments `target` and `output` must have the same rank
# write: keras.losses.sparse_categorical_crossentropy(labels, probabilities)
#
# slide: keras.losses.sparse_categorical_crossentropy(one_hot, probabilities)
# today: ValueError: Argument `output` must have rank (ndim) `target.ndim - 1`
# write: keras.losses.categorical_crossentropy(one_hot, probabilities)
#
# slide: from keras.utils import np_utils
# today: ImportError: cannot import name 'np_utils' from 'keras.utils'
# write: from keras.utils import to_categorical
#
# Question: The right class gets 0.7. Does it matter how the other 0.3 is shared? (a)
# yes (b) no
#
# Answer: (b). The loss is -log 0.7 either way.
probabilities = np.array([[0.07, 0.53, 0.36, 0.04], [0.7, 0.1, 0.1, 0.1]])
labels = np.array([1, 2])
one_hot = keras.utils.to_categorical(labels, 4)
expected = -np.log([0.53, 0.1])
mixed_up = (
    (keras.losses.categorical_crossentropy, labels, "one-hot labels"),
    (keras.losses.sparse_categorical_crossentropy, one_hot, "whole-number labels"),
)
for loss, wrong_labels, wanted in mixed_up:
    try:
        loss(wrong_labels, probabilities)
    except ValueError as error:
        print(f"{loss.__name__} wants {wanted}: {str(error).splitlines()[0]}")
    else:
        raise AssertionError("Keras took the wrong labels")

# %%
# What the losses look like: left, the loss by the size of the error; right, the loss by
# the probability of the right class.
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
error = np.linspace(-2, 2, 201)
drawing.curves(left, error, {"squared": error**2, "absolute": np.abs(error)})
left.set(title="Regression: large errors cost more when squared")
left.set(xlabel="prediction - answer", ylabel="loss")
share = np.linspace(0.01, 1, 200)
right.plot(share, -np.log(share), color="tab:red")
right.plot([0.1], [-np.log(0.1)], "o", color="black")
right.annotate(
    "slide 14: 2.3026",
    (0.1, -np.log(0.1)),
    xytext=(0.22, 2.6),
    arrowprops={"arrowstyle": "->"},
)
right.set(
    title="Classification: cross-entropy",
    xlabel="probability of the right class",
    ylabel="loss (natural logarithm)",
)
plt.show()

# %%
# Why not the squared error for classes? Training follows the gradient back through the
# sigmoid. For the sum a, p = σ(a) and the answer 1, the cross-entropy's gradient is
# p - 1: the more wrong, the stronger. That of the squared error is 2 (p - 1) p (1 - p):
# a neuron that is certain and wrong hardly learns.
#
# Question: The answer is 1, the sum is -6. Which loss corrects it faster? (a) the
# squared error (b) the cross-entropy (c) both equally
#
# Answer: (b). Its gradient is -0.998 there, that of the squared error -0.005.
sums = np.linspace(-8, 8, 161)
at = tf.constant(sums)
pulls = {}
for name, each in (
    ("the cross-entropy", lambda p: -tf.math.log(p)),
    ("the squared error", lambda p: (p - 1) ** 2),
):
    with tf.GradientTape() as tape:
        tape.watch(at)
        value = each(tf.sigmoid(at))
    pulls[name] = tape.gradient(value, at).numpy()
figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
drawing.curves(
    axes,
    sums,
    pulls,
    title="The gradient through a sigmoid, when the answer is 1",
    xlabel="sum before the sigmoid",
    ylabel="gradient of the loss",
)
plt.show()

# %%
# Try, one at a time, and predict what changes: a prediction that is right (which losses
# are 0?); a probability of 0.99 for the wrong class; an answer of 0 (what does the
# percentage error do?).
