"""A right answer in another way: built later."""

_build = build_model


def build_model():
    model = keras.Sequential(_build().layers)
    model.build((None, 200))
    return model
