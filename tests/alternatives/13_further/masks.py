"""A right answer in another way: masks in place of np.where, a sort in place of an order."""


def huber(y_true, y_pred, delta):
    e = np.abs(y_true - y_pred)
    small = e <= delta
    loss = delta * (e - 0.5 * delta)
    loss[small] = 0.5 * e[small] ** 2
    return loss.mean()


def top_k_accuracy(labels, probabilities, k):
    own = probabilities[np.arange(len(labels)), labels]
    least = np.sort(probabilities, axis=1)[:, -k]
    return float((own >= least).mean())


def silu(x):
    positive = x >= 0
    e = np.exp(-np.abs(x))
    return x * np.where(positive, 1 / (1 + e), e / (1 + e))
