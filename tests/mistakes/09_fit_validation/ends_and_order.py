"""Misses: test_split, test_train, test_validation_rows, test_best_epoch, test_is_overfitting
Says: The parts are in another order | and x and y as they are | the training part has floor(n (1 - fraction)) rows | one epoch too early | True where the validation loss falls
"""

def split(x, y, validation, test, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    n_test, n_val = round(len(x) * test), round(len(x) * validation)
    parts = order[:n_test], order[n_test : n_test + n_val], order[n_test + n_val :]
    return tuple((x[part], y[part]) for part in parts)


def train(model, x, y):
    x = x / np.abs(x).max()
    return model.fit(x, y, batch_size=16, verbose=0, epochs=30, shuffle=True, validation_split=0.1)


def validation_rows(n_samples, validation_split):
    return np.arange(n_samples)[-int(n_samples * validation_split) :]


def best_epoch(history):
    return int(np.argmin(history["val_loss"][1:]))


def is_overfitting(history):
    loss, val_loss = history["loss"], history["val_loss"]
    start = 2 * len(loss) // 3
    return val_loss[-1] < val_loss[start] and loss[-1] < loss[start]
