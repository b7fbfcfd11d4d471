"""A right answer in another way: keras ops."""

def dense(x, kernel, bias):
    return keras.ops.matmul(x, kernel) + bias


def forward(x, layers):
    for kernel, bias, activation in layers:
        x = keras.activations.get(activation)(dense(x, kernel, bias))
    return x
