"""A right answer in another way: the hidden layer is bent by a layer of its own."""

def fit_curve(x, y, seed):
    rng = np.random.default_rng(seed)
    leaky = lambda sums: np.where(sums > 0, sums, 0.1 * sums)
    inputs = keras.Input((1,))
    model = keras.Model(inputs, kl.Dense(1)(kl.LeakyReLU(0.1)(kl.Dense(60)(inputs))))
    w, b = rng.normal(size=(1, 60)) * 2, rng.uniform(-4, 4, 60)
    hidden = np.hstack([leaky(x @ w + b), np.ones((len(x), 1))])
    out = np.linalg.solve(hidden.T @ hidden + 1e-4 * np.eye(61), hidden.T @ y)
    model.set_weights([w, b, out[:-1], out[-1]])
    return model
