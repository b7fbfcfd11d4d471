"""Misses: test_build_compact_model
Says: The activations are layers of their own
"""

def build_compact_model():
    return build_model()
