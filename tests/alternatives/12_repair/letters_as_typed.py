"""Capitals, blanks, and the sentence behind the letter."""

FAULTS = {
    "five_kinds": "G",
    "one_of_five": " f ",
    "price": "a: a hidden layer has no activation",
    "pixels": "b.",
    "compiled": "e",
    "shuffled": "c",
    "split": "d",
    "best_epoch": "h",
}


def compiled(model):
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["acc"])
    return model
