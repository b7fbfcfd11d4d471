"""Misses: test_stop_early
Says: It stops too late
"""

def stop_early(val_losses, patience):
    best, waited = 0, 0
    for epoch, loss in enumerate(val_losses):
        if epoch == 0 or loss < val_losses[best]:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited > patience:
                return epoch + 1, best
    return len(val_losses), best
