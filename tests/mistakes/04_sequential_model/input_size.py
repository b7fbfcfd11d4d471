"""Misses: test_build_model, test_build_model_computes
Says: The number of the model's inputs is not 200
"""

def build_model():
    return keras.Sequential([keras.Input((100,)), layers.Dense(128), layers.Activation("sigmoid"), layers.Dense(256), layers.Activation("sigmoid"), layers.Dense(5), layers.Activation("softmax")])
