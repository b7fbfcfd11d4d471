"""The student's file that benchmarks/isolation.py sends through the wall: the slides' network, and one epoch of fit."""

import keras
from keras import layers


def build():
    return keras.Sequential(
        [
            keras.Input((200,)),
            layers.Dense(128),
            layers.Activation("sigmoid"),
            layers.Dense(256),
            layers.Activation("sigmoid"),
            layers.Dense(5),
            layers.Activation("softmax"),
        ]
    )


def fit(model, x, y):
    model.compile(loss="categorical_crossentropy", optimizer="sgd")
    return model.fit(x, y, batch_size=16, epochs=1, verbose=0)
