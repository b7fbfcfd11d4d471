"""Misses: test_output_activation
Says: Softmax over one unit is always 1
"""

def output_activation(task):
    return {"two classes": "softmax", "many classes": "softmax", "regression": "linear"}[task]
