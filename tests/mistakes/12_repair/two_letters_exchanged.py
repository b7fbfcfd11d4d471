"""Misses: test_faults_of_models
Says: one_of_five has another fault
"""


FAULTS["one_of_five"], FAULTS["price"] = "a", "f"
