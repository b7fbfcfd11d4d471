"""Misses: test_stop_early
Says: not with the epoch before
"""

def stop_early(val_losses, patience):
    wait, before = 0, np.inf
    for i, l in enumerate(val_losses):
        wait = wait + 1 if l >= before else 0
        before = l
        if wait >= patience:
            break
    return i + 1, int(np.argmin(val_losses[: i + 1]))
