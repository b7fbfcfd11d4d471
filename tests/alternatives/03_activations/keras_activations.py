"""A right answer in another way: keras activations."""

def sigmoid(x):
    return keras.activations.sigmoid(np.asarray(x, dtype="float64"))


def softmax(z):
    return keras.ops.softmax(z, axis=-1)


def elu(x, alpha=1.0):
    return keras.activations.elu(x, alpha)


def leaky_relu(x, slope=0.1):
    return keras.activations.leaky_relu(x, negative_slope=slope)
