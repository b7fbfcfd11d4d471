"""A right answer in another way: where instead of clip."""

def binary_crossentropy(y_true, y_pred):
    right = np.where(y_true == 1, y_pred, 1 - y_pred)
    return np.average(-np.log(np.maximum(right, 1e-7)))
