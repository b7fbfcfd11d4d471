"""A right answer in another way: lambda and float32."""

weighted_sum = lambda x, w, b: np.float32(x).dot(np.float32(w)) + np.float32(b)
