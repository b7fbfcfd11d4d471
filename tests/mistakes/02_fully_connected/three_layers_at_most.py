"""Misses: test_forward
Says: The entry
"""

right = forward


def forward(x, layers):
    return right(x, layers[:3])
