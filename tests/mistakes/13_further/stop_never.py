"""Misses: test_stop_early
Says: It never stops
"""

def stop_early(val_losses, patience):
    return len(val_losses), int(np.argmin(val_losses))
