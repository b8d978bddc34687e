"""Each policy of DiffAugment against what it may do to an image."""

import numpy as np
import pytest
import tensorflow as tf

from gan_keras.augment import DiffAugment
from gan_keras.augment.geometry import look_up
from gan_keras.latents import RandomStream


def changed(policy, images):
    return DiffAugment(policies=(policy,))(tf.constant(images), RandomStream(5)).numpy()


def test_look_up_by_hand():
    image = np.array([[1.0, 2.0], [3.0, 4.0]], "float32")[None, :, :, None]
    # rows 1 and outside, columns swapped
    result = look_up(tf.constant(image), tf.constant([[1, 2]]), tf.constant([[1, 0]]))
    assert np.array_equal(result[0, :, :, 0], [[4.0, 3.0], [0.0, 0.0]])


def test_brightness_adds_one_number_to_an_image():
    moves = changed("brightness", np.zeros((500, 2, 2, 3), "float32"))
    assert np.max(np.ptp(moves, axis=(1, 2, 3))) == 0.0
    assert -0.5 <= moves.min() < -0.45
    assert 0.45 < moves.max() <= 0.5


def test_contrast_keeps_the_mean_and_scales_the_rest():
    image = np.array([0.0, 1.0], "float32").reshape(1, 1, 2, 1)
    result = changed("contrast", np.tile(image, (500, 1, 1, 1)))[:, 0, :, 0]
    assert np.allclose(result.mean(axis=1), 0.5, atol=1e-6)
    factor = result[:, 1] - result[:, 0]
    assert 0.5 <= factor.min() < 0.55
    assert 1.45 < factor.max() <= 1.5


def test_saturation_keeps_the_mean_over_channels():
    image = np.array([0.0, 0.0, 0.3], "float32").reshape(1, 1, 1, 3)
    result = changed("saturation", np.tile(image, (500, 1, 1, 1)))[:, 0, 0]
    assert np.allclose(result.mean(axis=1), 0.1, atol=1e-6)
    factor = (result[:, 2] - result[:, 0]) / 0.3
    assert 0.0 <= factor.min() < 0.05
    assert 1.95 < factor.max() <= 2.0


def test_saturation_is_about_each_pixel_s_own_grey():
    image = np.array([[0.0, 0.0, 0.3], [1.0, 1.0, 1.0]], "float32").reshape(1, 1, 2, 3)
    result = changed("saturation", np.tile(image, (50, 1, 1, 1)))[:, 0]
    assert np.allclose(result.mean(axis=2), [0.1, 1.0], atol=1e-6)
    assert np.allclose(result[:, 1], 1.0, atol=1e-6)  # a grey pixel has no colour to scale


def test_contrast_is_about_the_mean_of_all_channels():
    image = np.array([1.0, 0.0, 0.0], "float32").reshape(1, 1, 1, 3)  # mean 1/3
    result = changed("contrast", np.tile(image, (50, 1, 1, 1)))[:, 0, 0]
    assert np.allclose(result.mean(axis=1), 1 / 3, atol=1e-6)
    assert np.ptp(result[:, 0]) > 0.3


def test_flip_mirrors_half():
    image = np.arange(6, dtype="float32").reshape(1, 2, 3, 1)
    result = changed("flip", np.tile(image, (500, 1, 1, 1)))
    mirrored = np.all(result == image[:, :, ::-1], axis=(1, 2, 3))
    same = np.all(result == image, axis=(1, 2, 3))
    assert np.all(mirrored ^ same)
    assert 0.42 < mirrored.mean() < 0.58


def test_translation_by_up_to_an_eighth():
    image = np.zeros((1, 16, 8, 1), "float32")
    image[0, 8, 4, 0] = 1.0
    result = changed("translation", np.tile(image, (500, 1, 1, 1)))[..., 0]
    assert np.all(result.sum(axis=(1, 2)) == 1.0)
    rows, columns = result.sum(axis=2).argmax(axis=1), result.sum(axis=1).argmax(axis=1)
    assert set(rows) == {6, 7, 8, 9, 10}
    assert set(columns) == {3, 4, 5}


def test_translation_brings_in_zeros():
    result = changed("translation", np.ones((100, 8, 8, 1), "float32"))[..., 0]
    # a shift by one row, one column or both leaves 56, 56 or 49 ones
    assert set(result.sum(axis=(1, 2))) == {64.0, 56.0, 49.0}


def test_cutout_blanks_a_square_of_half_the_size():
    result = changed("cutout", np.ones((500, 8, 8, 1), "float32"))[..., 0]
    blank = 64 - result.sum(axis=(1, 2))
    # 4x4 inside, never less than the 2x2 at a corner
    assert blank.max() == 16.0
    assert blank.min() == 4.0
    middle = result[blank == 16]
    assert np.all(np.sort((middle == 0).sum(axis=2), axis=1)[:, -4:] == 4)


def test_cutout_of_an_oblong_image_is_half_of_each_side():
    result = changed("cutout", np.ones((300, 8, 16, 1), "float32"))[..., 0]
    rows, columns = (result == 0).any(axis=2).sum(axis=1), (result == 0).any(axis=1).sum(axis=1)
    assert rows.max() == 4
    assert columns.max() == 8
    assert np.array_equal(128 - result.sum(axis=(1, 2)), rows * columns)


def test_color_is_its_three_parts():
    images = np.random.default_rng(0).uniform(-1, 1, (3, 4, 4, 3)).astype("float32")
    parts = DiffAugment(policies=("contrast", "brightness", "saturation"))
    color = DiffAugment(policies="color")
    first = parts(tf.constant(images), RandomStream(1))
    assert np.array_equal(first, color(tf.constant(images), RandomStream(1)))


def test_an_unknown_policy_is_named():
    with pytest.raises(ValueError, match="Did you mean 'cutout'"):
        DiffAugment(policies=("cut_out",))
