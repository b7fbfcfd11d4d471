"""Raises a SystemExit of its own."""

class Done(SystemExit):
    pass


raise Done(0)
