"""Misses: test_set_neuron
Says: After setting the weights again
"""

def set_neuron(model, w, b):
    kernel, bias = model.get_weights()
    model.set_weights([np.reshape(w, kernel.shape), np.array([b]) if b else bias])
    return model
