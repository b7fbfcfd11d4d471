"""What holds at the end of 11_penguins, as long as nothing in it is changed."""

assert found.shape == (344, 8)
assert found[numbers].isna().sum().sum() == 8
assert len(table) == 342 and not table.isna().any().any()
assert x.shape == (342, 10) and list(species.cat.categories) == [
    "Adelie",
    "Chinstrap",
    "Gentoo",
]
assert len(train) + len(valid) + len(test) == 342
assert run.shape == (20, 4)
assert worst["normalized"] > 0.95 and worst["normalized"] > worst["raw"]
assert accuracy > 0.9
assert one.shape == (1, 10) and share > 0.5
