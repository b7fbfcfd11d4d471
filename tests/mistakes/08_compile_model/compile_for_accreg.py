"""Misses: test_compile_for_regression
Says: is a metric, not a loss: for classes the loss is a cross-entropy, for 
"""

def compile_for(model, task):
    loss = {"regression": "accuracy", "two classes": "binary_crossentropy",
            "one-hot classes": "categorical_crossentropy", "integer classes": "sparse_categorical_crossentropy"}[task]
    model.compile(loss=loss, optimizer="adam")
    return model
