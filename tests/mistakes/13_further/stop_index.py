"""Misses: test_stop_early
Says: One epoch too few
"""

def stop_early(val_losses, patience):
    best, waited = 0, 0
    for epoch, loss in enumerate(val_losses):
        if epoch == 0 or loss < val_losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited >= patience:
                return epoch, best
    return len(val_losses), best
