"""Misses: test_loss_of_the_classifier
Says: no label smoothing
"""

def compile_classifier(model):
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.1)
    model.compile(loss=loss, optimizer=keras.optimizers.SGD(learning_rate=0.01), metrics=["accuracy"])
    return model
