"""Misses: test_parameter_table
Says: `output_shape` no longer exists: write `layer.output.shape`
"""

def parameter_table(model):
    return [(l.__class__.__name__, l.output_shape[-1], l.count_params()) for l in model.layers]
