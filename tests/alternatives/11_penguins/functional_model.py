"""A functional model with a validation split and early stopping."""

def build(n_inputs):
    inputs = keras.Input(shape=(n_inputs,))
    a = keras.layers.Normalization(name="scale")(inputs)
    a = keras.layers.Dense(32)(a)
    a = keras.layers.Activation("tanh")(a)
    a = keras.layers.Dropout(0.1)(a)
    model = keras.Model(inputs, keras.layers.Softmax()(keras.layers.Dense(3)(a)))
    loss = keras.losses.SparseCategoricalCrossentropy()
    metrics = [keras.metrics.SparseCategoricalAccuracy()]
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=loss, metrics=metrics)
    return model


def train(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = build(x.shape[1])
    model.get_layer("scale").adapt(x)
    stop = keras.callbacks.EarlyStopping(patience=15, restore_best_weights=True)
    model.fit(x, y, epochs=60, validation_split=0.15, callbacks=[stop], verbose=0)
    return model
