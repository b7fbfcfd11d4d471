"""Makes folders that not even their owner may enter, and hides files in them."""
import os


def mean_squared_error(y_true, y_pred):
    os.umask(0o777)
    for mode in (0o300, 0o000, 0o500):
        try:
            os.mkdir("d%o" % mode, mode)
            open("d%o/x" % mode, "w").close()
        except OSError:
            pass
    return 1
