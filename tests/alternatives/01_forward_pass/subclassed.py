"""A right answer in another way: subclassed."""

class Neuron(keras.Model):
    def __init__(self):
        super().__init__()
        self.unit = keras.layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.unit(x)


def build_neuron(n_inputs):
    model = Neuron()
    model(np.zeros((1, n_inputs)))
    return model
