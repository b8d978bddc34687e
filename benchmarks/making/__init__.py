"""Scripts that made what ships: a data set, a classifier, reference numbers of the tests."""
