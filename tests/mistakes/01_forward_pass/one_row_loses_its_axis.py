"""Misses: test_weighted_sum
Says: has shape ()
"""

def weighted_sum(x, w, b):
    return np.squeeze(x @ np.reshape(w, (-1, 1)) + b)
