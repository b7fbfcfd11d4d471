"""A right answer in another way: scaled inside relu."""

def fit_curve(x, y, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((1,)), kl.Rescaling(0.5), kl.Dense(128, activation="relu"), kl.Dense(1)])
    model.compile(loss="mean_squared_error", optimizer=keras.optimizers.Adam(0.01))
    model.fit(x, y, batch_size=16, epochs=400, verbose=0)
    return model
