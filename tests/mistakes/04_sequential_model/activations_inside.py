"""Misses: test_build_model
Says: The activations are inside the Dense layers
"""

def build_model():
    return keras.Sequential([keras.Input((200,)), layers.Dense(128, activation="sigmoid"), layers.Dense(256, activation="sigmoid"), layers.Dense(5, activation="softmax")])
