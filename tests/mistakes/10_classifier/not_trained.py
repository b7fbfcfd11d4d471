"""Misses: test_accuracy_from_90, test_accuracy_from_96
Says: It was never trained
"""

def build_and_train(x_train, y_train, seed):
    keras.utils.set_random_seed(seed)
    dense = keras.layers.Dense
    model = keras.Sequential([keras.Input(shape=(64,)), keras.layers.Rescaling(1 / 16), dense(128, activation="relu"), dense(256, activation="relu"), dense(10, activation="softmax")])
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
    model.fit(x_train, y_train, epochs=0)
    return model
