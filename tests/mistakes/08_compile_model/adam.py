"""Misses: test_optimizer_of_the_classifier
Says: not with Adam
"""

def compile_classifier(model):
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model
