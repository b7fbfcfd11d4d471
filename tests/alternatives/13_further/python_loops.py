"""A right answer in another way: loops over numbers."""


def silu(x):
    return np.vectorize(lambda one: one * 0.5 * (1 + np.tanh(one / 2)))(x)


def silu_slope(x):
    h = 1e-5
    return (silu(x + h) - silu(x - h)) / (2 * h)


def huber(y_true, y_pred, delta):
    total = 0.0
    for y, p in zip(y_true.ravel(), y_pred.ravel()):
        e = abs(y - p)
        total += 0.5 * e * e if e <= delta else delta * (e - 0.5 * delta)
    return total / y_true.size


def top_k_accuracy(labels, probabilities, k):
    right = 0
    for label, row in zip(labels, probabilities):
        right += sum(other > row[label] for other in row) < k
    return right / len(labels)


def stop_early(val_losses, patience):
    for end in range(1, len(val_losses) + 1):
        best = val_losses.index(min(val_losses[:end]))
        if end - 1 - best >= patience:
            return [end, best]
    return [len(val_losses), best]
