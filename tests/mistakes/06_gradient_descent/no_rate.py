"""Misses: test_step, test_train
Says: The learning rate is missing
"""

def step(w, b, dw, db, learning_rate):
    return w - dw, b - db
