"""Misses: test_loss_of_the_classifier, test_optimizer_of_the_classifier, test_metric_of_the_classifier
Says: `metrics` is a list: write metrics=["accuracy"]
"""

def compile_classifier(model):
    model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics="accuracy")
    return model
