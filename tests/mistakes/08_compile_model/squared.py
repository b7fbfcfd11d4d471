"""Misses: test_loss_of_the_classifier
Says: for regression
"""

def compile_classifier(model):
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(learning_rate=0.01), metrics=["accuracy"])
    return model
