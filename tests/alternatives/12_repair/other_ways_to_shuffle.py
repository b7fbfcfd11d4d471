"""A table of both, shuffled in one."""

def shuffled(x, y, seed):
    both = np.column_stack([x, y])
    np.random.default_rng(seed).shuffle(both)
    return both[:, :-1], both[:, -1].astype(int)


def split(x, y):
    count = round(0.8 * len(x))
    (x_train, x_test), (y_train, y_test) = np.split(x, [count]), np.split(y, [count])
    return [x_train.tolist(), y_train.tolist(), x_test.tolist(), y_test.tolist()]
