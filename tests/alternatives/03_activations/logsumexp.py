"""A right answer in another way: logsumexp."""

def softmax(z):
    z = np.asarray(z, dtype=float)
    top = z.max(axis=-1, keepdims=True)
    return np.exp(z - top - np.log(np.exp(z - top).sum(axis=-1, keepdims=True)))
