"""A right answer in another way: lambdas."""

relu = lambda x: x * (x > 0)
maxout = lambda x, w1, b1, w2, b2: np.stack([x @ w1 + b1, x @ w2 + b2]).max(axis=0)
leaky_relu = lambda x, slope=0.1: np.maximum(slope * x, x)
