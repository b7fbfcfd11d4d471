"""A right answer in another way: in place and float32."""

def rmsprop(w, g, average, learning_rate, rho=0.9, epsilon=1e-7):
    average *= rho
    average += (1 - rho) * g * g
    w = np.float32(w)
    w -= np.float32(learning_rate * g / (np.sqrt(average) + epsilon))
    return w, average
