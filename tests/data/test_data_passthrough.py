"""Tests of a tf.data.Dataset handed to `load`."""

import numpy as np
import pytest
import tensorflow as tf

from gan_keras import data

IMAGES = np.linspace(-1, 1, 6 * 4 * 4).reshape(6, 4, 4, 1).astype("float32")
LABELS = np.arange(6, dtype="int32")


def batches(*arrays):
    return tf.data.Dataset.from_tensor_slices(arrays if len(arrays) > 1 else arrays[0]).batch(2)


def test_good_ones_pass_untouched():
    dataset = batches(IMAGES, LABELS)
    assert data.load(dataset) is dataset
    vectors = batches(np.array([[5.0], [7.0]], "float32"))
    assert data.load(vectors) is vectors


def test_uint8_becomes_float():
    pixels = np.array([0, 51, 255, 0], "uint8").reshape(4, 1, 1, 1)
    (first, labels), _ = data.load(batches(pixels, LABELS[:4, None].astype("int64")))
    np.testing.assert_allclose(first[:, 0, 0, 0], [-1.0, -0.6], atol=1e-6)
    assert labels.dtype == tf.int32
    np.testing.assert_array_equal(labels, [0, 1])
    assert data.load(batches(pixels)).element_spec.dtype == tf.float32


def test_labels_as_asked():
    assert not isinstance(data.load(batches(IMAGES, LABELS), labels=False).element_spec, tuple)
    with pytest.raises(ValueError, match="has no labels"):
        data.load(batches(IMAGES), labels=True)


@pytest.mark.parametrize(
    ("dataset", "message"),
    [
        (batches(IMAGES).take(0), "is empty"),
        (tf.data.Dataset.from_tensor_slices(IMAGES), r"Add .batch\(64"),
        (batches(IMAGES.astype("float64")), "gives float64, but must give uint8 or float32"),
        (batches(np.zeros((4, 2), "int32")), "gives int32, but must give float32"),
        (batches(IMAGES * 127.5), r"\[-127.5, -44.2895\], but must lie in \[-1, 1\]"),
        (batches(np.full((4, 2, 2, 1), 0.5, "float32")), "no value below 0"),
        (batches(IMAGES * np.nan), "NaN or infinity"),
        (batches(IMAGES, LABELS, LABELS), "tuples of 3"),
        (batches({"image": IMAGES}), "gives dict"),
        (batches(IMAGES, LABELS.astype("float32")), "must be integers"),
        (batches(IMAGES, LABELS - 3), r"labels lie in \[-3, -2\]"),
    ],
)
def test_refused(dataset, message):
    with pytest.raises(ValueError, match=message):
        data.load(dataset)
