"""A right answer in another way: short names."""

def compile_classifier(model):
    model.compile(optimizer="sgd", loss=keras.losses.categorical_crossentropy, metrics=["acc", "mse"])
    return model
