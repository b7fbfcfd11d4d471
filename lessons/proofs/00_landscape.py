"""What holds at the end of 00_landscape, as long as nothing in it is changed."""

assert len(became) == 10
assert set(said) <= set(words) and len(said) == 12 and drawn.shape == (3, 64)
assert max(scores, key=scores.get) == "TensorFlow"
assert all(output.shape == (5, 2) for output in outputs.values())
assert all(np.allclose(output.sum(axis=1), 1, atol=1e-5) for output in outputs.values())
assert all(
    np.allclose(output, outputs["tensorflow"], atol=1e-5) for output in outputs.values()
)
