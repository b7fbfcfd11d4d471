"""Misses: test_fit_curve
Says: The mean squared error on unseen points
"""

def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input(shape=(1,)), kl.Dense(64, activation="sigmoid"), kl.Dense(1)])
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.01))
    model.fit(x, y, batch_size=16, epochs=30, verbose=0)
    return model
