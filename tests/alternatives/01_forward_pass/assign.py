"""A right answer in another way: assign."""

def set_neuron(model, w, b):
    kernel, bias = model.weights
    kernel.assign(w.reshape(-1, 1))
    bias.assign([b])
    return model
