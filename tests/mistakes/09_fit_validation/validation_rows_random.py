"""Misses: test_validation_rows
Says: Keras does not draw the rows: it holds out the last ones, before it sh
"""

def validation_rows(n_samples, validation_split):
    idx = np.random.permutation(n_samples)
    return idx[int(n_samples * (1 - validation_split)):]
