"""Corruptions against numbers worked by hand, MATLAB's imresize and libjpeg."""

import io

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from gan_keras import corruptions
from gan_keras.corruptions.stroke_mask import _near
from gan_keras.latents import RandomStream


def pattern():
    """(48, 48, 3), whole numbers in [0, 255]."""
    i, j, c = np.meshgrid(np.arange(48), np.arange(48), np.arange(3), indexing="ij")
    return (7 * i + 13 * j + 29 * c) % 256


def photo(height=37, width=50):
    """A smooth picture with some edges, uint8."""
    y, x = np.mgrid[:height, :width]
    channels = [
        120 + 90 * np.sin(x / 7) * np.cos(y / 9),
        np.where(x > y, 200, 60) + y,
        2 * x + 3 * np.sqrt(y),
    ]
    return np.clip(np.stack(channels, -1), 0, 255).astype("uint8")


# Downsampling


def test_bicubic_is_matlab_s_imresize():
    small = corruptions.bicubic(tf.constant((pattern() / 255)[None], tf.float32), 4).numpy()[0]
    assert small.shape == (12, 12, 3)
    assert abs(small.mean() - 0.49803922) < 1e-6
    np.testing.assert_allclose(small[0, 0], [0.10665595, 0.22038144, 0.33410692], atol=1e-6)
    np.testing.assert_allclose(small[5, 7], [0.23570101, 0.15444632, 0.29857755], atol=1e-6)


@pytest.mark.parametrize("scale", [2, 3, 4, 5])
def test_bicubic_keeps_flat_and_sloping_images(scale):
    # Of a slope, pixel i stands for the mean of its pixels: scale * i + (scale - 1) / 2.
    side = 8 * scale
    slope = tf.range(side, dtype=tf.float32)[None, :, None, None] * tf.ones((1, 1, side, 2))
    small = corruptions.bicubic(slope, scale)
    expected = scale * np.arange(8) + (scale - 1) / 2
    np.testing.assert_allclose(small[0, 2:-2, 3, 1], expected[2:-2], rtol=1e-5)
    np.testing.assert_allclose(
        corruptions.bicubic(tf.ones((1, side, side, 1)), scale), 1, rtol=1e-6
    )


def test_halving_by_hand():
    # Distances 0.25, 0.75, 1.25, 1.75 of the cubic: 0.8671875, 0.2265625, -0.0703125, -0.0234375.
    impulse = np.zeros((1, 16, 16, 1), "float32")
    impulse[0, 6, 6] = 1.0
    small = corruptions.bicubic(tf.constant(impulse), 2).numpy()[0, :, :, 0]
    # Pixel 3 stands for 6.5, which is 0.25 off; 2, 4 and 1 are 0.75, 1.25 and 1.75 off.
    row = np.array([-0.0234375, 0.2265625, 0.8671875, -0.0703125]) / 2
    np.testing.assert_allclose(small[1:5, 1:5], np.outer(row, row), atol=1e-7)
    assert np.count_nonzero(small) == 16


def test_bicubic_passes_gradients_under_xla():
    @tf.function(jit_compile=True)
    def gradient(images):
        with tf.GradientTape() as tape:
            tape.watch(images)
            total = tf.reduce_sum(corruptions.bicubic(images, 4))
        return tape.gradient(total, images)

    # Every pixel counts for a sixteenth in the sum of the small image, but at mirrored borders.
    found = gradient(tf.zeros((1, 32, 32, 1))).numpy()
    np.testing.assert_allclose(found[0, 12:20, 12:20], 1 / 16, rtol=1e-5)
    assert abs(found.sum() - 64) < 1e-3


def test_what_overshoots_is_clipped():
    edge = np.where(np.arange(16) < 9, -1.0, 1.0).astype("float32")
    edge = tf.constant(edge[None, :, None, None] * np.ones((1, 1, 16, 1), "float32"))
    assert np.abs(corruptions.bicubic(edge, 2)).max() > 1.02
    made = corruptions.Downsample(scale=2)(edge, None)["input"]
    assert np.abs(made).max() == 1.0


