"""A right answer in another way: split and float32."""

def minibatches(n_samples, batch_size, seed):
    order = np.random.RandomState(seed).permutation(n_samples)
    return np.split(order, range(batch_size, n_samples, batch_size))


def gradient(x, y, w, b):
    x, y = np.float32(x), np.float32(y)
    error = x @ np.float32(w) + np.float32(b) - y
    return 2 * np.mean(error[:, None] * x, axis=0), 2 * error.mean()
