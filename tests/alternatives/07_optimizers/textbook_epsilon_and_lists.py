"""A right answer in another way: textbook epsilon and lists."""

def adagrad(w, g, accumulator, learning_rate, epsilon=1e-7):
    accumulator = [a + x * x for a, x in zip(accumulator, g)]
    return [[p - learning_rate * x / (a**0.5 + epsilon) for p, x, a in zip(w, g, accumulator)], accumulator]
