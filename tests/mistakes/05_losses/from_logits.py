"""Misses: test_loss_for_one_hot_classes
Says: The model already ends in an activation
"""

import keras

_choose = choose_loss


def choose_loss(task):
    if task == "one-hot classes":
        return keras.losses.CategoricalCrossentropy(from_logits=True)
    return _choose(task)
