"""A classifier, from raw data to the mistakes it makes.

Real handwritten digits: look at them, split them, build the slides' network with what
the earlier lessons taught, train it, choose when to stop, evaluate it once on digits
that it has never seen, and look at those that it gets wrong.

Slides 9-20.
"""

# %%
# The data: 1,797 digits, written by 13 people and scanned to 8 by 8 pixels of 0 (white)
# to 16 (black). They come with scikit-learn (its copy of a part of the UCI set "Optical
# Recognition of Handwritten Digits", Alpaydin and Kaynak, CC BY 4.0).
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.datasets import load_digits

keras.utils.set_random_seed(10)
digits = load_digits()
print(
    "pixels",
    digits.data.shape,
    "from",
    digits.data.min(),
    "to",
    digits.data.max(),
    "; labels",
    np.unique(digits.target),
)
counts = np.bincount(digits.target)
print("how often each digit comes:", counts)

# %%
# Look at them before anything else.
figure, grid = plt.subplots(2, 8, figsize=(10, 3), layout="constrained")
for axes, image, label in zip(grid.flat, digits.images, digits.target, strict=False):
    axes.imshow(image, cmap="Greys", vmin=0, vmax=16)
    axes.set_title(str(label))
    axes.set_axis_off()
plt.show()

# %%
# Slide 18 · training, validation and test: shuffled once, then split, with no row in
# more than one of them
order = np.random.default_rng(10).permutation(1797)
train, valid, test = order[:1170], order[1170:1300], order[1300:]
x, y = digits.data, digits.target

# %%
# Slides 9-13 · the slides' network, 128 and 256 hidden units, with relu; ten classes,
# so ten units with softmax. The pixels are scaled to 0 … 1 inside the model, so that
# its users do not need to think about it.
#
# Question: How many units must the last layer have? (a) 1 (b) 10 (c) 64
#
# Answer: (b). One for each digit.
model = keras.Sequential(
    [
        keras.Input(shape=(64,)),
        keras.layers.Rescaling(1 / 16),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.summary()

# %%
# Slide 17 · the labels are whole numbers, so we use the sparse cross-entropy
#
# Question: How accurate is the untrained network? (a) 0 (b) about 0.1 (c) about 0.5
#
# Answer: (b). Of ten digits it guesses one, rightly by chance.
model.compile(
    loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"]
)
untrained = model.evaluate(x[valid], y[valid], verbose=0)[1]

# %%
# Slide 20 · fit, with our own validation rows, stopping when their results no longer
# improve
stopping = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
history = model.fit(
    x[train],
    y[train],
    batch_size=16,
    epochs=30,
    verbose=0,
    validation_data=(x[valid], y[valid]),
    callbacks=[stopping],
).history
print(
    f"accuracy on the validation rows: untrained {untrained:.3f}, after {len(history['loss'])} epochs {max(history['val_accuracy']):.3f}"
)

# %%
# Slide 18 · now the test rows, used only once
loss, accuracy = model.evaluate(x[test], y[test], verbose=0)
probabilities = model.predict(x[test], verbose=0)
predicted = probabilities.argmax(axis=1)
print(
    f"test: loss {loss:.3f}, accuracy {accuracy:.3f}, which is {int((predicted != y[test]).sum())} mistakes in {len(test)}"
)

# %%
# Is it the network, or are the digits easy? A simple comparison: each test digit gets
# the label of the most similar training digit. On digits as small as these it does as
# well as the network, and with most seeds even better. A network earns its place where
# there are too many examples to search, or where similar pixels do not mean much.
#
# Question: How accurate is that simple comparison? (a) below 0.5 (b) about 0.8 (c)
# above 0.95
#
# Answer: (c). Among 1,170 digits there is nearly always one that looks the same.
distances = ((x[test][:, None] - x[train][None]) ** 2).sum(axis=2)
nearest = y[train][distances.argmin(axis=1)]
print(f"the most similar training digit: accuracy {(nearest == y[test]).mean():.3f}")

# %%
# Which digits are mistaken for which? Rows: the true digit; columns: what the model
# says.
table = pd.crosstab(y[test], predicted, rownames=["digit"], colnames=["read as"])
print(table)
confusion = table.reindex(columns=range(10), fill_value=0).to_numpy()
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
left.plot(
    range(1, len(history["loss"]) + 1),
    history["loss"],
    "--",
    color="black",
    label="training",
)
left.plot(
    range(1, len(history["loss"]) + 1),
    history["val_loss"],
    "-",
    color="tab:red",
    label="validation",
)
left.set(
    title="Loss",
    xlabel="epoch",
    ylabel="cross-entropy",
    xticks=range(0, 31, 5),
    xlim=(0, len(history["loss"]) + 1),
)
left.legend()
right.imshow(confusion, cmap="Greys", vmax=confusion.max())
for (row, column), count in np.ndenumerate(confusion):
    if count:
        right.text(
            column,
            row,
            str(count),
            ha="center",
            va="center",
            fontsize=8,
            color="white" if row == column else "black",
        )
right.set(
    title="Confusion matrix of the test rows",
    xlabel="predicted digit",
    ylabel="digit",
    xticks=range(10),
    yticks=range(10),
)
plt.show()

# %%
# The mistakes, the most confident first: would you have read them correctly?
wrong = np.flatnonzero(predicted != y[test])
wrong = wrong[np.argsort(-probabilities[wrong].max(axis=1))][:8]
figure, grid = plt.subplots(1, 8, figsize=(12, 2.4), layout="constrained")
for axes in grid:
    axes.set_axis_off()
for axes, number in zip(grid, wrong, strict=False):
    axes.imshow(digits.images[test[number]], cmap="Greys", vmin=0, vmax=16)
    axes.set_title(
        f"a {y[test][number]}, read as {predicted[number]}\n({probabilities[number].max():.0%} sure)",
        fontsize=8,
    )
plt.show()

# %%
# Try, one at a time, and predict what changes: 8 hidden units instead of 128; no
# `Rescaling` layer; only 100 training rows (which does better, the network or the most
# similar digit?).
