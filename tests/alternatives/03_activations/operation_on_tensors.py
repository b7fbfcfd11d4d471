"""A right answer in another way: operation on tensors."""

def build_maxout(n_inputs, units):
    inputs = keras.Input((n_inputs,))
    one, two = (keras.layers.Dense(units, name=f"branch_{i}")(inputs) for i in (1, 2))
    return keras.Model(inputs, keras.ops.maximum(two, one))
