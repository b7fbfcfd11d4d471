"""Misses: test_build_model, test_build_model_computes
Says: The input size is missing
"""

def build_model():
    return keras.Sequential([layers.Dense(128), layers.Activation("sigmoid"), layers.Dense(256), layers.Activation("sigmoid"), layers.Dense(5), layers.Activation("softmax")])
