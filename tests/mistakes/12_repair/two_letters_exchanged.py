"""Misses: test_faults_of_models
Says: The letter for one_of_five is not right
"""


FAULTS["one_of_five"], FAULTS["price"] = "a", "f"
