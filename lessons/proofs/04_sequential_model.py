"""What holds at the end of 04_sequential_model, as long as nothing in it is changed."""

assert by_hand == [25_728, 0, 33_024, 0, 1_285, 0] and sum(by_hand) == 60_037
assert model.input_shape == (None, 200)
assert [layer.count_params() for layer in model.layers] == by_hand
assert [layer.output.shape for layer in model.layers] == [
    (None, n) for n in (128, 128, 256, 256, 5, 5)
]
assert model.count_params() == 60_037
assert np.allclose(shares, [0.0717, 0.5297, 0.3551, 0.0435], atol=5e-5)
assert np.allclose(shares, [0.07, 0.53, 0.36, 0.04], atol=0.005)
assert np.isclose(shares.sum(), 1.0)
assert np.allclose(keras.ops.softmax(scores[None])[0], shares, rtol=1e-5)
assert np.allclose(keras.ops.convert_to_numpy(compact(x)), outputs, atol=1e-6)
assert np.allclose(outputs.sum(axis=1), 1.0, atol=1e-5) and len(compact.layers) == 3
