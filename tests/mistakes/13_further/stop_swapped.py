"""Misses: test_stop_early
Says: The two entries are swapped
"""

def stop_early(val_losses, patience):
    best, index, wait = np.inf, 0, 0
    for i, l in enumerate(val_losses):
        if l < best:
            best, index, wait = l, i, 0
        else:
            wait += 1
            if wait >= patience:
                return index, i + 1
    return index, len(val_losses)
