"""Prints and raises what services that run workflows would take for commands, and what moves a cursor."""


def mean_squared_error(y_true, y_pred):
    print("::set-output name=grade::100")
    print("##[add-path]/tmp")
    raise ValueError("\n::error::nothing\n\x9b31mred")
