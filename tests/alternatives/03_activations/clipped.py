"""A right answer in another way: clipped."""

def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def tanh(x):
    return 2 * sigmoid(2 * x) - 1
