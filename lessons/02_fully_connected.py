"""Fully connected networks: many neurons side by side, layer behind layer.

A layer of neurons is one matrix product. Layers one after another, with a non-linearity
between them, can follow any curve: this is the universal approximation theorem, shown
here with 1, 2, 4, 8 and 32 hidden units.

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
# Question: How many parameters has a layer from 200 inputs to 128 units? (a) 328 (b)
# 25,600 (c) 25,728
#
# Answer: (c). 200 · 128 weights, and one bias for each unit.
sizes = [200, 128, 256, 5]
parameters = [n * m + m for n, m in itertools.pairwise(sizes)]
print(sizes, "has", parameters, "parameters, together", sum(parameters))

# %%
# Why is the non-linearity needed? Without it, two layers are one: (x·W1 + b1)·W2 + b2 =
# x·(W1·W2) + (b1·W2 + b2), a straight line again.
#
# Question: What can two layers without activation do that one cannot? (a) draw curves
# (b) nothing (c) tell more classes apart
#
# Answer: (b). A weighted sum of weighted sums is a weighted sum again.
two_layers = (x @ w1 + b1) @ w2 + b2

# %%
# Slide 5 · the universal approximation theorem: with enough hidden units, one hidden
# layer gets as close as you like to any smooth curve. The same curve and the same
# training, with more and more hidden units. Their initial weights are large, and they
# are spread over the whole range, so that each unit is useful; the learning rate gets
# smaller towards the end, so that the last steps settle. (Each sample appears 32 times
# in an epoch, only so that there are fewer epochs to wait for.)
#
# Question: With more hidden units, how does the error of the fitted curve change? (a)
# it grows (b) it stays (c) it shrinks
#
# Answer: (c). Each unit can bend the curve at one more place.
grid = np.linspace(-3, 3, 200)[:, None]
curve = np.sin(2 * grid) + 0.3 * grid
errors, fitted = {}, {}
for units in (1, 2, 4, 8, 32):
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
        loss="mean_squared_error", optimizer=keras.optimizers.Adam(shrinking)
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
# Left: the curves. Right: their errors. Each hidden unit gives the curve one more bend.
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
left.plot(grid, curve, color="0.7", linewidth=6, label="the curve itself")
for units, style in ((1, ":"), (2, "-."), (4, "--"), (32, "-")):
    left.plot(
        grid,
        fitted[units],
        style,
        color="black",
        label=f"{units} hidden unit" + "s" * (units > 1),
    )
left.set(
    title="The same curve, more and more hidden units",
    xlabel="input x",
    ylabel="output",
)
left.legend(fontsize=8, loc="upper left")
right.loglog(list(errors), list(errors.values()), "o-", color="black")
right.set_xticks(list(errors), [str(units) for units in errors])
right.minorticks_off()
right.set(
    title="Error after the same training",
    xlabel="hidden units",
    ylabel="mean squared error",
)
plt.show()

# %%
# Try, one at a time, and predict what changes: `units = 6` (which shapes change?);
# `sizes` with 64 instead of 128; another seed for the weights.
