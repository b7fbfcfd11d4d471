"""Misses: test_loss_of_the_classifier
Says: This is a different model
"""

def compile_classifier(model):
    copy = keras.models.clone_model(model)
    copy.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(learning_rate=0.01), metrics=["accuracy"])
    return copy
