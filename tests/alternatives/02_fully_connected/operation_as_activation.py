"""A right answer in another way: an operation of Keras is the activation."""

def fit_curve(x, y, seed):
    rng = np.random.default_rng(seed)
    inputs = keras.Input((1,))
    model = keras.Model(inputs, kl.Dense(1)(kl.Dense(60, activation=keras.ops.sin)(inputs)))
    w, b = rng.normal(size=(1, 60)) * 2, rng.uniform(-4, 4, 60)
    hidden = np.hstack([np.sin(x @ w + b), np.ones((len(x), 1))])
    out = np.linalg.solve(hidden.T @ hidden + 1e-4 * np.eye(61), hidden.T @ y)
    model.set_weights([w, b, out[:-1], out[-1]])
    return model
