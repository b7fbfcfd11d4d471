"""Misses: test_accuracy_from_90, test_accuracy_from_96
Says: scale inside the model
"""

def build_and_train(x_train, y_train, seed):
    keras.utils.set_random_seed(seed)
    dense = keras.layers.Dense
    model = keras.Sequential([keras.Input(shape=(64,)), dense(16, activation="tanh"), dense(10, activation="softmax")])
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
    model.fit(x_train / 16, y_train, batch_size=32, epochs=12, verbose=0)
    return model
