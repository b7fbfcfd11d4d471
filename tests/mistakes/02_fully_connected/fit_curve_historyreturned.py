"""Misses: test_fit_curve
Says: is not imported: write its import at the top, such as `imp
"""

def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((1,)), layers.Dense(32, activation="tanh"), layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    return model.fit(x, y, epochs=20, verbose=0)
