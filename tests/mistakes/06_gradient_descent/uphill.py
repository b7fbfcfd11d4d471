"""Misses: test_step, test_train
Says: This walks uphill
"""

def step(w, b, dw, db, learning_rate):
    return w + learning_rate * dw, b + learning_rate * db
