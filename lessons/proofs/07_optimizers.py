"""What holds at the end of 07_optimizers, as long as nothing in it is changed."""

assert np.isclose(default["learning_rate"], 0.01) and default["momentum"] == 0.0
assert np.allclose(
    [float(schedule(t)) for t in (0, 1, 10, 100)],
    [0.01, 0.009901, 0.009091, 0.005],
    atol=1e-6,
)
assert np.allclose(
    [float(schedule(t)) for t in updates[::50]], decayed[::50], rtol=1e-5
)
assert np.allclose(three[sgd], [0.8, 0.64, 0.512])
assert np.allclose(three[momentum], [0.8, 0.46, 0.062])
assert np.allclose(three[nesterov], [0.62, 0.2224, -0.108352])
assert max(largest_gap.values()) < 1e-5
assert all(height(*path[-1]) < 0.1 * height(*path[0]) for path in paths.values())
assert (
    lowest["sgd", 0.05] < lowest["adam", 0.05]
    and lowest["sgd", 0.05] < lowest["momentum", 0.05]
)
assert lowest["adam", 0.0005] < 0.1 * lowest["sgd", 0.0005]
assert ends[0.02] > 0.6 and abs(ends[0.3]) < 0.01 and ends[1.04] > 2
assert 0.1 < best_rate < 10 and np.min(np.mean(tests, axis=0)) < 1.8
