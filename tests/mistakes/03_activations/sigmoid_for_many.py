"""Misses: test_output_activation
Says: Sigmoid shares do not sum to 1
"""

def output_activation(task):
    return {"two classes": "sigmoid", "many classes": "sigmoid", "regression": "linear"}[task]
