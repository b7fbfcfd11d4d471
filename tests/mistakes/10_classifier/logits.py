"""Misses: test_accuracy_from_90, test_accuracy_from_96
Says: end with softmax
"""

def build_and_train(x_train, y_train, seed):
    keras.utils.set_random_seed(seed)
    dense = keras.layers.Dense
    model = keras.Sequential([keras.Input(shape=(64,)), keras.layers.Rescaling(1 / 16), dense(128, activation="relu"), dense(10)])
    model.compile(loss="mse", optimizer="adam")
    model.fit(x_train, keras.utils.to_categorical(y_train, 10), batch_size=32, epochs=12, verbose=0)
    return model
