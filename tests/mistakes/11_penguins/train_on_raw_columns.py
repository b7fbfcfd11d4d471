"""Misses: test_train_boss, test_train_simple, test_train_strong
Says: The columns are not on one scale
"""


def train(x, y, seed):
    keras.utils.set_random_seed(seed)
    layers = [keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax")]
    model = keras.Sequential([keras.Input((10,)), *layers])
    model.compile(keras.optimizers.SGD(0.01), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=3, verbose=0)
    return model
