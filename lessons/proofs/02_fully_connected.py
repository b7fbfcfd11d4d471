"""What holds at the end of 02_fully_connected, as long as nothing in it is changed."""

assert np.allclose(x @ kernel + bias, one_by_one)
assert np.allclose(by_keras, by_hand, rtol=1e-4, atol=1e-5)
assert sum(parameters) == 60_037
assert model.count_params() == 3 * 4 + 4 + 4 * 2 + 2
assert np.allclose(two_layers, x @ (w1 @ w2) + (b1 @ w2 + b2))
assert errors[1] > errors[4] > errors[32]
assert errors[32] < 0.001
assert accuracies[1] < 0.8 and accuracies[4] > 0.95 and accuracies[16] > 0.95
