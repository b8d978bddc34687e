import numpy as np

from gan_keras.kinds.scatter import scatter


def test_legend_names_both_sets():
    corner = (slice(10, 60), slice(380, 470))  # no point lies there
    points = np.array([[-1.0, -1.0], [0.0, 0.0]])
    one, two = scatter(points)[corner], scatter(points, real=points)[corner]
    assert one.min() < 128  # words
    rows = [np.flatnonzero((picture < 200).any(axis=(1, 2))) for picture in (one, two)]
    assert len(rows[1]) > len(rows[0])  # two lines of them
