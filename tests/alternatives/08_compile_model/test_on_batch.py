"""A right answer in another way: test on batch."""

def loss_of(model, x, y):
    found = model.test_on_batch(x, y)
    return found[0] if isinstance(found, (list, tuple)) else found
