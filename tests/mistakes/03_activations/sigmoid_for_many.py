"""Misses: test_output_activation
Says: Sigmoid outputs do not sum to 1
"""

def output_activation(task):
    return {"two classes": "sigmoid", "many classes": "sigmoid", "regression": "linear"}[task]
