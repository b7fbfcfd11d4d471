"""Misses: test_loss_for_two_classes
Says: categorical cross-entropy is always 0
"""

def choose_loss(task):
    return {
        "regression": "mse",
        "two classes": "categorical_crossentropy",
        "one-hot classes": "categorical_crossentropy",
        "integer classes": "sparse_categorical_crossentropy",
    }[task]
