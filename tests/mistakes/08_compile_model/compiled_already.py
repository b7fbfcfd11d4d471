"""Misses: test_compile_for_integer_classes
Says: The loss is mean_squared_error
"""

right = compile_for


def compile_for(model, task):
    return model if model.compiled else right(model, task)
