"""Misses: test_set_neuron, test_set_neuron_predicts
Says: The model is not returned
"""

def set_neuron(model, w, b):
    model.set_weights([np.reshape(w, (-1, 1)), np.reshape(b, (1,))])
