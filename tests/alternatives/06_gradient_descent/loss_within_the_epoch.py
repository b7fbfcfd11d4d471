"""A right answer in another way: loss within the epoch."""

def train(x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    w, b, losses = rng.normal(size=x.shape[1]), np.zeros(1), []
    for epoch in range(epochs):
        seen = []
        for batch in minibatches(len(x), batch_size, int(rng.integers(1000))):
            seen.append(np.mean((x[batch] @ w + b - y[batch]) ** 2))
            w, b = step(w, b, *gradient(x[batch], y[batch], w, b), learning_rate)
        losses.append(float(np.mean(seen)))
    return {0: w, 1: b, 2: losses}.values()
