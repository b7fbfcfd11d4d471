"""Misses: test_build_model
Says: It has the right layers
"""

def build_model():
    inside = keras.Sequential([keras.Input((200,)), layers.Dense(128), layers.Activation("sigmoid"), layers.Dense(256), layers.Activation("sigmoid"), layers.Dense(5), layers.Activation("softmax")])
    return keras.Model(inside.inputs, inside.outputs)
