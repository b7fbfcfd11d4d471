"""Misses: test_step, test_train
Says: The bias is not updated
"""

def step(w, b, dw, db, learning_rate):
    return w - learning_rate * dw, b
