"""Fit and validation: train on one part, judge on another.

The slides' call to `fit` on real data, and its results: what `validation_split` really
takes, why the slides' own settings learn so slowly, what relu and Adam change,
what overfitting looks like, and how to stop it.

Slides 18-20.
"""

# %%
# Slide 18 · three data sets: training data adjust the weights, validation data are
# checked after every epoch, test data are used once, at the end, to measure
# generalization. The data are 178 wines of three grape varieties with 13 measurements
# each (scikit-learn's copy of the UCI set, CC BY 4.0).
import math

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.datasets import load_digits, load_wine

from course import drawing

keras.utils.set_random_seed(20)
wine = load_wine()
order = np.random.default_rng(20).permutation(178)
x, y = wine.data[order], keras.utils.to_categorical(wine.target[order])
x_train, y_train, x_test, y_test = x[:142], y[:142], x[142:], y[142:]
# Alcohol is about 13, proline about 750: each column is standardized to mean 0 and
# standard deviation 1. Mean and deviation are those of the rows that the weights are
# adjusted to: not of the test rows, nor of the last tenth, which becomes validation
# data.
cut = math.floor(142 * (1 - 0.1))
mean, deviation = x_train[:cut].mean(axis=0), x_train[:cut].std(axis=0)
x_train, x_test = (x_train - mean) / deviation, (x_test - mean) / deviation


def network(activation, optimizer):
    """The slides' network, 128 and 256 hidden units, for 13 inputs and 3 classes;
    always from the same initial weights."""
    keras.utils.set_random_seed(20)
    model = keras.Sequential([keras.Input(shape=(13,))])
    model.add(keras.layers.Dense(128, activation=activation))
    model.add(keras.layers.Dense(256, activation=activation))
    model.add(keras.layers.Dense(3, activation="softmax"))
    model.compile(
        loss="categorical_crossentropy", optimizer=optimizer, metrics=["accuracy"]
    )
    return model


# %%
# Slide 20 · calling fit. `nb_epoch` is now `epochs`; shuffle=True shuffles the training
# data again in every epoch; verbose=0 shows nothing, 1 a bar and 2 a line per epoch.
model = network("sigmoid", keras.optimizers.SGD(learning_rate=0.01))
history = model.fit(
    x_train,
    y_train,
    batch_size=16,
    verbose=0,
    epochs=30,
    shuffle=True,
    validation_split=0.1,
)
# `history.history` is a dict of lists: as a table, a row per epoch, a column per
# series.
table = pd.DataFrame(history.history)
table.index += 1
print(table.iloc[[0, *range(9, len(table), 10)]].round(3).to_string())
updates = int(model.optimizer.iterations)
print(f"{updates} updates: 30 epochs of 8 batches")
# slide: model.fit(x, y, nb_epoch=30)
# today: TypeError: unexpected keyword argument 'nb_epoch'
# write: model.fit(x, y, epochs=30, verbose=0)

# %%
# Slide 19 · what validation_split takes: the LAST rows, cut off before any shuffling,
# the same in every epoch. So the loss on those rows is the last epoch's val_loss. (For
# rows of your own: `validation_data=(x_valid, y_valid)`.)
#
# Question: Which rows does validation_split=0.1 hold out? (a) the first tenth (b) a
# random tenth (c) the last tenth
#
# Answer: (c). So shuffle the rows yourself, before `fit`.
held_out = x_train[cut:], y_train[cut:]
val_loss = table["val_loss"].iloc[-1]
on_the_last_rows, _ = model.evaluate(*held_out, verbose=0)
print(f"{142 - cut} of 142 rows held out; val_loss {val_loss:.6f}")
print(f"loss on the last {142 - cut} rows: {on_the_last_rows:.6f}")
# So if the data are sorted by class, as these were, only one class is left for
# validation, and training never sees it. Shuffle first.
sorted_by_class = wine.target[math.floor(178 * (1 - 0.1)) :]
print(
    "classes in the last tenth: sorted",
    np.unique(sorted_by_class),
    "shuffled",
    np.unique(y_train[cut:].argmax(axis=1)),
)
figure, axes = plt.subplots(figsize=(9, 1.8), layout="constrained")
drawing.strip(
    axes,
    {"training": cut, "validation": 142 - cut, "test": 36},
    title="The 178 rows of wine, from the first to the last",
)
plt.show()

# %%
# It has learnt little: 240 small steps with sigmoid and SGD at 0.01 are not enough.
# (With ten times as many epochs it gets there.) In deeper networks sigmoid has a worse
# problem: backwards, each sigmoid multiplies the gradient by at most a quarter, so
# little of it reaches the first layers. Here are six hidden layers of 64 units, from
# five different random starts (thin lines; thick: their mean).
reaches, sizes = {}, {}
for activation in ("sigmoid", "relu"):
    sizes[activation] = []
    for seed in range(20, 25):
        keras.utils.set_random_seed(seed)
        hidden = [keras.layers.Dense(64, activation=activation) for _ in range(6)]
        last = keras.layers.Dense(3, activation="softmax")
        deep = keras.Sequential([keras.Input(shape=(13,)), *hidden, last])
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                keras.losses.categorical_crossentropy(y_train, deep(x_train))
            )
        slopes = tape.gradient(loss, deep.trainable_variables[::2])
        sizes[activation].append([np.abs(slope).mean() for slope in slopes])
    ends = np.mean(sizes[activation], axis=0)
    reaches[activation] = float(ends[0] / ends[-1])
    print(
        f"{activation:<8}mean gradient: last layer {ends[-1]:.1e}, first {ends[0]:.1e}"
    )
