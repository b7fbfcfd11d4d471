"""Misses: test_train
Says: losses has one entry only: is the return inside the loop over the epoc
"""

def train(x, y, learning_rate, epochs, batch_size, seed):
    w, b, losses = np.zeros(x.shape[1]), 0.0, []
    for e in range(epochs):
        for r in minibatches(len(x), batch_size, seed + e):
            dw, db = gradient(x[r], y[r], w, b)
            w, b = step(w, b, dw, db, learning_rate)
        losses.append(np.mean((x @ w + b - y) ** 2))
        return w, b, losses
