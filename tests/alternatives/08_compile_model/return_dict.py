"""A right answer in another way: return dict."""

def loss_of(model, x, y):
    return model.evaluate(x, y, batch_size=len(x), return_dict=True, verbose=0)["loss"]
