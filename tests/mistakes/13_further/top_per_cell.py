"""Misses: test_top_k_accuracy
Says: do not divide by k
"""

def top_k_accuracy(labels, probabilities, k):
    order = np.argsort(-probabilities, axis=1)
    return np.mean(order[:, :k] == labels[:, None])
