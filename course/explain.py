"""Errors that students meet, each with the sentence that helps: Keras 1/2 spellings first, then Python's and Keras's own.

Source: the slides were written for Keras 1/2; what raises was observed with Keras 3.15.
"""

import re

# Pattern on "ErrorType: message" → what to write today.
SENTENCES: tuple[tuple[str, str], ...] = (
    (r"No module named 'keras\.layers\.core'",
     "keras.layers.core is gone: write `from keras.layers import Dense, Activation`."),
    (r"No module named 'keras\.layers\.advanced_activations'",
     "keras.layers.advanced_activations is gone: write `from keras.layers import LeakyReLU`."),
    (r"No module named 'keras\.utils\.np_utils'|(cannot import name|no attribute) 'np_utils'|'keras\.utils' has no attribute 'np_utils'",
     "np_utils is gone: write `keras.utils.to_categorical`."),
    (r"MaxoutDense",
     "MaxoutDense is gone: use two Dense branches and keras.layers.Maximum."),
    (r"not recognized: \{.*'lr'|unexpected keyword argument 'lr'",
     "`lr` is now `learning_rate`: write SGD(learning_rate=0.01)."),
    (r"(not recognized: \{.*|unexpected keyword argument )'decay'",
     "`decay` is gone: give learning_rate=keras.optimizers.schedules.InverseTimeDecay(...)."),
    (r"unexpected keyword argument 'nb_epoch'",
     "`nb_epoch` is now `epochs`: write fit(..., epochs=30)."),
    (r"'output_dim'|missing 1 required positional argument: 'units'",
     "`output_dim` is now `units`: write Dense(128)."),
    (r"[Uu]nrecognized keyword arguments passed to \w+: \{.*'init'",
     "`init` is now `kernel_initializer`."),
    (r"Could not interpret loss identifier: (log_?loss)",
     "'logloss' is no Keras name: write 'binary_crossentropy'."),
    (r"Could not interpret loss identifier: (rmse|root_mean_squared_error)",
     "Keras has no loss called RMSE: use 'mean_squared_error', and keras.metrics.RootMeanSquaredError as a metric."),
    (r"Could not interpret (\w+) (function )?identifier: (.+)",
     "Keras knows no {1} called {3}: look at the spelling."),
    (r"Arguments `target` and `output` must have the same (rank|shape)",
     "Labels and predictions differ in shape: one-hot labels go with 'categorical_crossentropy', "
     "whole-number labels with 'sparse_categorical_crossentropy'."),
    (r"Argument `output` must have rank \(ndim\) `target\.ndim - 1`",
     "'sparse_categorical_crossentropy' wants whole-number labels; for one-hot labels write 'categorical_crossentropy'."),
    (r"You must call `compile\(\)` before",
     "The model is not compiled yet: call model.compile(loss=..., optimizer=...) before fit or evaluate."),
    (r"invalid character '[‘’“”]'",
     "A curly quote was copied from the slides: type straight quotes, ' or \"."),
    (r"invalid (?:non-printable )?character '?([，。：；！？（）［］｛｝＝＋－＊／＜＞．＂＇「」、\u3000])?.*U\+(?:FF|30)",
     "A full-width sign {1} stands in the code: switch your keyboard to half-width and type it again."),
    (r"can't decode byte|\(unicode error\)|Non-UTF-8",
     "The file is not saved as UTF-8: choose UTF-8 in your editor, and save it again."),
    (r"'return' outside function",
     "A `return` stands outside its function: indent it by four spaces."),
    (r"NameError: name '(np|numpy)' is not defined",
     "NumPy is not imported: write `import numpy as np` at the top of the file."),
    (r"NameError: name 'keras' is not defined",
     "Keras is not imported: write `import keras` at the top of the file."),
    (r"NameError: name '(.+?)' is not defined",
     "The name {1} is not known here: is it misspelt, or not imported?"),
    (r"invalid decimal literal",
     "A number stands where a name should: the slide's `1r` is `lr` (and in Keras 3 `learning_rate`)."),
    (r"(isn't|is not) built|not yet been built|never been called",
     "The model does not know its input size yet: begin it with keras.Input(shape=(...,))."),
    (r"expected axis -1 of input shape to have value (\d+)",
     "The model expects {1} inputs per sample: look at the Input or the first layer."),
    (r"IndentationError|TabError", "The indentation is off: use four spaces per level."),
    (r"SyntaxError", "Python cannot read the file: look at this line and the one above it."),
    (r"PermissionError|Operation not permitted",
     "While it is graded, a file may not read other files, start programs or use the network."),
    (r"'NoneType' object (is not|has no)",
     "Something is None here: is a `return` missing in the function that gives it?"),
    (r"RecursionError", "The function calls itself without end."),
    (r"No module named '(.+)'", "The package {1} is not there when your file is graded: use keras and numpy."),
    (r"positional arguments? but|missing \d+ required positional|unexpected keyword argument|takes no arguments",
     "The function takes other arguments than the exercise says: compare its first line with the starter's."),
)  # fmt: skip


def explain(error: str) -> str | None:
    """The sentence for an error given as "ErrorType: message", or None where no known one fits."""
    for pattern, sentence in SENTENCES:
        if found := re.search(pattern, error):
            groups = [found.group(0), *(group or "" for group in found.groups())]
            return sentence.format(*groups)
    return None
