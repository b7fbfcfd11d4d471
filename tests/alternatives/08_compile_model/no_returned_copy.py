"""A right answer in another way: no returned copy."""

def compile_for(model, task):
    losses = {
        "regression": keras.losses.Huber(),
        "two classes": keras.losses.BinaryCrossentropy(),
        "one-hot classes": keras.losses.categorical_crossentropy,
        "integer classes": keras.losses.SparseCategoricalCrossentropy(),
    }
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss=losses[task], metrics=["accuracy"])
    return model
