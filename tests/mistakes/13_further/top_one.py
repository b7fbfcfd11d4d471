"""Misses: test_top_k_accuracy
Says: k is not used
"""

def top_k_accuracy(labels, probabilities, k):
    order = np.argsort(-probabilities, axis=1)
    return np.mean(order[:, 0] == labels)
