"""Raises what `except Exception` does not catch."""

class Out(BaseException):
    def __str__(self):
        raise KeyboardInterrupt


raise Out
