"""A right answer in another way: einsum and float32."""

def dense(x, kernel, bias):
    return np.einsum("ij,jk->ik", np.float32(x), np.float32(kernel)) + np.float32(bias)
