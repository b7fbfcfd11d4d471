"""Misses: test_loss_for_one_hot_classes, test_loss_for_integer_classes
Says: whole-number labels
"""

def choose_loss(task):
    return {
        "regression": "mse",
        "two classes": "binary_crossentropy",
        "one-hot classes": "sparse_categorical_crossentropy",
        "integer classes": "categorical_crossentropy",
    }[task]
