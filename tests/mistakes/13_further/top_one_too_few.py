"""Misses: test_top_k_accuracy
Says: One class too few
"""

def top_k_accuracy(labels, probabilities, k):
    order = np.argsort(-probabilities, axis=1)
    return np.mean([a in row[: k - 1] for a, row in zip(labels, order)])
