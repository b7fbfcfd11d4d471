"""Sleeps in every function."""
import time


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)
    return lambda *a: time.sleep(10**6)
