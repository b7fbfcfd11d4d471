"""Misses: test_fit_curve
Says: not compiled yet
"""

def fit_curve(x, y, seed):
    model = keras.Sequential([keras.Input(shape=(1,)), kl.Dense(64, activation="tanh"), kl.Dense(1)])
    model.fit(x, y, verbose=0)
    return model
