"""What holds at the end of 09_fit_validation, as long as nothing in it is changed."""

assert len(x_train) + len(x_test) == 178 and np.allclose(x_train[:cut].std(axis=0), 1)
assert table.shape == (30, 4)
assert updates == 30 * math.ceil(math.floor(142 * (1 - 0.1)) / 16)
assert np.isclose(on_the_last_rows, val_loss, rtol=1e-4)
assert set(sorted_by_class) == {2} and set(y_train[cut:].argmax(axis=1)) == {0, 1, 2}
assert reaches["sigmoid"] < 0.01 < reaches["relu"]
assert (
    runs["relu, Adam"]["val_loss"][-1]
    < 0.3
    < 0.7
    < runs["sigmoid, SGD 0.01"]["val_loss"][-1]
)
assert test_accuracy > 0.9
assert (
    long["val_loss"][-1] > 1.2 * min(long["val_loss"])
    and long["loss"][-1] < 0.25 * long["loss"][0]
)
assert np.isclose(restored, min(stopped["val_loss"]), rtol=1e-4)
assert dropped["val_loss"][-1] < long["val_loss"][-1]
