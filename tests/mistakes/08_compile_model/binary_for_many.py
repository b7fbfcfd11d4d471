"""Misses: test_compile_for_one_hot_classes
Says: Binary cross-entropy is for two classes
"""

_for = compile_for


def compile_for(model, task):
    if task == "one-hot classes":
        model.compile(loss="binary_crossentropy", optimizer="adam")
        return model
    return _for(model, task)
