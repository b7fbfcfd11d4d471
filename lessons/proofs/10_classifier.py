"""What holds at the end of 10_classifier, as long as nothing in it is changed."""

assert digits.data.shape == (1797, 64) and digits.data.max() == 16
assert counts.min() > 170 and counts.sum() == 1797
assert len(train) + len(valid) + len(test) == 1797 and not set(test) & set(train)
assert model.count_params() == (64 * 128 + 128) + (128 * 256 + 256) + (256 * 10 + 10)
assert untrained < 0.35
assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-4) and np.isclose(
    (predicted == y[test]).mean(), accuracy
)
assert accuracy > 0.95
assert (nearest == y[test]).mean() > 0.95
assert (
    confusion.sum() == len(test) and np.trace(confusion) == (predicted == y[test]).sum()
)
