"""Misses: test_build_model, test_build_model_computes
Says: Keras has no activation called sigmod
"""

def build_model():
    return keras.Sequential([keras.Input((200,)), layers.Dense(128), layers.Activation("sigmod"), layers.Dense(256), layers.Activation("sigmoid"), layers.Dense(5), layers.Activation("softmax")])
