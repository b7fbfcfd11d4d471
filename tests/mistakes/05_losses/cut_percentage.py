"""Misses: test_slide_example
Says: cuts 55.5556 to 55
"""

_example = slide_example


def slide_example():
    return _example() | {"mean_absolute_percentage_error": 55}
