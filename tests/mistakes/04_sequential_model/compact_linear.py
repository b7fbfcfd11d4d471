"""Misses: test_build_compact_model, test_build_compact_model_computes
Says: the activation sigmoid is missing
"""

def build_compact_model():
    return keras.Sequential([keras.Input((200,)), layers.Dense(128), layers.Dense(256), layers.Dense(5, activation="softmax")])
