"""Misses: test_binary_crossentropy, test_binary_crossentropy_is_finite, test_slide_example
Says: The predictions are probabilities already: leave out from_logits, or t
"""

import keras

def binary_crossentropy(y_true, y_pred):
    return float(keras.losses.BinaryCrossentropy(from_logits=True)(y_true, y_pred))
