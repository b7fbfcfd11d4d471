"""Misses: test_stop_early
Says: the first one stays the best
"""

def stop_early(val_losses, patience):
    best, index, wait = np.inf, 0, 0
    for i, l in enumerate(val_losses):
        wait = 0 if l < best else wait + 1
        if l <= best:
            best, index = l, i
        if wait >= patience:
            return i + 1, index
    return len(val_losses), index
