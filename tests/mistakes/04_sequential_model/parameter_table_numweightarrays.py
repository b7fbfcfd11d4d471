"""Misses: test_parameter_table
Says: This counts the weight arrays: count their entries, as count_params() 
"""

def parameter_table(model):
    return [(l.__class__.__name__, l.output.shape[-1], len(l.get_weights())) for l in model.layers]
