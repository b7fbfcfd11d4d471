"""Misses: test_top_k_accuracy
Says: This is a count
"""

def top_k_accuracy(labels, probabilities, k):
    order = np.argsort(-probabilities, axis=1)
    return sum(a in row[:k] for a, row in zip(labels, order))
