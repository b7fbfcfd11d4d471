"""Misses: test_set_neuron, test_set_neuron_predicts
Says: No weights were set
"""

def set_neuron(model, w, b):
    return model
