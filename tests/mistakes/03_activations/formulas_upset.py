"""Misses: test_sigmoid, test_large_inputs, test_tanh, test_relu, test_leaky_relu, test_elu, test_maxout, test_softmax, test_softmax_of_large_inputs
Says: 1 + e^-x, not 1 - e^-x | This is sigmoid(2x) | relu has no upper limit | not the slope itself | which is below 0 | stand side by side | Softmax runs over the wrong axis
"""

def sigmoid(x):
    return 1 / (1 - np.exp(-np.clip(x, -500, 500)))


def tanh(x):
    return 1 / (1 + np.exp(-2 * np.clip(x, -300, 300)))


def relu(x):
    return np.clip(x, 0, 6)


def leaky_relu(x, slope=0.1):
    return np.where(x > 0, x, slope)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (1 - np.exp(np.minimum(x, 0))))


def maxout(x, w1, b1, w2, b2):
    return np.concatenate([x @ w1 + b1, x @ w2 + b2], axis=1)


def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)
