"""What holds at the end of 08_compile_model, as long as nothing in it is changed."""

assert np.isclose(loss, by_hand, rtol=1e-4) and 1.4 < loss < 2.6
assert np.isclose(sparse.evaluate(x, labels, verbose=0), loss, rtol=1e-5)
assert np.abs(rows - 1).max() > 0.2 and np.allclose(predicted.sum(axis=1), 1, atol=1e-5)
assert np.isclose(twice.max(), 0.4046, atol=5e-5) and np.isclose(
    -np.log(twice.max()), 0.9048, atol=5e-5
)
assert all(callable(keras.losses.get(name)) for _, name in fitting.values())
