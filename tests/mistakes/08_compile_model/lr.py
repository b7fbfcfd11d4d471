"""Misses: test_loss_of_the_classifier, test_optimizer_of_the_classifier, test_metric_of_the_classifier
Says: `lr` is now `learning_rate`
"""

def compile_classifier(model):
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(lr=0.01, momentum=0.0, decay=0.0), metrics=["accuracy"])
    return model
