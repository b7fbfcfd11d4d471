"""Misses: test_slide_example
Says: The logarithmic error on the slide uses log(y)
"""

_example = slide_example


def slide_example():
    return _example() | {"mean_squared_logarithmic_error": 0.24716}
