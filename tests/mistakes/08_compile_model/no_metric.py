"""Misses: test_metric_of_the_classifier
Says: The metric is missing
"""

def compile_classifier(model):
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(learning_rate=0.01))
    return model
