"""Gradient descent: walking down the loss.

The loss of a neuron is a landscape over its weights; its gradient points uphill, so
each step goes the other way. This lesson draws the landscape and the paths on it, with
updates after one sample, after a small group and after all samples; and it works out by
hand back-propagation, which finds the gradient of a whole network.

Slides 2, 6-7.
"""

# %%
# Slide 6 · a loss to walk down: a neuron w·x + b without activation, and 64 points that
# nearly lie on a line

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from matplotlib import patheffects

from course import drawing

rng = np.random.default_rng(6)
x = rng.uniform(-1, 1, size=64)
y = 1.5 * x + 0.5 + rng.normal(scale=0.1, size=64)


def loss(w, b):
    """The mean squared error over all points."""
    return np.mean((w * x + b - y) ** 2)


def gradient(w, b, rows):
    """The gradient (dw, db) of the mean squared error over some of the points: the
    factor 2 / n comes from the square and the mean."""
    error = w * x[rows] + b - y[rows]
    return 2 * np.mean(error * x[rows]), 2 * np.mean(error)


# %%
# Is the gradient right? Move each weight a little, and see how much the loss changes;
# then compare with TensorFlow.
h = 1e-6
everything = np.arange(64)
dw, db = gradient(0.3, -0.2, everything)
# By default, newer GPUs multiply with only three digits (TF32). This is turned off,
# because all of Keras's digits are compared with ours here.
tf.config.experimental.enable_tensor_float_32_execution(False)
w, b = tf.Variable(0.3, dtype=tf.float64), tf.Variable(-0.2, dtype=tf.float64)
with tf.GradientTape() as tape:
    value = tf.reduce_mean((w * x + b - y) ** 2)
by_tape = [float(slope) for slope in tape.gradient(value, [w, b])]
print(
    f"at w = 0.3, b = -0.2: loss {loss(0.3, -0.2):.4f}, gradient ({dw:.4f}, {db:.4f})"
)
print(f"TensorFlow's gradient: ({by_tape[0]:.4f}, {by_tape[1]:.4f})")

# %%
# Slide 7 · epoch and batch. One epoch = every sample seen once. Updating after each
# sample is stochastic gradient descent (SGD), after a small group mini-batch SGD, after
# all of them full-batch gradient descent.
#
# Question: 64 samples, batches of 16: how many updates in 6 epochs? (a) 6 (b) 24 (c)
# 384
#
# Answer: (b). Four batches in each of six epochs.


def train(batch_size, epochs=6, learning_rate=0.1):
    """The path of (w, b), one point per update."""
    order_of = np.random.default_rng(7)
    path = [(-0.5, -0.75)]
    for _ in range(epochs):
        order = order_of.permutation(64)
        for start in range(0, 64, batch_size):
            (w, b), (dw, db) = (
                path[-1],
                gradient(*path[-1], order[start : start + batch_size]),
            )
            path.append((w - learning_rate * dw, b - learning_rate * db))
    return np.array(path)


paths = {
    "one by one": train(1),
    "mini-batches of 16": train(16),
    "full batch": train(64),
}
for name, path in paths.items():
    print(f"{len(path) - 1:>4} updates in 6 epochs, loss {loss(*path[-1]):.4f}: {name}")

# %%
# The landscape from above, lighter = lower, with the three paths. With the same number
# of epochs, more updates get closer to the lowest point, but wobble more.
#
# Question: Which path wobbles most? (a) one by one (b) mini-batch (c) full batch
#
# Answer: (a). Each step follows the gradient of a single sample.
figure, grid = plt.subplots(1, 3, figsize=(12, 4.2), sharey=True, layout="constrained")
ws, bs = np.meshgrid(np.linspace(-1, 3, 81), np.linspace(-1.2, 1.6, 81))
surface = np.mean((ws[..., None] * x + bs[..., None] - y) ** 2, axis=-1)
for axes, (name, path) in zip(grid, paths.items(), strict=True):
    picture = axes.contourf(
        ws,
        bs,
        surface,
        levels=np.geomspace(0.01, 8, 14),
        cmap="Greys",
        norm="log",
        extend="min",
    )
    # A white rim keeps the path readable where the landscape is dark.
    rim = [patheffects.withStroke(linewidth=2.5, foreground="white")]
    axes.plot(
        *path.T, ".-", color="black", markersize=3, linewidth=0.8, path_effects=rim
    )
    axes.plot(1.5, 0.5, "*", color="white", markeredgecolor="black", markersize=13)
    axes.set(title=f"{name}: {len(path) - 1} updates", xlabel="weight w")
grid[0].set_ylabel("bias b")
bar = figure.colorbar(picture, ax=grid, label="mean squared error")
bar.set_ticks([0.01, 0.1, 1, 8], labels=["0.01", "0.1", "1", "8"])
bar.minorticks_off()
plt.show()

# %%
# Slide 7 · the same in Keras: batch_size says how many samples go into one update. The
# last group of an epoch may be short.
updates = {}
for batch_size in (1, 10, 16, 64):
    neuron = keras.Sequential([keras.Input(shape=(1,)), keras.layers.Dense(1)])
    neuron.compile(
        loss="mean_squared_error", optimizer=keras.optimizers.SGD(learning_rate=0.1)
    )
    neuron.fit(x[:, None], y[:, None], batch_size=batch_size, epochs=2, verbose=0)
    updates[batch_size] = int(neuron.optimizer.iterations)
    print(f"batch_size={batch_size:<3} {updates[batch_size]:>4} updates in 2 epochs")

