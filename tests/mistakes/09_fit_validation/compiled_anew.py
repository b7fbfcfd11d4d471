"""Misses: test_train
Says: The model was compiled anew
"""

right = train


def train(model, x, y):
    model.compile(loss="categorical_crossentropy", optimizer="adam")
    return right(model, x, y)
