"""Misses: test_set_neuron, test_set_neuron_predicts
Says: set_weights takes the kernel first and then the bias: here the kernel 
"""

def set_neuron(model, w, b):
    model.set_weights([w, np.array([b])])
    return model
