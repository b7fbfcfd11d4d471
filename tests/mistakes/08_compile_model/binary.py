"""Misses: test_loss_of_the_classifier
Says: Binary cross-entropy is for two classes
"""

def compile_classifier(model):
    model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.SGD(learning_rate=0.01), metrics=["accuracy"])
    return model
