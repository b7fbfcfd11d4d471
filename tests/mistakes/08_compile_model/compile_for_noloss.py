"""Misses: test_compile_for_regression, test_compile_for_two_classes, test_compile_for_one_hot_classes, test_compile_for_integer_classes
Says: compile was told no loss: give it loss=
"""

def compile_for(model, task):
    loss = {"regression": "mse", "two classes": "binary_crossentropy",
            "one-hot classes": "categorical_crossentropy", "integer classes": "sparse_categorical_crossentropy"}[task]
    model.compile(optimizer="adam")
    return model
