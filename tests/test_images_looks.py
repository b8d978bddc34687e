"""How a grid of small images is made fit to be seen: enlarged, and with names of its rows."""

import numpy as np
import pytest

from gan_keras import images


def test_each_pixel_becomes_a_square():
    picture = np.array([[[1], [2]]], "uint8")
    assert images.enlarged(picture, 2)[..., 0].tolist() == [[1, 1, 2, 2], [1, 1, 2, 2]]
    assert np.array_equal(images.enlarged(picture, 1), picture)


@pytest.mark.parametrize(
    ("sides", "scale"), [((28, 28), 8), ((298, 298), 2), ((399, 10), 2), ((10, 400), 1)]
)
def test_the_larger_side_gets_to_400_pixels_by_at_most_eight(sides, scale):
    assert images.suitable_scale(*sides) == scale


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_names_stand_left_of_their_rows(channels):
    picture = np.full((40, 30, channels), 77, "uint8")
    named = images.with_row_names(picture, ["", "iiiiii"])
    margin = named.shape[1] - 30
    assert named.shape == (40, margin + 30, channels)
    assert np.array_equal(named[:, margin:], picture)
    assert (named[:20, :margin] == 255).all()  # the first row has no name
    dark = np.argwhere(named[20:, :margin, 0] < 128)
    assert len(dark) > 6
    assert 5 < dark[:, 0].mean() < 15  # in the middle of the second row
    assert dark[:, 1].min() >= 3
