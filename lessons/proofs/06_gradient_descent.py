"""What holds at the end of 06_gradient_descent, as long as nothing in it is changed."""

assert np.isclose(dw, (loss(0.3 + h, -0.2) - loss(0.3 - h, -0.2)) / (2 * h), rtol=1e-5)
assert np.isclose(db, (loss(0.3, -0.2 + h) - loss(0.3, -0.2 - h)) / (2 * h), rtol=1e-5)
assert np.allclose(by_tape, [dw, db])
assert [len(path) - 1 for path in paths.values()] == [6 * 64, 6 * 4, 6 * 1]
assert loss(*paths["one by one"][-1]) < 0.02 < loss(*paths["full batch"][-1])
assert np.allclose(stepped, [0.3 - 0.1 * dw, -0.2 - 0.1 * db], atol=1e-5)
assert updates == {1: 128, 10: 14, 16: 8, 64: 2}
assert all(
    np.allclose(by_hand, found, rtol=1e-3, atol=1e-6)
    for by_hand, found in zip(
        forward_and_back(inputs, answers, *weights), by_tensorflow, strict=True
    )
)
assert np.isclose(back["w"], w.grad) and np.isclose(back["b"], b.grad)
assert np.isclose(back["w"], -0.2943, atol=1e-4) and np.isclose(
    back["x"], -0.0736, atol=1e-4
)
