"""A right answer in another way: loops and lists."""

def dense(x, kernel, bias):
    return [[sum(a * k for a, k in zip(row, column)) + b for column, b in zip(kernel.T, bias)] for row in x]


def forward(x, layers):
    for kernel, bias, activation in layers:
        x = ACTIVATIONS[activation](np.array(dense(x, kernel, bias)))
    return x
