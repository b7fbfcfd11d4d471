"""A right answer in another way: scikit learn manner."""

def split(x, y, validation, test, seed):
    rng = np.random.RandomState(seed)
    order = np.arange(len(x))
    rng.shuffle(order)
    a = int(len(x) * (1 - validation - test) + 1e-9)
    b = int(len(x) * (1 - test) + 1e-9)
    return [[x[i], y[i]] for i in (order[:a], order[a:b], order[b:])]
