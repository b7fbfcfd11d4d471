"""Misses: test_faults_of_programs
Says: has no letter yet
"""


FAULTS = {name: FAULTS[name] for name in list(FAULTS)[:4]}
