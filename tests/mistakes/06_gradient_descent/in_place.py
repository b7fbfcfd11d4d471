"""Misses: test_step, test_train
Says: is a `return` missing
"""

def step(w, b, dw, db, learning_rate):
    w -= learning_rate * dw
    b -= learning_rate * db
