"""Misses: test_loss_of_the_classifier
Says: check the spelling
"""

def compile_classifier(model):
    model.compile(loss="categorical_crossentropie", optimizer=keras.optimizers.SGD(learning_rate=0.01), metrics=["accuracy"])
    return model
