"""Misses: test_top_k_accuracy
Says: Each label belongs to one row
"""

def top_k_accuracy(labels, probabilities, k):
    order = np.argsort(-probabilities, axis=1)
    return np.mean(np.isin(labels, order[:, :k]))
