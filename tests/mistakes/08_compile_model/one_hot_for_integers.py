"""Misses: test_compile_for_integer_classes
Says: This loss needs one-hot labels
"""

_for = compile_for


def compile_for(model, task):
    if task == "integer classes":
        model.compile(loss="categorical_crossentropy", optimizer="adam")
        return model
    return _for(model, task)
