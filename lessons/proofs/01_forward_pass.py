"""What holds at the end of 01_forward_pass, as long as nothing in it is changed."""

assert np.allclose(by_loop, a) and np.allclose(a, [0.2, 1.0])
assert sigmoid(0.0) == 0.5
assert np.allclose(sigmoid(np.array([-2.0, 2.0])).sum(), 1.0)
assert np.allclose(by_hand, [0.549834, 0.731059], atol=1e-6)
assert model.count_params() == 3 + 1
assert by_keras.shape == (2, 1)
assert np.allclose(by_keras[:, 0], by_hand, rtol=1e-5)
