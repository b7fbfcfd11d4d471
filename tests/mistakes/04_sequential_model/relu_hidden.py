"""Misses: test_build_model, test_build_model_computes
Says: activation is relu, expected sigmoid
"""

def build_model():
    return keras.Sequential([keras.Input((200,)), layers.Dense(128), layers.Activation("relu"), layers.Dense(256), layers.Activation("relu"), layers.Dense(5), layers.Activation("softmax")])
