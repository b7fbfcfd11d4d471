"""Misses: test_loss_for_regression
Says: does not fit regression
"""

def choose_loss(task):
    return {
        "regression": "binary_crossentropy",
        "two classes": "binary_crossentropy",
        "one-hot classes": "categorical_crossentropy",
        "integer classes": "sparse_categorical_crossentropy",
    }[task]
