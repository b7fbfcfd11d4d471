"""Misses: test_compile_for_regression
Says: A cross-entropy is for classes
"""

_for = compile_for


def compile_for(model, task):
    if task == "regression":
        model.compile(loss="binary_crossentropy", optimizer="adam")
        return model
    return _for(model, task)