# Colour, noise, blur


def test_grey_by_hand():
    # 0.299 * 1 + 0.587 * 0 + 0.114 * -0.5 = 0.242
    made = corruptions.Grey()(tf.constant([[[[1.0, 0.0, -0.5]]]]), None)["input"]
    np.testing.assert_allclose(made, [[[[0.242]]]], atol=1e-6)
    white = corruptions.Grey()(tf.ones((1, 2, 2, 3)), None)["input"]
    np.testing.assert_allclose(white, 1.0, atol=1e-6)


def test_noise_has_its_sigma_in_levels():
    made = corruptions.GaussianNoise(sigma=25)(tf.zeros((2, 100, 100, 1)), RandomStream(0))
    assert abs(127.5 * np.std(made["input"]) - 25) < 0.5  # standard error 0.13
    blind = corruptions.GaussianNoise(sigma=(0, 50))(tf.zeros((500, 8, 8, 1)), RandomStream(0))
    sigmas = 127.5 * np.std(blind["input"], axis=(1, 2, 3))
    assert sigmas.min() < 3
    assert 42 < sigmas.max() < 65
    assert abs(sigmas.mean() - 25) < 2
    clipped = corruptions.GaussianNoise(sigma=100)(tf.ones((1, 50, 50, 1)), RandomStream(0))
    assert clipped["input"].numpy().max() == 1.0


def test_blur_by_hand():
    # sigma 1, reach 3: exp(0), exp(-1/2), exp(-2), exp(-9/2), scaled to sum to 1
    impulse = np.zeros((1, 9, 9, 1), "float32")
    impulse[0, 4, 4] = 1.0
    weights = np.exp(-0.5 * np.arange(-3, 4) ** 2)
    weights /= weights.sum()
    made = corruptions.GaussianBlur(sigma=1.0)(tf.constant(impulse), RandomStream(0))["input"]
    np.testing.assert_allclose(made[0, 1:8, 1:8, 0], np.outer(weights, weights), atol=1e-6)
    flat = corruptions.GaussianBlur()(tf.ones((3, 9, 9, 2)), RandomStream(0))["input"]
    np.testing.assert_allclose(flat, 1.0, atol=1e-6)


# JPEG


@pytest.mark.parametrize("quality", [10, 50, 90])
@pytest.mark.parametrize("channels", [1, 3])
def test_jpeg_like_is_libjpeg(quality, channels):
    image = photo()[..., :channels]
    file = io.BytesIO()
    Image.fromarray(image if channels == 3 else image[..., 0]).save(
        file, format="JPEG", quality=quality, subsampling=0
    )
    expected = np.asarray(Image.open(file)).reshape(image.shape).astype("float64")
    real = tf.constant(image[None] / 127.5 - 1, tf.float32)
    made = corruptions.JpegLike(quality=quality)(real, RandomStream(0))["input"]
    levels = 127.5 * (made.numpy()[0].astype("float64") + 1)
    np.testing.assert_allclose(levels, np.rint(levels), atol=1e-4)
    inside = slice(0, 32), slice(0, 48)  # whole blocks: libjpeg repeats the last pixel beyond
    gaps = np.abs(levels - expected)[inside]
    change = np.abs(image - expected)[inside]
    # A coefficient halfway between two steps may fall either way.
    assert gaps.mean() < min(0.5, change.mean() / 3)
    assert np.mean(gaps > 2) < 0.05


def test_jpeg_quality_is_each_image_s_own():
    real = tf.constant(np.tile(photo(32, 32)[None] / 127.5 - 1, (40, 1, 1, 1)), tf.float32)
    made = corruptions.JpegLike(quality=(5, 95))(real, RandomStream(0))["input"]
    errors = np.abs(made - real).mean(axis=(1, 2, 3))
    assert errors.max() > 4 * errors.min()
    assert len(np.unique(errors)) > 20


# Masks


