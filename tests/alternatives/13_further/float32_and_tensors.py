"""A right answer in another way: float32, and tensors of Keras."""

import keras


def silu(x):
    x = keras.ops.convert_to_tensor(x, "float32")
    return x * keras.ops.sigmoid(x)


def silu_slope(x):
    s = keras.ops.sigmoid(keras.ops.convert_to_tensor(x, "float32"))
    return s * (1 + keras.ops.convert_to_tensor(x, "float32") * (1 - s))


def shared_parameters(n_inputs, units):
    return np.float64(units * (n_inputs + 3) + 1)


def huber(y_true, y_pred, delta):
    e = keras.ops.abs(keras.ops.convert_to_tensor(y_true - y_pred, "float32"))
    small = keras.ops.minimum(e, delta)
    return keras.ops.mean(small * (e - small / 2))


def stop_early(val_losses, patience):
    return np.array(_stop(list(val_losses), patience))


def _stop(losses, patience):
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        elif epoch - best == patience:
            return epoch + 1, best
    return len(losses), best
