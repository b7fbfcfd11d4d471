"""Misses: test_fit_curve
Says: is not imported: write its import at the top, such as `imp
"""

def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((1,)), layers.Dense(32, activation="tanh"), layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    model.fit(x, y, epochs=80, verbose=0)
    return model
