"""Misses: test_loss_of_the_classifier
Says: Did you mean `
"""

def compile_classifier(model):
    model.compile(loss="categorial_crossentropy", optimizer="sgd", metrics=["accuracy"])
    return model
