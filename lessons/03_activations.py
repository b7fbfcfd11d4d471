"""Activations: the bend after each weighted sum.

The six functions of the slide with their gradients, each computed by formula and by
Keras; then softmax, which turns scores into probabilities.

Slides 10, 13.
"""

# %%
# Slide 10 · five of the six functions transform each number separately
#
# Question: Which function is 0 for every negative input? (a) sigmoid (b) ReLU (c) ELU
#
# Answer: (b). Sigmoid is small but positive there, ELU is negative.
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

from course import drawing

x = np.linspace(-4, 4, 401).astype("float32")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


by_hand = {
    "sigmoid": sigmoid(x),
    "tanh": np.tanh(x),
    "ReLU": np.maximum(0, x),
    "Leaky ReLU": np.maximum(0.1 * x, x),
    "ELU": np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
}
in_keras = {
    "sigmoid": keras.activations.sigmoid,
    "tanh": keras.activations.tanh,
    "ReLU": keras.activations.relu,
    "Leaky ReLU": lambda x: keras.activations.leaky_relu(x, negative_slope=0.1),
    "ELU": keras.activations.elu,
}

# %%
# Their gradients decide how well a deep network learns. The gradient of sigmoid is σ(1
# - σ), at most a quarter; the gradient of ReLU is 1 for every positive input.
#
# Question: What is the largest gradient of sigmoid? (a) 1 (b) 0.5 (c) 0.25
#
# Answer: (c). At 0, where σ(1 - σ) is ½ · ½.
gradients_by_hand = {
    "sigmoid": sigmoid(x) * (1 - sigmoid(x)),
    "tanh": 1 - np.tanh(x) ** 2,
    "ReLU": (x > 0).astype(float),
    "Leaky ReLU": np.where(x > 0, 1, 0.1),
    "ELU": np.where(x > 0, 1, np.exp(np.minimum(x, 0))),
}


def gradient(function, x):
    """The slope of `function` at each x, from TensorFlow."""
    at = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(at)
        y = function(at)
    return tape.gradient(y, at).numpy()


gradients = {name: gradient(function, x) for name, function in in_keras.items()}
# At exactly 0, ReLU and similar functions have a corner and no gradient; libraries
# choose a value.
away = np.abs(x) > 1e-3
apart = {n: np.abs(np.asarray(f(x)) - by_hand[n]).max() for n, f in in_keras.items()}
print(f"by hand and Keras differ by {max(apart.values()):.0e} at most")
print(
    "largest gradients:",
    {name: round(float(slope.max()), 3) for name, slope in gradients.items()},
)

# %%
# Slide 10 · Leaky ReLU is max(0.1x, x) on the slide. Keras uses other default slopes,
# and two different ones, so always give the slope.
minus_one = np.array([-1.0])
layer, function = (
    float(keras.layers.LeakyReLU()(minus_one)[0]),
    float(keras.activations.leaky_relu(minus_one)[0]),
)
print(f"of -1 the layer makes {layer:.1f}, the activation {function:.1f}")
# slide: keras.layers.LeakyReLU()(np.array([-1.0]))
# today: -0.3
# write: keras.layers.LeakyReLU(negative_slope=0.1)(np.array([-1.0]))
#
# slide: from keras.layers.advanced_activations import LeakyReLU
# today: ModuleNotFoundError: No module named 'keras.layers.advanced_activations'
# write: from keras.layers import LeakyReLU

# %%
# Slide 10 · Maxout: the larger of two weighted sums, max(w1·x + b1, w2·x + b2), so that
# the shape of its non-linearity is learnt too. The MaxoutDense layer of Keras 1 no
# longer exists: two Dense branches and a Maximum do the same.
# slide: keras.layers.MaxoutDense(4)
# today: AttributeError: module 'keras.layers' has no attribute 'MaxoutDense'
# write: keras.layers.Maximum()
#
# By default, newer GPUs multiply with only three digits (TF32). This is turned off,
# because all of Keras's digits are compared with ours here.
tf.config.experimental.enable_tensor_float_32_execution(False)
inputs = keras.Input(shape=(1,))
branches = [keras.layers.Dense(1)(inputs), keras.layers.Dense(1)(inputs)]
maxout = keras.Model(inputs, keras.layers.Maximum()(branches))
maxout.set_weights(
    [np.array([[-0.3]]), np.array([0.2]), np.array([[0.8]]), np.array([-0.5])]
)
column = x[:, None]
by_hand["Maxout"] = np.maximum(-0.3 * x + 0.2, 0.8 * x - 0.5)
gradients["Maxout"] = gradient(maxout, column)[:, 0]

# %%
# All six, as on the slide, each with its gradient
figure, grid = plt.subplots(2, 3, figsize=(11, 6), sharex=True, layout="constrained")
for axes, name in zip(
    grid.flat, ("sigmoid", "tanh", "ReLU", "Leaky ReLU", "Maxout", "ELU"), strict=True
):
    drawing.curves(axes, x, {"function": by_hand[name], "gradient": gradients[name]})
    axes.set(title=name, ylim=(-1.3, 2.6))
for axes in grid[1]:
    axes.set_xlabel("input x")
plt.show()

# %%
# Slide 13 · softmax, for the last layer of a classifier: exponentiate, then divide by
# the sum. The numbers before it are called logits; a loss of Keras that gets them in
# place of probabilities is told so, with from_logits=True.
#
# Question: Can softmax change which score is the largest? (a) yes (b) no
#
# Answer: (b). A larger score has a larger exponential; all are divided by the same sum.
scores = np.array([0.6, 2.6, 2.2, 0.1])
powers = np.exp(scores)
shares = powers / powers.sum()
print("e to the scores:", np.round(powers, 3), "shares:", np.round(shares, 4))
print("as the slide rounds them:", np.round(shares, 2))

# %%
# Written like that, large scores overflow. Subtracting the largest score first does not
# change the result, and never overflows.
large = np.array([1000.0, 999.0])
with np.errstate(over="ignore", invalid="ignore"):
    overflowing = np.exp(large) / np.exp(large).sum()
safe = np.exp(large - large.max()) / np.exp(large - large.max()).sum()
print("softmax of (1000, 999):", np.round(safe, 4))

# %%
# Which activation belongs to the last layer? It follows from what the network is to
# say: any number, as a price: none (linear); yes or no: sigmoid, one probability; one
# of several classes: softmax, shares that add up to 1.
#
# Question: A network says whether a picture shows a cat. Which activation comes last?
# (a) relu (b) sigmoid (c) none
#
# Answer: (b). One probability between 0 and 1 says it all.
sums = np.array([-2.0, 0.0, 3.0])
for name in ("linear", "sigmoid", "softmax"):
    ends = keras.activations.get(name)(keras.ops.convert_to_tensor(sums[None]))
    print(f"{name:<8}", np.round(keras.ops.convert_to_numpy(ends)[0], 3))

# %%
# Try, one at a time, and predict what changes: 10 added to every score (does any share
# change?); `large = np.array([10.0, 9.0])`; another slope for Leaky ReLU.
