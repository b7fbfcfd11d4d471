"""Misses: test_loss_of_the_classifier, test_optimizer_of_the_classifier, test_metric_of_the_classifier
Says: The model is not returned
"""

def compile_classifier(model):
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(learning_rate=0.01), metrics=["accuracy"])
