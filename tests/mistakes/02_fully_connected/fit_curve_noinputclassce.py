"""Misses: test_fit_curve
Says: is not imported: write its import at the top, such as `imp
"""

def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((1,)), layers.Dense(50, activation="tanh"), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
    model.fit(x, y, epochs=50, verbose=0)
    return model
