"""Misses: test_softmax_of_large_inputs
Says: The entry [2, 
"""

def softmax(z):
    e = np.exp(np.clip(z, -500, 500))
    return e / e.sum(axis=-1, keepdims=True)
