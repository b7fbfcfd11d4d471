"""Misses: test_train_boss, test_train_simple, test_train_strong
Says: was not adapted
"""


def train(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = build(x.shape[1])
    model.compile(keras.optimizers.SGD(0.01), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=3, verbose=0)
    return model
