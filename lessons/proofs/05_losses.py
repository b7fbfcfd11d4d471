"""What holds at the end of 05_losses, as long as nothing in it is changed."""

assert np.isclose(by_hand["mean_squared_error"], 0.01)
assert np.isclose(by_hand["mean_absolute_error"], 0.1)
assert np.isclose(float(percentage(answer, prediction)[0]), 55.5556, atol=1e-3)
assert np.isclose(float(percentage(prediction, answer)[0]), 31.25, atol=1e-3)
assert np.isclose(slide, 0.247163, atol=1e-6)
assert np.isclose(by_hand["mean_squared_logarithmic_error"], 0.0052471, atol=1e-6)
assert np.isclose(float(root.result()), np.sqrt(0.01))
assert np.isclose(log_loss, 2.302585, atol=1e-6) and np.isclose(log_loss, -np.log(0.1))
assert np.isclose(float(keras.losses.binary_crossentropy(y, p)[0]), log_loss, rtol=1e-4)
assert np.allclose(
    keras.losses.categorical_crossentropy(one_hot, probabilities), expected, rtol=1e-4
)
assert np.allclose(
    keras.losses.sparse_categorical_crossentropy(labels, probabilities),
    expected,
    rtol=1e-4,
)
assert all(
    np.isclose(value, float(keras.losses.get(name)(answer, prediction)[0]), rtol=1e-4)
    for name, value in by_hand.items()
)
assert np.allclose(pulls["the cross-entropy"], 1 / (1 + np.exp(-sums)) - 1, atol=1e-9)
assert np.isclose(pulls["the cross-entropy"][20], -0.9975, atol=1e-3) and np.isclose(
    pulls["the squared error"][20], -0.0049, atol=1e-3
)
