"""Misses: test_slide_example
Says: Lists and text do not compute like arrays: write np.array(...) around 
"""

def slide_example():
    a = [0.9, 0.1]; p = [0.8, 0.2]
    return {"binary_crossentropy": binary_crossentropy([0.9, 0.1], [0, 1]),
            "mean_squared_error": mean_squared_error(a, p), "mean_absolute_error": mean_absolute_error(a, p),
            "mean_absolute_percentage_error": mean_absolute_percentage_error(a, p),
            "mean_squared_logarithmic_error": mean_squared_logarithmic_error(a, p)}
