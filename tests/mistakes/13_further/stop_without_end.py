"""Misses: test_stop_early
Says: nothing is returned
"""

def stop_early(val_losses, patience):
    best, index, wait = np.inf, 0, 0
    for i, l in enumerate(val_losses):
        if l < best:
            best, index, wait = l, i, 0
        else:
            wait += 1
            if wait >= patience:
                return i + 1, index
