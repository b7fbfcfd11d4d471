"""Misses: test_build_compact_model
Says: The activations are separate layers
"""

def build_compact_model():
    return build_model()
