"""Misses: test_optimizer_of_the_classifier
Says: The default optimizer is RMSprop
"""

def compile_classifier(model):
    model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
    return model
