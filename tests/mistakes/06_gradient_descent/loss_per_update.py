"""Misses: test_train
Says: not one per update
"""

def train(x, y, learning_rate, epochs, batch_size, seed):
    w, b, losses = np.zeros(x.shape[1]), 0.0, []
    for epoch in range(epochs):
        for batch in minibatches(len(x), batch_size, seed + epoch):
            w, b = step(w, b, *gradient(x[batch], y[batch], w, b), learning_rate)
            losses.append(np.mean((x @ w + b - y) ** 2))
    return w, b, losses
