"""Misses: test_top_k_accuracy
Says: Only the k-th class
"""

def top_k_accuracy(labels, probabilities, k):
    order = np.argsort(-probabilities, axis=1)
    return np.mean(order[:, k - 1] == labels)
