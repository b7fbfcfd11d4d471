"""What holds at the end of 03_activations, as long as nothing in it is changed."""

assert np.isclose(float(in_keras["Leaky ReLU"](-1.0)), -0.1)
assert np.isclose(gradients["sigmoid"].max(), 0.25) and np.isclose(
    gradients["tanh"].max(), 1.0
)
assert np.isclose(layer, -0.3) and np.isclose(function, -0.2)
assert np.allclose(maxout(column)[:, 0], by_hand["Maxout"], atol=1e-6)
assert np.allclose(np.unique(gradients["Maxout"]), [-0.3, 0.8])
assert np.allclose(shares, [0.0717, 0.5297, 0.3551, 0.0435], atol=5e-5) and np.isclose(
    shares.sum(), 1
)
assert np.allclose(shares, [0.07, 0.53, 0.36, 0.04], atol=0.005)
assert np.allclose(keras.activations.softmax(scores[None])[0], shares, rtol=1e-5)
assert np.allclose(
    safe, keras.activations.softmax(large[None])[0], rtol=1e-5
) and np.allclose(safe, [0.7311, 0.2689], atol=1e-4)
assert all(
    np.allclose(in_keras[name](x), by_hand[name], atol=1e-6) for name in in_keras
)
assert all(
    np.allclose(gradients[name][away], slope[away], atol=1e-5)
    for name, slope in gradients_by_hand.items()
)
assert np.isnan(overflowing).all()
