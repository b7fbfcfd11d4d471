"""Misses: test_fit_curve
Says: straight line
"""

def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input(shape=(1,)), kl.Dense(64), kl.Dense(1)])
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.01))
    model.fit(x, y, batch_size=16, epochs=30, verbose=0)
    return model
