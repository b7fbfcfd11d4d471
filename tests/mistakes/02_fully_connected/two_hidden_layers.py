"""Misses: test_fit_curve
Says: more than one hidden layer
"""

def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    hidden = [kl.Dense(32, activation="tanh"), kl.Dense(32, activation="tanh")]
    model = keras.Sequential([keras.Input(shape=(1,)), *hidden, kl.Dense(1)])
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.01))
    model.fit(x, y, batch_size=16, epochs=60, verbose=0)
    return model
