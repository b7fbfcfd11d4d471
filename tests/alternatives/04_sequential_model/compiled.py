"""A right answer in another way: compiled."""

_build = build_model


def build_model():
    model = _build()
    model.compile(loss="categorical_crossentropy", optimizer="sgd")
    model.summary()
    return model
