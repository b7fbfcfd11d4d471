"""Scaling by keras.ops in a functional model."""

def pixels():
    inputs = keras.Input((64,))
    a = keras.layers.Dense(32, activation="relu")(inputs / 255.0)
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(a))
