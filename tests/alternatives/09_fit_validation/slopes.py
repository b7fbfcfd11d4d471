"""A right answer in another way: slopes."""

def is_overfitting(history):
    n = len(history["loss"])
    last = slice(n - n // 3, n)
    t = np.arange(n)[last]
    rise = [np.polyfit(t, np.asarray(history[key])[last], 1)[0] for key in ("val_loss", "loss")]
    return np.bool_(rise[0] > 0 and rise[1] < 0)
