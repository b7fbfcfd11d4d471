"""Misses: test_stop_early
Says: The first epoch is the best
"""

def stop_early(val_losses, patience):
    best, index, wait = np.inf, 0, 0
    for i in range(1, len(val_losses)):
        if val_losses[i] < best:
            best, index, wait = val_losses[i], i, 0
        else:
            wait += 1
            if wait >= patience:
                return i + 1, index
    return len(val_losses), index
