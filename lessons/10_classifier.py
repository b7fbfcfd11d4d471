"""A classifier: from raw data to the mistakes it makes.

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

from course import drawing

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
figure = plt.figure(figsize=(10, 3.4), layout="constrained")
names = [str(label) for label in digits.target[:16]]
drawing.images(figure, digits.images[:16], names, vmin=0, vmax=16)
figure.suptitle("The first sixteen digits")
plt.show()

# %%
# Slide 18 · training, validation and test: shuffled once, then split, with no row in
# more than one of them
order = np.random.default_rng(10).permutation(1797)
train, valid, test = order[:1170], order[1170:1300], order[1300:]
x, y = digits.data, digits.target

# %%
# Slides 9-13 · the slides' network: 128 and 256 hidden units, with relu; ten classes,
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
# Answer: (b). It guesses one of ten digits, and is right one time in ten.
model.compile(
    loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"]
)
untrained = model.evaluate(x[valid], y[valid], verbose=0)[1]

# %%
# Slide 20 · fit: with our own validation rows, stopping when their results no longer
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
trained = model.evaluate(x[valid], y[valid], verbose=0)[1]
epochs = len(history["loss"])
print(f"validation rows: accuracy {untrained:.3f}, after {epochs} epochs {trained:.3f}")

# %%
# Slide 18 · now the test rows, used only once
loss, accuracy = model.evaluate(x[test], y[test], verbose=0)
probabilities = model.predict(x[test], verbose=0)
predicted = probabilities.argmax(axis=1)
missed = int((predicted != y[test]).sum())
print(
    f"test: loss {loss:.3f}, accuracy {accuracy:.3f}: {missed} mistakes in {len(test)}"
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
table = pd.crosstab(y[test], predicted, rownames=["true digit"], colnames=["read as"])
print(table)
confusion = table.reindex(columns=range(10), fill_value=0).to_numpy()
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
epochs = range(1, len(history["loss"]) + 1)
losses = history["loss"], history["val_loss"]
drawing.curves(left, epochs, {"training": losses[0], "validation": losses[1]})
left.set(title="Loss", xlabel="epoch", ylabel="cross-entropy")
right.imshow(confusion, cmap="Greys", vmax=confusion.max())
for (row, column), count in np.ndenumerate(confusion):
    if count:
        shade = "white" if row == column else "black"
        right.text(column, row, str(count), ha="center", va="center", color=shade)
right.set(xticks=range(10), yticks=range(10), xlabel="predicted digit", ylabel="digit")
right.set_title("Confusion matrix of the test rows")
plt.show()

# %%
# Up to eight mistakes: the most confident first, with the true digit, what was read and
# how sure the network was. Would you have read them correctly?
wrong = np.flatnonzero(predicted != y[test])
wrong = wrong[np.argsort(-probabilities[wrong].max(axis=1))][:8]
figure = plt.figure(figsize=(12, 2.8), layout="constrained")
names = [
    f"{y[test][number]} → {predicted[number]} ({probabilities[number].max():.0%})"
    for number in wrong
]
drawing.images(figure, digits.images[test[wrong]], names, vmin=0, vmax=16)
figure.suptitle("Mistakes: digit → read as (how sure)")
plt.show()

# %%
# What the first layer looks at: the 64 weights of a hidden unit belong to the 64
# pixels, so they are a picture themselves. Red pixels speak for the unit, blue ones
# against it. These are sixteen of the 128 units.
#
# Question: Do the pictures look like digits? (a) yes, each like one (b) hardly
#
# Answer: (b). No unit stands for a digit. Much of the random start is left; where
# pixels side by side have one colour, the unit has learnt a part of a stroke.
kernel = model.layers[1].get_weights()[0]
figure = plt.figure(figsize=(10, 3.4), layout="constrained")
reach = float(np.abs(kernel).max())
pictures = kernel.T[:16].reshape(-1, 8, 8)
drawing.images(figure, pictures, cmap="RdBu_r", vmin=-reach, vmax=reach)
figure.suptitle("The weights of sixteen hidden units")
plt.show()

# %%
# Try, one at a time, and predict what changes: 8 hidden units instead of 128; no
# `Rescaling` layer; only 100 training rows (which does better, the network or the most
# similar digit?).
