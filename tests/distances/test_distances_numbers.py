"""Distances against numbers worked by hand and against TensorFlow."""

import numpy as np
import pytest
import tensorflow as tf

from gan_keras.distances import L1, L2, SSIM, FeatureDistance

# one image of 2 x 1 pixels and 2 channels; gaps -1, 0.5 | 0, 1
REAL = np.array([[[[0.0, 0.5]], [[0.25, 0.0]]]], "float32")
FAKE = np.array([[[[1.0, 0.0]], [[0.25, -1.0]]]], "float32")
MASK = np.array([[[[1.0]], [[0.0]]]], "float32")  # the first pixel is missing


def test_l1_and_l2():
    assert float(L1()(REAL, FAKE)) == 2.5 / 4
    assert float(L2()(REAL, FAKE)) == 2.25 / 4


def test_any_rank():
    assert float(L1()([1.0, 2.0], [2.0, 4.0])) == 1.5
    assert float(L2()([1.0, 2.0], [2.0, 4.0])) == 2.5


def test_weights_of_known_and_missing_pixels():
    # L1: missing pixel 1.5, known pixel 1; L2: 1.25 and 1. The mean is over all four elements.
    assert float(L1(known_weight=10, missing_weight=0)(REAL, FAKE, MASK)) == 10 / 4
    assert float(L1(known_weight=0.5, missing_weight=2)(REAL, FAKE, MASK)) == 3.5 / 4
    assert float(L2(known_weight=0, missing_weight=1)(REAL, FAKE, MASK)) == 1.25 / 4
    assert float(L1(weight=3, known_weight=10, missing_weight=0)(REAL, FAKE, MASK)) == 30 / 4


def test_a_mask_without_weights_changes_nothing():
    assert float(L1()(REAL, FAKE, MASK)) == float(L1()(REAL, FAKE))
    assert float(L1(known_weight=2, missing_weight=2)(REAL, FAKE)) == 5 / 4


def test_weights_want_a_mask():
    with pytest.raises(ValueError, match=r"`known_weight` \(=10\).*no mask"):
        L1(known_weight=10, missing_weight=0)(REAL, FAKE)
    with pytest.raises(ValueError, match="`missing_weight` of L2"):
        L2(missing_weight=-1)


def test_ssim_is_tensorflow_s():
    i, j, c = np.meshgrid(np.arange(48), np.arange(48), np.arange(3), indexing="ij")
    a = (7 * i + 13 * j + 29 * c) % 256
    b = np.round(np.clip(0.9 * a + 10 + ((i * j) % 11) - 5, 0, 255))
    real, fake = ((x[None] / 127.5 - 1).astype("float32") for x in (a, b))
    # BasicSR gives 0.9862573, tf.image.ssim 0.9862577 on this pair.
    assert abs(float(SSIM()(real, fake)) - (1 - 0.9862573)) < 2e-6
    assert 1 < float(SSIM()(real, -real)) <= 2  # light for dark


def test_small_images_have_no_ssim():
    assert float(SSIM()(tf.zeros((1, 11, 11, 1)), tf.zeros((1, 11, 11, 1)))) == 0
    with pytest.raises(ValueError, match=r"at least 11 x 11 pixels.*\(1, 10, 11, 1\)"):
        SSIM()(tf.zeros((1, 10, 11, 1)), tf.zeros((1, 10, 11, 1)))
    with pytest.raises(ValueError, match="at least 11 x 11"):
        SSIM()(tf.zeros((2, 20)), tf.zeros((2, 20)))


# Two scales: one of layers with gaps 1, 2, 3 and one of a layer with gap 4.
REAL_FEATURES = [[tf.zeros((2, 3, 3, 1)), tf.zeros((2, 2, 2, 5)), tf.zeros((2, 7))], [tf.zeros(2)]]
FAKE_FEATURES = [
    [tf.ones((2, 3, 3, 1)), -2 * tf.ones((2, 2, 2, 5)), 3 * tf.ones((2, 7))],
    [4 * tf.ones(2)],
]


@pytest.mark.parametrize(
    ("criterion", "normalization", "expected"),
    [
        ("l1", "mean", (2 + 4) / 2),
        ("l1", "sum", (6 + 4) / 2),
        ("l1", "pix2pixhd", (4 * 2 + 4 * 4) / 2),  # 4 / 3 of the sum of 3 layers is 8
        ("l2", "mean", (14 / 3 + 16) / 2),
    ],
)
def test_feature_matching(criterion, normalization, expected):
    distance = FeatureDistance(weight=10.0, criterion=criterion, normalization=normalization)
    value = float(distance(REAL_FEATURES, FAKE_FEATURES))
    assert abs(value - 10 * expected) < 1e-4


def test_no_gradient_goes_into_the_real_features():
    real, fake = tf.ones((1, 2)), tf.zeros((1, 2))
    with tf.GradientTape() as tape:
        tape.watch([real, fake])
        value = FeatureDistance(weight=1.0, normalization="mean")([[real]], [[fake]])
    to_real, to_fake = tape.gradient(value, [real, fake])
    assert to_real is None
    np.testing.assert_array_equal(to_fake, [[-0.5, -0.5]])


def test_features_that_do_not_pair_up():
    one = tf.zeros((1, 2))
    with pytest.raises(ValueError, match=r"\[2\] real and \[1\] fake layers"):
        FeatureDistance()([[one, one]], [[one]])
    with pytest.raises(ValueError, match="at least one"):
        FeatureDistance()([], [])
    with pytest.raises(ValueError, match="at least one"):
        FeatureDistance()([[]], [[]])
    with pytest.raises(ValueError, match="Did you mean 'mean'"):
        FeatureDistance(normalization="means")
    with pytest.raises(ValueError, match="Unknown `criterion` 'l3'"):
        FeatureDistance(criterion="l3")
