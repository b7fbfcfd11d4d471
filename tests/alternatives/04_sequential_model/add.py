"""A right answer in another way: add."""

def build_model():
    model = keras.Sequential(name="slides")
    model.add(layers.Dense(128, input_dim=200))
    model.add(layers.Activation("sigmoid"))
    model.add(layers.Dense(256))
    model.add(layers.Activation(keras.activations.sigmoid))
    model.add(layers.Dense(5))
    model.add(layers.Activation("softmax", name="probabilities"))
    return model
