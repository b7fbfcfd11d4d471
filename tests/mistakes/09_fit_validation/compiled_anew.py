"""Misses: test_train
Says: The model was compiled again
"""

right = train


def train(model, x, y):
    model.compile(loss="categorical_crossentropy", optimizer="adam")
    return right(model, x, y)
