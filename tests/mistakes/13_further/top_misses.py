"""Misses: test_top_k_accuracy
Says: the share of misses
"""

def top_k_accuracy(labels, probabilities, k):
    order = np.argsort(-probabilities, axis=1)
    return 1 - np.mean([a in row[:k] for a, row in zip(labels, order)])
