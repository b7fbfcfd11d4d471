"""Misses: test_loss_of_the_classifier, test_optimizer_of_the_classifier, test_metric_of_the_classifier
Says: not compiled
"""

def compile_classifier(model):
    return model
