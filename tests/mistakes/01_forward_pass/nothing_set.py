"""Misses: test_set_neuron, test_set_neuron_predicts
Says: Nothing was put in
"""

def set_neuron(model, w, b):
    return model
