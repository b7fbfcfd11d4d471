"""Misses: test_train
Says: The losses do not fall from epoch to epoch: go on with the weights of 
"""

def train(x, y, learning_rate, epochs, batch_size, seed):
    losses = []
    for e in range(epochs):
        w, b = np.zeros(x.shape[1]), 0.0
        for r in minibatches(len(x), batch_size, seed + e):
            dw, db = gradient(x[r], y[r], w, b)
            w, b = step(w, b, dw, db, learning_rate)
        losses.append(np.mean((x @ w + b - y) ** 2))
    return w, b, losses
