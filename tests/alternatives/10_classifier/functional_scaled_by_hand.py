"""A right answer in another way: functional scaled by hand."""

def build_and_train(x_train, y_train, seed):
    keras.utils.set_random_seed(seed)
    pixels = keras.Input(shape=(64,))
    h = pixels / 16.0
    for units in (256, 128):
        h = keras.layers.Activation("relu")(keras.layers.Dense(units)(h))
    model = keras.Model(pixels, keras.layers.Softmax()(keras.layers.Dense(10)(h)))
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(x_train, y_train, batch_size=16, epochs=30, verbose=0)
    return model
