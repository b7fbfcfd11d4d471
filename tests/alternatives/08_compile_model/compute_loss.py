"""A right answer in another way: compute loss."""

def loss_of(model, x, y):
    return model.compute_loss(x, keras.ops.cast(y, "float32"), model(x, training=False))