def test_a_mask_hides_what_it_says_and_nothing_else():
    real = tf.constant(np.random.default_rng(0).uniform(-1, 1, (5, 12, 10, 2)), tf.float32)
    for kind in (corruptions.BoxMask, corruptions.StrokeMask):
        made = kind(fill=-0.5)(real, RandomStream(2))
        hidden = made["mask"].numpy()[..., 0] == 1
        np.testing.assert_array_equal(made["input"][..., 2:], made["mask"])
        np.testing.assert_array_equal(made["input"].numpy()[hidden][:, :2], -0.5)
        np.testing.assert_array_equal(made["input"].numpy()[~hidden][:, :2], real.numpy()[~hidden])
        assert hidden.any(axis=(1, 2)).all()


def test_one_box_of_a_fixed_size_is_anywhere_with_equal_chance():
    box = corruptions.BoxMask(number=1, side=0.5)
    mask = box(tf.zeros((4000, 4, 6, 1)), RandomStream(0))["mask"].numpy()[..., 0]
    np.testing.assert_array_equal(mask.sum(axis=(1, 2)), 2 * 3)
    rows = np.array([1, 2, 2, 1]) / 3  # starts at 0 to 2
    np.testing.assert_allclose(mask.max(axis=2).mean(axis=0), rows, atol=0.03)
    columns = np.array([1, 2, 3, 3, 2, 1]) / 4  # starts at 0 to 3
    np.testing.assert_allclose(mask.max(axis=1).mean(axis=0), columns, atol=0.03)


def test_the_number_of_boxes_is_uniform():
    # One-pixel boxes of 100 x 100 all but never meet.
    box = corruptions.BoxMask(number=(2, 4), side=0.01)
    mask = box(tf.zeros((600, 100, 100, 1)), RandomStream(0))["mask"]
    counts = np.bincount(mask.numpy().sum(axis=(1, 2, 3)).astype(int), minlength=5)
    assert counts[:2].sum() == 0
    np.testing.assert_allclose(counts[2:5], 200, atol=50)


def test_a_segment_by_hand():
    # From (1, 1) to (1, 4), 2 wide: centres within 1, so a row above, a row below and the ends.
    near = _near(tf.constant([[[1, 1]]]), tf.constant([[[1, 4]]]), tf.constant([[2]]), (4, 7))
    expected = [".####..", "######.", ".####..", "......."]
    assert ["".join(".#"[int(x)] for x in row) for row in near.numpy()[0, 0]] == expected
    # A point of width 1 is one pixel; a slanted line of width 1 holds both of its ends.
    point = _near(tf.constant([[[2, 3]]]), tf.constant([[[2, 3]]]), tf.constant([[1]]), (4, 7))
    assert np.argwhere(point.numpy()[0, 0]).tolist() == [[2, 3]]
    line = _near(tf.constant([[[0, 0]]]), tf.constant([[[3, 6]]]), tf.constant([[1]]), (4, 7))
    # |3 x - 6 y| / sqrt(45) is 3 / 6.7 = 0.45 one pixel beside it, and 0.89 two.
    expected = ["##.....", ".###...", "...###.", ".....##"]
    found = ["".join(".#"[int(x)] for x in row) for row in line.numpy()[0, 0]]
    assert found == expected


def test_thicker_and_longer_strokes_hide_more():
    def share(**arguments):
        mask = corruptions.StrokeMask(**arguments)(tf.zeros((200, 32, 32, 1)), RandomStream(0))
        return float(tf.reduce_mean(mask["mask"]))

    usual = share()
    assert 0.2 < usual < 0.5
    assert share(width=0.05) < usual < share(width=0.4)
    assert share(length=0.0) < usual
    assert share(number=1) < usual < share(number=5, segments=5)
    # One point of one pixel: a 1024th.
    assert share(number=1, segments=1, width=0.0, length=0.0) <= 2 / 1024
    # A straight stroke from anywhere covers more than one that turns back on itself.
    assert share(turn=0.0, segments=5, number=1) != share(turn=0.5, segments=5, number=1)
