"""Sleeps for ever while it is read."""
import time
time.sleep(10**6)
