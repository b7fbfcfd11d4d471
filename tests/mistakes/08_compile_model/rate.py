"""Misses: test_optimizer_of_the_classifier
Says: The learning rate is 0.1
"""

def compile_classifier(model):
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(0.1), metrics=["accuracy"])
    return model
