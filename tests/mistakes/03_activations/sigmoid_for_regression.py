"""Misses: test_output_activation
Says: Sigmoid stays between 0 and 1
"""

def output_activation(task):
    return {"two classes": "sigmoid", "many classes": "softmax", "regression": "sigmoid"}[task]
