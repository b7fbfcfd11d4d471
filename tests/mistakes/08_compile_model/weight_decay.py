"""Misses: test_optimizer_of_the_classifier
Says: no weight decay
"""

def compile_classifier(model):
    sgd = keras.optimizers.SGD(learning_rate=0.01, weight_decay=0.5)
    model.compile(loss="categorical_crossentropy", optimizer=sgd, metrics=["accuracy"])
    return model
