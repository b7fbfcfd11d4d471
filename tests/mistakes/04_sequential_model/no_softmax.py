"""Misses: test_build_model, test_build_model_computes
Says: The output activation
"""

def build_model():
    return keras.Sequential([keras.Input((200,)), layers.Dense(128), layers.Activation("sigmoid"), layers.Dense(256), layers.Activation("sigmoid"), layers.Dense(5)])
