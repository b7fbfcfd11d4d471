"""Misses: test_loss_of_the_classifier
Says: This loss needs whole-number labels
"""

def compile_classifier(model):
    model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.SGD(learning_rate=0.01), metrics=["accuracy"])
    return model
