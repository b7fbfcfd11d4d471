"""The author's solution."""

import keras
import numpy as np


def compile_classifier(model):
    model.compile(
        loss="categorical_crossentropy",
        optimizer=keras.optimizers.SGD(learning_rate=0.01),
        metrics=["accuracy"],
    )
    return model


def compile_for(model, task):
    loss = {
        "regression": "mean_squared_error",
        "two classes": "binary_crossentropy",
        "one-hot classes": "categorical_crossentropy",
        "integer classes": "sparse_categorical_crossentropy",
    }[task]
    model.compile(loss=loss, optimizer="adam")
    return model


def loss_of(model, x, y):
    return np.ravel(model.evaluate(x, y, verbose=0))[0]
