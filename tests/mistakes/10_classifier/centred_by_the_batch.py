"""Misses: test_accuracy_from_90, test_accuracy_from_96
Says: A digit alone gets a different answer than in a batch
"""

def build_and_train(x_train, y_train, seed):
    keras.utils.set_random_seed(seed)
    dense = keras.layers.Dense
    inputs = keras.Input(shape=(64,))
    centred = inputs / 16 - keras.ops.mean(inputs / 16, axis=0, keepdims=True)
    model = keras.Model(inputs, dense(10, activation="softmax")(dense(128, activation="relu")(centred)))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
    model.fit(x_train, y_train, batch_size=32, epochs=15, verbose=0)
    return model
