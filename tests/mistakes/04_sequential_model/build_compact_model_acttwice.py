"""Misses: test_build_compact_model, test_build_compact_model_computes
Says: An activation is applied twice: inside the Dense layer, and as the lay
"""

import numpy as np

def build_compact_model():
    model = keras.Sequential([keras.Input((200,))])
    for n, a in [(128, "sigmoid"), (256, "sigmoid"), (5, "softmax")]:
        model.add(layers.Dense(n, activation=a))
        model.add(layers.Activation(a))
    return model
