"""A table as people meet it: gaps, words, columns of different sizes.

Read a CSV file with pandas, look at it, do not invent missing values, turn words into
numbers, split the rows, bring the columns to one scale inside the model, train, and
compare runs in a table.

Slides 18-20.
"""

# %%
# The data: 344 penguins of three species, measured near Palmer Station, Antarctica, by
# K. Gorman and the Palmer Station LTER (package palmerpenguins, CC0). `read_csv` gives
# a DataFrame: a table whose columns have names and types of their own.
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import palmerpenguins
import pandas as pd
import tensorflow as tf

path = Path(palmerpenguins.__file__).parent / "data" / "penguins.csv"
found = pd.read_csv(path)
print(found.head(4).to_string())
print(found["species"].value_counts().to_string())

# %%
# Look before you train: which entries are missing, and how far apart are the columns? A
# body mass is about 4,200 (g), a bill about 17 (mm) deep.
#
# Question: Which column would weigh most in a sum? (a) bill depth (b) flipper length
# (c) body mass
#
# Answer: (c). Its numbers are 20 to 250 times larger, only because of the unit.
print("missing:", found.isna().sum().to_dict())
numbers = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
print(found[numbers].describe().loc[["mean", "std", "min", "max"]].round(1).to_string())

# %%
# Clean: two penguins have no measurements at all, and are dropped. The sex of nine
# others is not known: "unknown" is a category of its own, which is more honest than a
# guess.
table = found.dropna(subset=numbers).reset_index(drop=True)
table["sex"] = table["sex"].fillna("unknown")
print(f"{len(table)} rows are left; sex: {table['sex'].value_counts().to_dict()}")

# %%
# Words to numbers: one column of zeros and ones for each island and each sex (one-hot),
# so that no island is "larger" than another. The labels are whole numbers, in the order
# of the species' names.
#
# Question: Into how many columns does `island` turn? (a) one (b) three (c) 342
#
# Answer: (b). One for each of the three islands.
inputs = pd.get_dummies(table[["island", "sex"]], dtype="float32").join(table[numbers])
species = table["species"].astype("category")
x, y = inputs.to_numpy("float32"), species.cat.codes.to_numpy()
print("inputs:", ", ".join(inputs.columns))

# %%
# Slide 18 · training, validation and test rows: shuffled once, then cut
order = np.random.default_rng(11).permutation(len(x))
train, valid, test = order[:220], order[220:280], order[280:]

# %%
# A `Normalization` layer brings each column to mean 0 and deviation 1. `adapt` measures
# both on the training rows alone: the other rows are not known yet. Since the layer is
# inside the model, whoever uses the model need not think of it.


def network(seed, normalized):
    keras.utils.set_random_seed(seed)
    scale = keras.layers.Normalization()
    scale.adapt(x[train])
    model = keras.Sequential(
        [keras.Input(shape=(10,)), *([scale] if normalized else [])]
    )
    model.add(keras.layers.Dense(16, activation="relu"))
    model.add(keras.layers.Dense(3, activation="softmax"))
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(0.005),
        metrics=["accuracy"],
    )
    return model


# %%
# Slide 20 · fit. `history.history` is a dict of lists, which pandas makes a table of: a
# row per epoch, a column per series.
model = network(1, normalized=True)
held_out = (x[valid], y[valid])
history = model.fit(x[train], y[train], epochs=20, verbose=0, validation_data=held_out)
run = pd.DataFrame(history.history)
run.index += 1
print(run.iloc[[0, *range(4, len(run), 5)]].round(3).to_string())

# %%
# Do the columns' sizes matter? The same network on raw and on normalized columns, four
# times each from other first weights: one row of a table per run. (The rows come as a
# tf.data.Dataset now: with so few rows, that is faster.)
#
# Question: On which columns does the same network learn better? (a) raw (b) normalized
# (c) equally well
#
# Answer: (b). On raw columns the body mass drowns the rest.
rows_of_training = tf.data.Dataset.from_tensor_slices((x[train], y[train]))
rows_of_training = rows_of_training.shuffle(220).batch(32)
rows = []
for normalized in (False, True):
    for seed in range(4):
        trial = network(seed, normalized)
        trial.fit(rows_of_training, epochs=20, verbose=0, shuffle=False)
        said = keras.ops.argmax(trial(x[valid]), axis=1)
        accuracy = float(np.mean(keras.ops.convert_to_numpy(said) == y[valid]))
        columns = "normalized" if normalized else "raw"
        rows.append({"columns": columns, "seed": seed, "accuracy": accuracy})
runs = pd.DataFrame(rows)
print(
    runs.pivot(index="seed", columns="columns", values="accuracy").round(3).to_string()
)
worst = runs.groupby("columns")["accuracy"].min()

# %%
# Slide 18 · now, once, the test rows. `crosstab` counts which species is taken for
# which.
loss, accuracy = model.evaluate(x[test], y[test], verbose=0)
predicted = model.predict(x[test], verbose=0).argmax(axis=1)
names = species.cat.categories.to_numpy()
print(f"test: loss {loss:.3f}, accuracy {accuracy:.3f}")
print(
    pd.crosstab(
        names[y[test]], names[predicted], rownames=["really is"], colnames=["read as"]
    )
)

# %%
# A model goes into one file, with its weights and what `Normalization` has measured.
# Read back, it predicts one penguin: its row as a table of one, in the columns of
# training. `get_dummies` would make columns only for the words of this one row;
# `reindex` adds the others.
#
# Question: What would `get_dummies` alone make of one row? (a) ten columns (b) six
#
# Answer: (b). One island, one sex, and the four measurements.
model.save("penguins.keras")
same = keras.models.load_model("penguins.keras")
penguin = table.iloc[[int(test[0])]]
one = pd.get_dummies(penguin[["island", "sex"]], dtype="float32").join(penguin[numbers])
one = one.reindex(columns=inputs.columns, fill_value=0)
share = same.predict(one.to_numpy("float32"), verbose=0)[0].max()
print(f"{penguin['species'].item()}: its species gets a probability of {share:.2f}")
Path("penguins.keras").unlink()

# %%
# Left: the run as `DataFrame.plot` draws it. Right: raw against normalized columns.
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
run[["loss", "val_loss"]].plot(ax=left, style=["--", "-"], color=["black", "tab:red"])
left.set(title="Normalized columns", xlabel="epoch", ylabel="cross-entropy")
left.set_xticks(range(0, 21, 5))
for position, (_, group) in enumerate(runs.groupby("columns")["accuracy"]):
    # Side by side, as some are equal.
    right.plot(position + 0.05 * np.arange(4), group, "o", color="black")
right.set(title="Four runs each", ylabel="validation accuracy", ylim=(0, 1.05))
right.set_xticks(range(2), ["normalized", "raw"])
right.set_xlim(-0.5, 1.5)
plt.show()

# %%
# Try, one at a time, and predict what changes: 4 units instead of 16; the body mass in
# kilograms (do the raw columns learn better?); another seed for the split.
