"""A right answer in another way: table by weights."""

import numpy as np


def parameter_table(model):
    rows = []
    for layer in model.layers:
        rows.append([layer.__class__.__name__, np.int64(layer.output.shape[-1]), sum(w.numpy().size for w in layer.weights)])
    return tuple(rows)
