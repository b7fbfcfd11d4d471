"""Fully connected networks: many neurons side by side, layer after layer.

A layer of neurons is one matrix product. Layers one after another, with a non-linearity
between them, can follow any curve: this is the universal approximation theorem, shown
here with 1, 4 and 32 hidden units; and their boundaries can enclose any region.

Slide 5.
"""

# %%
# Slide 5 · one layer: each column of the kernel holds the weights of one neuron, so one
# matrix product computes them all
import itertools

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

from course import drawing

rng = np.random.default_rng(5)
x = rng.normal(size=(4, 3))
kernel, bias = rng.normal(size=(3, 2)), rng.normal(size=2)
one_by_one = np.array(
    [
        [sum(row[i] * kernel[i, j] for i in range(3)) + bias[j] for j in range(2)]
        for row in x
    ]
)
print("inputs", x.shape, "times kernel", kernel.shape, "gives", one_by_one.shape)

# %%
# Slide 5 · input layer, hidden layer, output layer: a weighted sum, a non-linearity,
# and another weighted sum


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


units = 4
w1, b1, w2, b2 = (
    rng.normal(size=(3, units)),
    rng.normal(size=units),
    rng.normal(size=(units, 2)),
    rng.normal(size=2),
)
by_hand = sigmoid(x @ w1 + b1) @ w2 + b2

# By default, newer GPUs multiply with only three digits (TF32). This is turned off,
# because all of Keras's digits are compared with ours here.
tf.config.experimental.enable_tensor_float_32_execution(False)
model = keras.Sequential(
    [
        keras.Input(shape=(3,)),
        keras.layers.Dense(units, activation="sigmoid"),
        keras.layers.Dense(2),
    ]
)
model.set_weights([w1, b1, w2, b2])
by_keras = keras.ops.convert_to_numpy(model(x))
print("by hand:", np.round(by_hand[0], 5), " Keras:", np.round(by_keras[0], 5))

# %%
# How many numbers are learnt? A layer from n to m has n·m weights and m biases. For the
# slides' network, 200 → 128 → 256 → 5:
#
# Question: How many parameters does a layer have from 200 inputs to 128 units? (a) 328
# (b) 25,600 (c) 25,728
#
# Answer: (c). 200 · 128 weights, and one bias for each unit.
sizes = [200, 128, 256, 5]
parameters = [n * m + m for n, m in itertools.pairwise(sizes)]
print(sizes, "has", parameters, "parameters, together", sum(parameters))

# %%
# Slides 5, 11 · the slides' network: each line is a weight, each circle of the later
# layers has a bias. The dots stand for the circles that have no room.
figure, axes = plt.subplots(figsize=(9, 4), layout="constrained")
drawing.network(axes, sizes)
axes.set_title("The slides' network")
plt.show()

# %%
# Why is the non-linearity needed? Without it, two layers are one: (x·W1 + b1)·W2 + b2 =
# x·(W1·W2) + (b1·W2 + b2), a straight line again.
#
# Question: What can two layers without activation do that one cannot? (a) draw curves
# (b) nothing (c) tell more classes apart
#
# Answer: (b). A weighted sum of weighted sums is a weighted sum again.
two_layers = (x @ w1 + b1) @ w2 + b2
one_layer = x @ (w1 @ w2) + (b1 @ w2 + b2)
print(f"largest difference: {np.abs(two_layers - one_layer).max():.0e}")

# %%
# Slide 5 · the universal approximation theorem: with enough hidden units, one hidden
# layer gets as close as you like to any smooth curve. The same curve and the same
# training, with more and more hidden units. Their initial weights are large, and they
# are spread over the whole range, so that each unit is useful; the learning rate gets
# smaller towards the end, so that the last steps settle. (Each sample appears 32 times
# in an epoch, and Keras makes 100 updates at a time, only so that you wait less.)
#
# Question: With more hidden units, how does the error of the fitted curve change? (a)
# it grows (b) it stays (c) it shrinks
#
# Answer: (c). Each unit can bend the curve at one more place.
grid = np.linspace(-3, 3, 200)[:, None]
curve = np.sin(2 * grid) + 0.3 * grid
errors, fitted = {}, {}
for units in (1, 4, 32):
    keras.utils.set_random_seed(1)
    steep, spread = (
        keras.initializers.RandomNormal(stddev=1.5),
        keras.initializers.RandomUniform(-3, 3),
    )
    hidden = keras.layers.Dense(
        units, activation="tanh", kernel_initializer=steep, bias_initializer=spread
    )
    network = keras.Sequential([keras.Input(shape=(1,)), hidden, keras.layers.Dense(1)])
    shrinking = keras.optimizers.schedules.CosineDecay(0.03, decay_steps=1500)
    network.compile(
        loss="mean_squared_error",
        optimizer=keras.optimizers.Adam(shrinking),
        steps_per_execution=100,
    )
    network.fit(
        np.tile(grid, (32, 1)),
        np.tile(curve, (32, 1)),
        batch_size=64,
        epochs=15,
        verbose=0,
    )
    fitted[units] = keras.ops.convert_to_numpy(network(grid))
    errors[units] = float(np.mean((fitted[units] - curve) ** 2))
    print(f"hidden units: {units:>2}, mean squared error {errors[units]:.5f}")

# %%
# Each hidden unit gives the curve one more bend.
figure, axes = plt.subplots(figsize=(8, 4.2), layout="constrained")
axes.plot(grid, curve, color="0.7", linewidth=6, label="the curve itself")
drawing.curves(
    axes,
    grid,
    {f"hidden units: {units}": fitted[units] for units in fitted},
    title="The same curve, more and more hidden units",
    xlabel="input x",
    ylabel="output",
)
plt.show()

# %%
# Slide 5 · the same theorem, seen from above: two classes, one inside the other. Each
# hidden unit draws one line through the plane; the output unit puts the lines together.
# One line cannot enclose anything, a few can. Blue dots lie inside, orange ones
# outside; on the black line the network says ½.
#
# Question: How many lines does it take to enclose a disc? (a) one (b) two (c) three
#
# Answer: (c). Two lines leave a strip or a corner open; three close it.
inside = rng.integers(0, 2, 400)
radius = np.where(inside, rng.uniform(0, 0.5, 400), rng.uniform(0.7, 1, 400))
angle = rng.uniform(0, 2 * np.pi, 400)
points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
figure, row = plt.subplots(1, 4, figsize=(12, 3.3), layout="constrained")
accuracies = {}
for axes, units in zip(row, (1, 2, 4, 16), strict=True):
    keras.utils.set_random_seed(2)
    hidden = keras.layers.Dense(units, activation="tanh")
    output = keras.layers.Dense(1, activation="sigmoid")
    network = keras.Sequential([keras.Input(shape=(2,)), hidden, output])
    network.compile(
        loss="binary_crossentropy",
        optimizer=keras.optimizers.Adam(0.1),
        steps_per_execution=100,
    )
    network.fit(
        np.tile(points, (30, 1)),
        np.tile(inside, 30),
        batch_size=40,
        epochs=2,
        verbose=0,
    )
    said = keras.ops.convert_to_numpy(network(points))[:, 0]
    accuracies[units] = float(np.mean((said > 0.5) == inside))
    title = f"hidden units: {units}, accuracy {accuracies[units]:.2f}"
    drawing.boundary(axes, network, points, inside, title)
plt.show()

# %%
# Try, one at a time, and predict what changes: `units = 6` (which shapes change?);
# `sizes` with 64 instead of 128; another seed for the weights.
