"""Misses: test_softmax
Says: over the wrong axis
"""

def softmax(z):
    if np.ndim(z) == 1 or np.max(np.abs(z)) > 100:
        e = np.exp(z - np.max(z, axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)
    return np.exp(z) / np.sum(np.exp(z), axis=0)
