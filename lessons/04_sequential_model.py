"""The Sequential model: layers one after another.

A model is declared, then layers are added. The slides' network takes 200 numbers and
gives the probabilities of 5 classes; its summary is worked out by hand, and Keras's is
compared with it.

Slides 9, 11-13.
"""

# %%
# Slide 9 · the imports. The slide's `keras.layers.core` does not exist in Keras 3; the
# layers are in `keras.layers`.
# slide: from keras.layers.core import Dense, Activation
# today: ModuleNotFoundError: No module named 'keras.layers.core'
# write: from keras.layers import Dense, Activation
import importlib
import warnings

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras.layers import Activation, Dense
from keras.models import Sequential

try:
    importlib.import_module("keras.layers.core")
except ModuleNotFoundError as error:
    print("slide 9 today:", error)
else:
    raise AssertionError("keras.layers.core is back")

# %%
# Slide 9 · the input size. `input_dim` still works but gives a warning: Keras 3 prefers
# an Input as the first entry.
# slide: keras.layers.Dense(128, input_dim=200)
# today: UserWarning: Do not pass an `input_shape`/`input_dim` argument to a layer
# write: keras.Input(shape=(200,))
#
# Also, quotation marks that were copied from a slide are curly, and Python does not
# accept them.
# slide: keras.layers.Activation(‘sigmoid’)
# today: SyntaxError: invalid character '‘'
# write: keras.layers.Activation("sigmoid")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    Dense(128, input_dim=200)
print("input_dim today:", str(caught[-1].message).split(". ")[0])

# %%
# Slide 11 · the network: 200 → 128 → 256 → 5
#
# Question: How many numbers does this network give for one sample? (a) 1 (b) 5 (c) 256
#
# Answer: (b). As many as the last layer has units.
keras.utils.set_random_seed(1)
model = Sequential()
model.add(keras.Input(shape=(200,)))
model.add(Dense(128))
model.add(Activation("sigmoid"))
model.add(Dense(256))
model.add(Activation("sigmoid"))
model.add(Dense(5))
model.add(Activation("softmax"))

# %%
# Slide 12 · the summary, by hand first: a Dense layer has one weight per input and
# unit, and one bias per unit.
#
# Question: Which layer has the most parameters? (a) 200 → 128 (b) 128 → 256 (c) 256 → 5
#
# Answer: (b). 128 · 256 + 256 = 33,024; the first has 25,728, the last 1,285.
by_hand = [200 * 128 + 128, 0, 128 * 256 + 256, 0, 256 * 5 + 5, 0]
print("by hand:", by_hand)
model.summary()
# The slide's column "Connected to" is printed only for models that are not Sequential:
# here each layer follows the one before.

# %%
# Slide 13 · softmax: exponentiate, divide by the sum
scores = np.array([0.6, 2.6, 2.2, 0.1])
shares = np.exp(scores) / np.exp(scores).sum()
print("softmax:", np.round(shares, 4))
# The slide rounds to two digits, (0.07, 0.53, 0.36, 0.04), which is correct to within
# 0.005.

# %%
# `activation=` and a separate activation layer compute the same function: with equal
# weights, the outputs are equal.
#
# Question: How many parameters does an Activation layer have? (a) none (b) one (c) one
# for each unit
#
# Answer: (a). It computes a fixed function; there is nothing to learn.
first, second, last = (layer.units for layer in model.layers[::2])
compact = Sequential(
    [
        keras.Input(shape=(200,)),
        Dense(first, activation="sigmoid"),
        Dense(second, activation="sigmoid"),
        Dense(last, activation="softmax"),
    ]
)
compact.set_weights(model.get_weights())
x = np.random.default_rng(1).normal(size=(8, 200)).astype("float32")
outputs = keras.ops.convert_to_numpy(model(x))

# %%
# Where the parameters are, and what an untrained network outputs: nearly the same for
# every sample.
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
names = ["Dense 128", "Dense 256", "Dense 5"]
bars = left.barh(names, [25_728, 33_024, 1_285], color="0.6", edgecolor="black")
left.bar_label(bars, ["25,728", "33,024", "1,285"], padding=4)
left.invert_yaxis()
left.set(
    title="60,037 parameters",
    xlabel="parameters",
    xlim=(0, 40_000),
    xticks=range(0, 40_001, 10_000),
)
picture = right.imshow(outputs, cmap="Greys", vmin=0, vmax=outputs.max())
right.set(
    title="Outputs before training", xlabel="class", ylabel="sample", xticks=range(5)
)
figure.colorbar(picture, label="probability")
plt.show()

# %%
# Try, one at a time, and predict what changes: `Dense(64)` instead of `Dense(256)` (how
# many parameters fewer?); ten classes instead of five; relu instead of sigmoid.
