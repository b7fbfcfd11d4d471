"""A course companion for deep learning with Keras 3: lessons, exercises and their grader.

Nothing is imported here, so that the side which runs student code carries no answer with it.
"""

__version__ = "0.2.0"
