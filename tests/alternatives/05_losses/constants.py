"""A right answer in another way: constants."""

def slide_example():
    return {
        "binary_crossentropy": 2.302585,
        "mean_squared_error": 0.01,
        "mean_absolute_error": 0.1,
        "mean_absolute_percentage_error": 55.5555,
        "mean_squared_logarithmic_error": 0.0052471,
    }
