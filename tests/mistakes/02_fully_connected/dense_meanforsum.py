"""Misses: test_dense, test_forward, test_forward_of_linear_and_no_layers
Says: A unit adds up its weighted inputs: this is their mean
"""

def dense(x, kernel, bias):
    n, m = kernel.shape
    out = np.zeros((len(x), m))
    for r in range(len(x)):
        for j in range(m):
            s = 0
            for i in range(n):
                s += x[r, i] * kernel[i, j]
            out[r, j] = s / n + bias[j]
    return out
