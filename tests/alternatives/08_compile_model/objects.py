"""A right answer in another way: objects."""

def compile_classifier(model):
    model.compile(keras.optimizers.SGD(), keras.losses.CategoricalCrossentropy(), metrics=[keras.metrics.CategoricalAccuracy()])
    return model
