"""Misses: test_build_neuron, test_build_neuron_computes, test_set_neuron, test_set_neuron_predicts
Says: a Neuron that was not called
"""


class Neuron:
    def __init__(self, w=0, b=0):
        self.w, self.b = w, b

    def set_weights(self, weights):
        self.w, self.b = weights

    def __call__(self, x):
        return neuron(x, np.ravel(self.w), np.ravel(self.b))


def build_neuron(n_inputs):
    return Neuron()


def set_neuron(model, w, b):
    return Neuron(w, b)
