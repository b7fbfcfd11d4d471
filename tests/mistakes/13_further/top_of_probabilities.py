"""Misses: test_top_k_accuracy
Says: These are probabilities
"""

def top_k_accuracy(labels, probabilities, k):
    order = np.argsort(-probabilities, axis=1)
    return np.mean([a in row[:k] for a, row in zip(labels, -np.sort(-probabilities, axis=1))])