# %%
# One full-batch update in Keras is the same as the step by hand: new weight = weight -
# learning rate · gradient
neuron.set_weights([np.array([[0.3]]), np.array([-0.2])])
neuron.fit(x[:, None], y[:, None], batch_size=64, epochs=1, verbose=0)
stepped = [float(weight.ravel()[0]) for weight in neuron.get_weights()]
print("by hand:", np.round([0.3 - 0.1 * dw, -0.2 - 0.1 * db], 4))
print("Keras:", np.round(stepped, 4))

# %%
# Slide 2 · forwarding and back propagation: first one neuron and one sample, as a
# graph. Forward, from left to right: each circle computes its number from those before
# it. Each arrow has a slope: how fast the number at its end grows with the one at its
# start. Backward, from the loss: a number's gradient is the gradient at the end of its
# arrow times the arrow's slope. That is the chain rule.
#
# Question: Which gradient is known first? (a) that of w (b) that of the loss (c) all at
# once
#
# Answer: (b). The slope of the loss with respect to itself is 1. All others follow.
at = {"w": 0.5, "x": 2.0, "b": -0.3}
at["w·x"] = at["w"] * at["x"]
at["sum"] = at["w·x"] + at["b"]
at["σ"] = 1 / (1 + np.exp(-at["sum"]))
at["loss"] = (at["σ"] - 1.0) ** 2
slopes = {
    ("σ", "loss"): 2 * (at["σ"] - 1.0),
    ("sum", "σ"): at["σ"] * (1 - at["σ"]),
    ("w·x", "sum"): 1.0,
    ("b", "sum"): 1.0,
    ("w", "w·x"): at["x"],
    ("x", "w·x"): at["w"],
}
back = {"loss": 1.0}
for (start, end), slope in slopes.items():
    back[start] = slope * back[end]
print({name: round(float(gradient), 4) for name, gradient in back.items()})

# %%
# Forward, half-way back, and all the way back: values above the circles, gradients
# below them, slopes on the arrows.
spots = {"w": (0, 1.2), "x": (0, 0), "b": (1, 1.2), "w·x": (1, 0), "sum": (2, 0.6)}
spots |= {"σ": (3, 0.6), "loss": (4, 0.6)}
figure, grid = plt.subplots(3, 1, figsize=(9, 8), layout="constrained")
drawing.graph(grid[0], spots, at, slopes, {}, title="forward")
half = dict(list(back.items())[:3])
drawing.graph(grid[1], spots, at, slopes, half, title="half-way back")
drawing.graph(grid[2], spots, at, slopes, back, title="all the way back")
plt.show()

# %%
# A program can build this graph by itself: a number that remembers what it was computed
# from, and with which slopes. Keras's backends do it for whole arrays.


class Value:
    """A number, the numbers that it is computed from, and the slope to each of them."""

    def __init__(self, data, parts=()):
        self.data, self.parts, self.grad = data, parts, 0.0

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def sigmoid(self):
        s = 1 / (1 + np.exp(-self.data))
        return Value(s, [(self, s * (1 - s))])

    def backward(self, grad=1.0):
        """Each way from a number to the loss adds its own share."""
        self.grad += grad
        for part, slope in self.parts:
            part.backward(slope * grad)


w, b = Value(0.5), Value(-0.3)
difference = (w * Value(2.0) + b).sigmoid() + Value(-1.0)
(difference * difference).backward()
print(f"by Value: dw = {w.grad:.4f}, db = {b.grad:.4f}")

# %%
# The same at once, for layers and batches: matrices take the place of numbers. Forward
# keeps the output of each layer; backward, each layer passes back how much its inputs
# affect the loss.
#
# Question: Which layer's gradient is computed first? (a) the first layer's (b) the last
# layer's
#
# Answer: (b). The chain rule starts at the loss and goes back.


def forward_and_back(x, y, w1, b1, w2, b2):
    hidden = 1 / (1 + np.exp(-(x @ w1 + b1)))
    output = hidden @ w2 + b2
    d_output = 2 * (output - y) / y.size
    d_hidden = d_output @ w2.T
    # The gradient of the sigmoid is σ(1 - σ), and σ is already known from the forward
    # pass.
    d_sum = d_hidden * hidden * (1 - hidden)
    return [x.T @ d_sum, d_sum.sum(axis=0), hidden.T @ d_output, d_output.sum(axis=0)]


inputs, answers = rng.normal(size=(8, 3)), rng.normal(size=(8, 2))
weights = [rng.normal(size=shape) for shape in ((3, 4), (4,), (4, 2), (2,))]
network = keras.Sequential(
    [
        keras.Input(shape=(3,)),
        keras.layers.Dense(4, activation="sigmoid"),
        keras.layers.Dense(2),
    ]
)
network.set_weights(weights)
with tf.GradientTape() as tape:
    error = tf.reduce_mean((network(inputs) - answers.astype("float32")) ** 2)
by_tensorflow = tape.gradient(error, network.trainable_variables)
for name, by_hand, found in zip(
    ("dw1", "db1", "dw2", "db2"),
    forward_and_back(inputs, answers, *weights),
    by_tensorflow,
    strict=True,
):
    gap = np.abs(by_hand - found).max()
    print(f"{name}: shape {by_hand.shape}, TensorFlow's differs by {gap:.0e} at most")

# %%
# Try, one at a time, and predict what changes: a learning rate of 0.5 (does it still
# arrive?); `y = 3.0 * x + 1.0`; batches of 4.
