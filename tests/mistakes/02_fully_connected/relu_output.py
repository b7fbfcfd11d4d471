"""Misses: test_fit_curve
Says: The last layer has the activation relu
"""

def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input(shape=(1,)), kl.Dense(64, activation="tanh"), kl.Dense(1, activation="relu", bias_initializer="ones")])
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.01))
    model.fit(x, y, batch_size=16, epochs=60, verbose=0)
    return model
