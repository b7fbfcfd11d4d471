"""Misses: test_compile_for_two_classes
Says: 'logloss' is not a Keras name
"""

_for = compile_for


def compile_for(model, task):
    if task == "two classes":
        model.compile(loss="logloss", optimizer="adam")
        return model
    return _for(model, task)
