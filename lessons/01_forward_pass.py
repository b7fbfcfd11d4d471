"""The forward pass: what one neuron computes.

Inputs are multiplied by weights and added up, a bias is added, and an activation
function is applied. First with the formula on the slide, then with a Keras model that
has one Dense unit with the same numbers.

Slides 3-4.
"""

# %%
# Slide 3 · inputs, weights, sum: output = Σ x_i w_i + b
#
# Question: x = (1, 2, 3), w = (0.2, -0.4, 0.1), b = 0.5: what is the sum? (a) -0.3 (b)
# 0.2 (c) 0.7
#
# Answer: (b). 0.2 - 0.8 + 0.3 is -0.3, and the bias adds 0.5.
import keras
import matplotlib.pyplot as plt
import numpy as np

from course import drawing

x = np.array([[1.0, 2.0, 3.0], [0.5, -1.0, 0.0]])
w = np.array([0.2, -0.4, 0.1])
b = 0.5

by_loop = []
for row in x:
    total = b
    for x_i, w_i in zip(row, w, strict=True):
        total += x_i * w_i
    by_loop.append(total)
a = x @ w + b
print("sums, by loop and by x @ w + b:", np.round(by_loop, 4), np.round(a, 4))

# %%
# Slide 4 · the activation: g(a) = σ(a) = 1 / (1 + e^-a). It is ½ at 0 and never leaves
# (0, 1).
#
# Question: What does the sigmoid make of a sum of 100? (a) 100 (b) nearly 1 (c) nearly
# 0
#
# Answer: (b). e^-100 is next to nothing, so that 1 / (1 + e^-100) is nearly 1.


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


by_hand = sigmoid(a)
print("outputs:", np.round(by_hand, 4))

# %%
# Slides 3-4 · the neuron as the slides draw it, with the numbers of the first sample
figure, axes = plt.subplots(figsize=(7, 3.4), layout="constrained")
drawing.neuron(axes, x[0], w, b, "sigmoid")
axes.set_title("The first sample in the neuron")
plt.show()

# %%
# The same neuron in Keras: one Dense unit with sigmoid. The slides write `Dense(1,
# input_dim=3)`; Keras 3 still accepts that, with a warning, but prefers an Input in
# front.
model = keras.Sequential(
    [keras.Input(shape=(3,)), keras.layers.Dense(1, activation="sigmoid")]
)
model.summary()

# %%
# A new model has random weights. Replace them with ours: the kernel has one column per
# unit, the bias has one entry per unit.
print("random weights:", model.get_weights()[0].ravel())
model.set_weights([w.reshape(3, 1), np.array([b])])
by_keras = keras.ops.convert_to_numpy(model(x))
print("Keras:", by_keras.ravel())

# %%
# What the weight and the bias do: the weight sets how steep the curve is, the bias sets
# its position.
#
# Question: What moves the curve to the left or right? (a) the weight (b) the bias (c)
# neither
#
# Answer: (b). With w = 1, the output is ½ where x = -b.
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
line = np.linspace(-6, 6, 301)
steep = {f"w = {weight}": sigmoid(weight * line) for weight in (0.5, 1.0, 3.0)}
moved = {f"b = {bias}": sigmoid(line + bias) for bias in (-3.0, 0.0, 3.0)}
drawing.curves(left, line, steep, title="The weight: how steep (b = 0)")
drawing.curves(right, line, moved, title="The bias: where (w = 1)")
left.set(xlabel="input x", ylabel="output σ(w x + b)")
plt.show()

# %%
# Try, one at a time, and predict what changes: `b = -3` (which outputs are still above
# ½?); weights twice as large; a third row of inputs.
