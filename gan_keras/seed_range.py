"""Which seeds a run may have. Imports nothing, so that the command line can tell at once."""

LARGEST_SEED = 2**32 - 1  # that NumPy's generator takes, which Keras seeds as well
