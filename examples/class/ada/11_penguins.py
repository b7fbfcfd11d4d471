"""The author's solution."""

import keras
import numpy as np
import pandas as pd

MEASURED = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
KINDS = {"island": ["Biscoe", "Dream", "Torgersen"], "sex": ["female", "male", "unknown"]}
SPECIES = ["Adelie", "Chinstrap", "Gentoo"]


def load(path):
    table = pd.read_csv(path).dropna(subset=MEASURED)
    return table.assign(sex=table["sex"].fillna("unknown")).reset_index(drop=True)


def prepare(table):
    # Categories that a table does not hold have a column all the same.
    words = {name: pd.Categorical(table[name], kinds) for name, kinds in KINDS.items()}
    hot = pd.get_dummies(pd.DataFrame(words), dtype=float)
    x = np.hstack([hot.to_numpy(), table[MEASURED].to_numpy()])
    return x, pd.Categorical(table["species"], SPECIES).codes


def build(n_inputs, scale=None):
    model = keras.Sequential(
        [
            keras.Input((n_inputs,)),
            scale or keras.layers.Normalization(),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.Adam(0.01),
        metrics=["accuracy"],
    )
    return model


def train(x, y, seed):
    keras.utils.set_random_seed(seed)
    scale = keras.layers.Normalization()
    scale.adapt(x)
    model = build(x.shape[1], scale)
    model.fit(x, y, epochs=40, verbose=0)
    return model


def report(model, table):
    x, y = prepare(table)
    counts = np.zeros((3, 3), int)
    np.add.at(counts, (y, model.predict(x, verbose=0).argmax(axis=1)), 1)
    return counts
