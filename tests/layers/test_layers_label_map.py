"""The label map: the channel of the class is all ones, every other all zeros."""

import numpy as np

from gan_keras.layers import LabelMap


def test_the_whole_channel_of_the_class_is_one():
    images = np.full((2, 3, 2, 1), 5.0, "float32")
    mapped = np.array(LabelMap(4)([images, np.array([3, 1])]))
    assert mapped.shape == (2, 3, 2, 5)
    assert (mapped[..., 0] == 5).all()
    for image, label in enumerate([3, 1]):
        for channel in range(4):
            assert (mapped[image, :, :, 1 + channel] == float(channel == label)).all()


def test_vectors():
    mapped = LabelMap(3)([np.array([[7.0, 8.0]], "float32"), np.array([2])])
    np.testing.assert_array_equal(mapped, [[7, 8, 0, 0, 1]])