figure, axes = plt.subplots(figsize=(7, 3.8), layout="constrained")
axes.set_yscale("log")
drawing.runs(
    axes,
    range(1, 8),
    sizes,
    title="What reaches each layer",
    xlabel="layer, from the inputs",
    ylabel="mean size of the gradient",
)
plt.show()

# %%
# The same network, data and epochs with each setting. (The rows come as a
# tf.data.Dataset now: with so few rows, that is faster.)
#
# Question: Which setting ends with the lowest validation loss? (a) sigmoid, SGD 0.01
# (b) sigmoid, SGD 0.1 (c) relu, Adam
#
# Answer: (c). See the left picture at the end.
models = {
    "sigmoid, SGD 0.01": model,
    "sigmoid, SGD 0.1": network("sigmoid", keras.optimizers.SGD(0.1)),
    "relu, Adam": network("relu", "adam"),
}


def batches(x, y, size):
    rows = tf.data.Dataset.from_tensor_slices((x, y))
    return rows.shuffle(len(x), seed=2).batch(size)


training = batches(x_train[:cut], y_train[:cut], 16)
validation = batches(*held_out, 16)
runs = {"sigmoid, SGD 0.01": history.history}
for name in ("sigmoid, SGD 0.1", "relu, Adam"):
    run = models[name].fit(
        training, epochs=30, verbose=0, shuffle=False, validation_data=validation
    )
    runs[name] = run.history
# A table of runs: a row for each, with what its last epoch came to.
last = pd.DataFrame({name: pd.DataFrame(run).iloc[-1] for name, run in runs.items()}).T
print(last.round(3).to_string())

# %%
# The test rows, not used until now, evaluate the setting that was chosen by its
# validation loss.
chosen = min(runs, key=lambda name: runs[name]["val_loss"][-1])
_, test_accuracy = models[chosen].evaluate(x_test, y_test, verbose=0)
print(f"chosen: {chosen}; accuracy on the 36 test rows {test_accuracy:.3f}")

# %%
# Overfitting: 300 handwritten digits (scikit-learn's copy of the UCI set, CC BY 4.0) of
# which about one in seven has a wrong label, as happens in real data. relu and Adam fit
# the training rows better and better, in the end with their wrong labels, while the
# validation loss turns and rises. Three cures: EarlyStopping ends the training three
# epochs after the best one, and restores its weights (a second `fit` goes on from
# there, without the cure); Dropout leaves out half of the units, others in each update,
# which delays it; and a smaller network has no room for each wrong label (try it,
# below).
#
# Question: The training loss goes on falling. What does the validation loss do? (a) it
# falls too (b) it falls, then rises (c) it stays
#
# Answer: (b). What is learnt in the end are wrong labels, and they help with no other
# row.
digits = load_digits()
rng = np.random.default_rng(2)
order = rng.permutation(1797)[:800]
x2, y2 = digits.data[order] / 16, digits.target[order]
mislabelled = rng.random(800) < 0.15
y2[mislabelled] = rng.integers(0, 10, mislabelled.sum())


def reader(*cures):
    keras.utils.set_random_seed(2)
    layers = [keras.layers.Dense(n, activation="relu") for n in [128, 256]]
    last = keras.layers.Dense(10, activation="softmax")
    model = keras.Sequential([keras.Input(shape=(64,)), *layers, *cures, last])
    adam = keras.optimizers.Adam(0.005)
    model.compile(loss="sparse_categorical_crossentropy", optimizer=adam)
    return model


seen, unseen = batches(x2[:300], y2[:300], 16), batches(x2[300:], y2[300:], 500)
options = {"epochs": 15, "verbose": 0, "shuffle": False, "validation_data": unseen}
dropped = reader(keras.layers.Dropout(0.5)).fit(seen, **options).history
stopping = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
plain = reader()
stopped = plain.fit(seen, callbacks=[stopping], **options).history
best = int(np.argmin(stopped["val_loss"])) + 1
restored = plain.evaluate(unseen, verbose=0)
further = plain.fit(seen, initial_epoch=best, **options).history
long = {name: stopped[name][:best] + further.get(name, []) for name in stopped}
print(f"EarlyStopping ended after {len(stopped['loss'])} epochs, with {restored:.3f}")
end = long["val_loss"][-1]
print(f"without it: validation loss {end:.3f} after {len(long['loss'])} epochs")

# %%
# Left: what relu and Adam change. Right: overfitting, and its cures side by side.
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.4), layout="constrained")
epochs = range(1, len(table) + 1)
losses = {name: run["val_loss"] for name, run in runs.items()}
title = "Wine: the slides' network, three settings"
drawing.curves(
    left, epochs, losses, title=title, xlabel="epoch", ylabel="validation loss"
)
epochs = range(1, len(long["loss"]) + 1)
losses = {
    "no cure, training": long["loss"],
    "no cure, validation": long["val_loss"],
    "dropout, validation": dropped["val_loss"],
}
right.axvline(
    len(stopped["loss"]), color="0.6", linestyle=":", label="early stopping ends here"
)
title = "Digits with wrong labels: overfitting"
drawing.curves(right, epochs, losses, title=title, xlabel="epoch", ylabel="loss")
plt.show()

# %%
# Try, one at a time, and predict what changes: 300 epochs for sigmoid and SGD at 0.01;
# no wrong labels (does it still overfit?); 24 units instead of 128 and 256.
