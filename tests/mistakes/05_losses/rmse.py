"""Misses: test_loss_for_regression
Says: no loss called RMSE
"""

def choose_loss(task):
    return {
        "regression": "rmse",
        "two classes": "binary_crossentropy",
        "one-hot classes": "categorical_crossentropy",
        "integer classes": "sparse_categorical_crossentropy",
    }[task]
