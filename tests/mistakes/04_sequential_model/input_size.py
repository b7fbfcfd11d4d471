"""Misses: test_build_model, test_build_model_computes
Says: another number of inputs than 200
"""

def build_model():
    return keras.Sequential([keras.Input((100,)), layers.Dense(128), layers.Activation("sigmoid"), layers.Dense(256), layers.Activation("sigmoid"), layers.Dense(5), layers.Activation("softmax")])
